using System.Text;
using System.Text.Json;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;
using VaultConformance.Runs;
using VaultConformance.Runs.Records;
using VaultConformance.Runs.Replaying;

namespace VaultConformance.Cli.Tests.Support;

/// <summary>A bundle of a real release's observations, as a run would have written it; its parts can be changed before it is written.</summary>
internal sealed class EvidenceBundle
{
    // Judged once for all tests: nothing changes a bundle, each change makes another.
    private static readonly Lazy<Task<EvidenceBundle>> Hardened = new(() => OfHardenedAsync(null));
    private static readonly Lazy<Task<EvidenceBundle>> ChartDefaults = new(() => OfAsync("real-chart-defaults", "defaults", null));
    private readonly Dictionary<string, byte[]> _parts;

    private EvidenceBundle(Dictionary<string, byte[]> parts, ConformanceReport report)
    {
        _parts = parts;
        Report = report;
    }

    /// <summary>The report that its observations give.</summary>
    public ConformanceReport Report { get; }

    public static Task<EvidenceBundle> HardenedAsync(Func<RunRecord, RunRecord>? change = null) => change is null ? Hardened.Value : OfHardenedAsync(change);

    public static Task<EvidenceBundle> ChartDefaultsAsync() => ChartDefaults.Value;

    public string Text(string part) => Encoding.UTF8.GetString(_parts[part]);

    public EvidenceBundle With(string part, string text) => new(new Dictionary<string, byte[]>(_parts) { [part] = Encoding.UTF8.GetBytes(text) }, Report);

    public EvidenceBundle Replace(string part, string old, string replacement)
    {
        var text = Text(part);
        return text.Contains(old, StringComparison.Ordinal) ? With(part, text.Replace(old, replacement, StringComparison.Ordinal)) : throw new InvalidOperationException($"'{old}' is not in {part}.");
    }

    /// <summary>Writes it, with the sizes and hashes of what it holds now.</summary>
    public async Task<string> WriteAsync(string path)
    {
        using var run = JsonDocument.Parse(_parts[BundleLayout.Run]);
        var about = new BundleManifest(run.RootElement.GetProperty("runId").GetString()!, run.RootElement.GetProperty("tool").GetString()!, TestApp.Now, []);
        await BundleWriter.WriteAsync(path, about, _parts.Select(part => new BundlePart(part.Key, part.Value)), CancellationToken.None);
        return path;
    }

    /// <summary>Writes the record and the observations, as a run leaves them in its evidence folder.</summary>
    public void WriteEvidence(string folder)
    {
        foreach (var part in _parts.Where(part => part.Key is BundleLayout.Run || part.Key.StartsWith(BundleLayout.ObservationsFolder, StringComparison.Ordinal)))
        {
            var path = Path.Combine(folder, part.Key);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, part.Value);
        }
    }

    private static Task<EvidenceBundle> OfHardenedAsync(Func<RunRecord, RunRecord>? change) => OfAsync("real-hardened-ha-raft", "hardened", change);

    private static async Task<EvidenceBundle> OfAsync(string evidence, string runId, Func<RunRecord, RunRecord>? change)
    {
        var parts = Observations(evidence);
        var facts = new ReleaseFacts(
            "vault", "vault", 1, "vault", "0.34.1", "2.0.4", "hashicorp/vault", new string('c', 64), "v4.1.4", [new FileDigest("values.yaml", new string('f', 64))],
            "", [], [], "hashicorp/vault:2.0.4", StandIn: false, "built-in", null);
        parts["observations/release/release.json"] = Json(new Observation<ReleaseFacts>("release", "release", TestApp.Now, TimeSpan.Zero, facts, null));
        var record = new RunRecord(
            RunRecord.CurrentFormat, runId, ToolName.OfThisProgram, TestApp.Now, [], [], TestApp.ProfileText("baseline"), [], [], null)
            { Build = ToolName.Build, FinishedAt = TestApp.Now.AddMinutes(1), Digests = await DigestsAsync(parts) };
        parts[BundleLayout.Run] = Json(change?.Invoke(record) ?? record);
        parts[BundleLayout.Versions] = "{}"u8.ToArray();
        var report = (await new Replay(new Controls.Suite.SuiteJudge(), TimeProvider.System).RunAsync(new Parts(parts), null, null, CancellationToken.None)).Report;
        parts[BundleLayout.Plan] = Json(new { Planned = report.Planned.Select(id => id.ToString()) });
        parts[BundleLayout.Results] = Encoding.UTF8.GetBytes(await new JsonReportWriter().RenderAsync(report));
        return new EvidenceBundle(parts, report);
    }

    private static Dictionary<string, byte[]> Observations(string evidence)
    {
        var folder = Path.Combine(RepositoryFolder.FindContaining(AppContext.BaseDirectory).Root, "conformance", "VaultConformance.Controls.Tests", "Evidence", evidence);
        return Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllBytes);
    }

    private static Task<IReadOnlyList<SubjectDigest>> DigestsAsync(Dictionary<string, byte[]> parts) =>
        SubjectDigests.ListAsync(new Target(new RecordedObservationSource(new EvidenceReader(new Parts(parts)), TimeProvider.System)), CancellationToken.None);

    private static byte[] Json<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, EvidenceJson.Options);

    private sealed class Parts(Dictionary<string, byte[]> parts) : IEvidenceParts
    {
        // What is missing in the evidence is said with the name of the evidence, so it has to be the one that the tests write.
        public string Name => "evidence.vcb";

        public string Locate(string part) => part;

        public Stream? Open(string part) => parts.TryGetValue(part, out var bytes) ? new MemoryStream(bytes, writable: false) : null;
    }
}
