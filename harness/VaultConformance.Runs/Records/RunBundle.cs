using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Writers;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Records;

/// <summary>Puts everything that a run left into one bundle in its output folder.</summary>
/// <param name="plan">The plan of the run.</param>
internal sealed class RunBundle(RunPlan plan)
{
    private const long LargestDiagnostics = 4 * 1024 * 1024;

    /// <summary>Writes the bundle.</summary>
    /// <param name="outcome">The outcome of the run.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The file.</returns>
    /// <exception cref="HarnessException">What the run left cannot be read.</exception>
    /// <exception cref="ReportWriteException">It cannot be written.</exception>
    public async Task<string> WriteAsync(RunOutcome outcome, CancellationToken cancellationToken)
    {
        var path = Path.Combine(plan.OutputFolder, BundleLayout.FileName);
        var report = outcome.Report;
        var about = new BundleManifest(report.RunId, report.Tool, report.FinishedAt, []);
        try
        {
            await BundleWriter.WriteAsync(path, about, await CollectPartsAsync(outcome, cancellationToken), cancellationToken);
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BundleException)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"The evidence bundle cannot be made: {exception.Message} The results are in '{plan.OutputFolder}'.",
                exception);
        }
    }

    private async Task<IReadOnlyList<BundlePart>> CollectPartsAsync(RunOutcome outcome, CancellationToken cancellationToken) =>
    [
        CreatePart(BundleLayout.Plan, WriteJson(PlanRecord.From(plan, [.. outcome.Report.Planned.Select(id => id.ToString())]))),
        CreatePart(BundleLayout.Versions, WriteJson(VersionsRecord.From(outcome.Report, plan.Controls.Catalogue))),
        CreatePart(BundleLayout.Results, await new JsonReportWriter().RenderAsync(outcome.Report)),
        .. CreateOptional(BundleLayout.NUnit, outcome.NUnitXml),
        .. CreateOptional(BundleLayout.RenderedManifest, outcome.Manifest),
        .. await CollectValuesAsync(cancellationToken),
        .. await CollectEvidenceAsync(cancellationToken),
        .. await CollectDiagnosticsAsync(cancellationToken),
    ];

    private async Task<IReadOnlyList<BundlePart>> CollectValuesAsync(CancellationToken cancellationToken)
    {
        var redactor = new ReleaseRedactor(new SecretRedactor());
        var parts = new List<BundlePart>();
        foreach (var file in plan.Release.ValuesFiles)
        {
            var name = string.Create(
                CultureInfo.InvariantCulture, $"{parts.Count + 1:00}-{BundlePath.Step(Path.GetFileNameWithoutExtension(file))}.yaml");
            parts.Add(
                CreatePart(BundleLayout.ValuesFolder + name, redactor.RedactValues(await File.ReadAllTextAsync(file, cancellationToken))));
        }

        return parts;
    }

    private async Task<IReadOnlyList<BundlePart>> CollectEvidenceAsync(CancellationToken cancellationToken)
    {
        var parts = new List<BundlePart> { new(
            BundleLayout.Run, await File.ReadAllBytesAsync(Path.Combine(plan.EvidenceFolder, RunRecordFile.FileName), cancellationToken)) };
        foreach (var (name, file) in ListFiles(Path.Combine(plan.EvidenceFolder, EvidenceStore.ObservationsFolder))
            .Where(entry => entry.Name.EndsWith(".json", StringComparison.Ordinal)))
        {
            parts.Add(new BundlePart(
                BundleLayout.ObservationsFolder + name, RecordedSecrets.Mask(name, await File.ReadAllBytesAsync(file, cancellationToken))));
        }

        return parts;
    }

    private async Task<IReadOnlyList<BundlePart>> CollectDiagnosticsAsync(CancellationToken cancellationToken)
    {
        var parts = new List<BundlePart>();
        var tooLarge = new List<string>();
        foreach (var (name, file) in ListFiles(Path.Combine(plan.OutputFolder, PreviousRun.DiagnosticsFolderName)))
        {
            if (new FileInfo(file).Length > LargestDiagnostics)
            {
                tooLarge.Add(name);
            }
            else
            {
                parts.Add(new BundlePart(
                    BundleLayout.DiagnosticsFolder + string.Join('/', name.Split('/').Select(BundlePath.Step)),
                    await File.ReadAllBytesAsync(file, cancellationToken)));
            }
        }

        return tooLarge.Count == 0 ? parts : [
            .. parts,
            CreatePart(BundleLayout.DiagnosticsFolder + "LEFT-OUT.txt", $"Too large for a bundle: {string.Join(", ", tooLarge)}\n")
        ];
    }

    private static IEnumerable<(string Name, string File)> ListFiles(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), file))
        : [];

    private static BundlePart[] CreateOptional(string path, string? text) => text is null ? [] : [CreatePart(path, text)];

    private static BundlePart CreatePart(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    private static string WriteJson<T>(T value) => JsonSerializer.Serialize(value, EvidenceJson.Options);
}

/// <summary>What made a bundle, as <c>versions.json</c> keeps it.</summary>
/// <param name="Tool">Name and version of the program.</param>
/// <param name="Runtime">For example <c>.NET 10.0.1</c>.</param>
/// <param name="OperatingSystem">System that the program ran on; not that of the node.</param>
/// <param name="Architecture">For example <c>x64</c>.</param>
/// <param name="RunRecordFormat">Layout of <c>run.json</c>.</param>
/// <param name="Controls">Revision of each control, by id.</param>
internal sealed record VersionsRecord(
    string Tool,
    string Runtime,
    string OperatingSystem,
    string Architecture,
    int RunRecordFormat,
    IReadOnlyDictionary<string, int> Controls)
{
    /// <summary>The versions of this program.</summary>
    /// <param name="report">The report.</param>
    /// <param name="catalogue">All controls of this program.</param>
    public static VersionsRecord From(ConformanceReport report, IReadOnlyList<ControlDescriptor> catalogue) => new(
        report.Tool,
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription,
        RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        RunRecord.CurrentFormat,
        catalogue.ToDictionary(control => control.Id.ToString(), control => control.Revision));
}
