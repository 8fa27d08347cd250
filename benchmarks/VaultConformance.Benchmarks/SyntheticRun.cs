using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultConformance.Controls.Suite;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;
using VaultConformance.Runs;
using VaultConformance.Runs.Records;
using VaultConformance.Runs.Replaying;

namespace VaultConformance.Benchmarks;

/// <summary>
/// A run that is larger than any that was recorded: the observations of one real pod nine times, and results of sixty controls.
/// </summary>
/// <param name="About">Run and program.</param>
/// <param name="Parts">Everything in its bundle.</param>
internal sealed record SyntheticRun(BundleManifest About, IReadOnlyList<BundlePart> Parts)
{
    /// <summary>Number of controls in the results.</summary>
    public const int Controls = 60;

    /// <summary>Number of server pods.</summary>
    public const int Pods = 9;

    private const string RecordedPod = "vault-0";
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Makes the run from what is recorded in the repository.</summary>
    public static async Task<SyntheticRun> CreateAsync()
    {
        var repository = RepositoryFolder.FindContaining(AppContext.BaseDirectory);
        var record = new RunRecord(
            RunRecord.CurrentFormat, "synthetic", "vault-conformance", Start, [], [], (await BuiltInProfiles.All.LoadAsync(
                "baseline@1.0", repository.Root, CancellationToken.None)).Text, [], [], null);
        List<BundlePart> evidence =
        [
            new(BundleLayout.Run, JsonSerializer.SerializeToUtf8Bytes(record, EvidenceJson.Options)), .. Observations(Recorded(repository)),
        ];
        var about = new BundleManifest(record.RunId, record.Tool, Start, []);
        var judged = await JudgeAsync(about, evidence);
        return new SyntheticRun(
            about,
            [.. evidence, Part(BundleLayout.Plan, "{}"), Part(BundleLayout.Versions, "{}"), Part(
                BundleLayout.Results,
                await new JsonReportWriter().RenderAsync(Sixty(judged.Report))), Part(BundleLayout.NUnit, judged.NUnitXml!)]);
    }

    private static string Recorded(RepositoryFolder repository) =>
        Path.Combine(
            repository.Root,
            "conformance",
            "VaultConformance.Controls.Tests",
            "Evidence",
            "real-hardened-ha-raft",
            EvidenceStore.ObservationsFolder);

    private static IEnumerable<BundlePart> Observations(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
        {
            var path = BundleLayout.ObservationsFolder + Path.GetRelativePath(folder, file).Replace('\\', '/');
            var text = File.ReadAllText(file);
            if (path.Contains(RecordedPod, StringComparison.Ordinal))
            {
                foreach (var pod in Names())
                {
                    yield return Part(Renamed(path, pod), Renamed(text, pod));
                }
            }
            else
            {
                yield return Part(path, path.EndsWith("objects.json", StringComparison.Ordinal) ? WithAllPods(text) : text);
            }
        }
    }

    private static string WithAllPods(string objects)
    {
        var root = JsonNode.Parse(objects)!;
        var pod = root["value"]!["pods"]![0]!.ToJsonString();
        root["value"]!["pods"] = new JsonArray([.. Names().Select(name => JsonNode.Parse(Renamed(pod, name)))]);
        return root.ToJsonString();
    }

    private static async Task<RunOutcome> JudgeAsync(BundleManifest about, List<BundlePart> evidence)
    {
        var bundle = BundleReader.Read(
            "synthetic", BundleWriter.WriteBytes(
                "synthetic",
                about,
                [.. evidence, Part(BundleLayout.Plan, "{}"), Part(BundleLayout.Versions, "{}"), Part(BundleLayout.Results, "{}")]));
        return await new Replay(new SuiteJudge(), TimeProvider.System)
            .RunAsync(new BundleEvidence(bundle), otherProfile: null, otherWaivers: null, CancellationToken.None);
    }

    private static ConformanceReport Sixty(ConformanceReport report)
    {
        List<ControlResult> results =
        [
            .. report.Results,
            .. Enumerable.Range(1, Math.Max(0, Controls - report.Results.Count))
                .Select(number => As(report.Results[number % report.Results.Count], new ControlId("MORE", number))),
        ];
        return report with { Results = results, Planned = [.. results.Select(result => result.Control.Id)] };
    }

    private static ControlResult As(ControlResult result, ControlId id) => result with { Control = result.Control with { Id = id } };

    private static IEnumerable<string> Names() =>
        Enumerable.Range(0, Pods).Select(number => string.Create(CultureInfo.InvariantCulture, $"vault-{number}"));

    private static string Renamed(string text, string pod) => text.Replace(RecordedPod, pod, StringComparison.Ordinal);

    private static BundlePart Part(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));
}
