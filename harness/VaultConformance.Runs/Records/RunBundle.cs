using System.Globalization;
using System.Text;
using System.Text.Json;
using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Reporting.Writers;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Records;

/// <summary>Puts everything that a run left into one bundle in its output folder.</summary>
/// <param name="plan">The plan of the run.</param>
internal sealed class RunBundle(RunPlan plan)
{
    private const long LargestDiagnostics = 4 * 1024 * 1024;

    /// <summary>Writes the bundle.</summary>
    /// <param name="outcome">What came of the run.</param>
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
            await BundleWriter.WriteAsync(path, about, await PartsAsync(outcome, cancellationToken), cancellationToken);
            return path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BundleException)
        {
            throw new HarnessException(FailureKind.Environment, $"The evidence bundle cannot be made: {exception.Message} The results are in '{plan.OutputFolder}'.", exception);
        }
    }

    private async Task<IReadOnlyList<BundlePart>> PartsAsync(RunOutcome outcome, CancellationToken cancellationToken) =>
    [
        Part(BundleLayout.Plan, Json(PlanRecord.Of(plan, [.. outcome.Report.Planned.Select(id => id.ToString())]))),
        Part(BundleLayout.Versions, Json(VersionsRecord.Of(outcome.Report, plan.Controls.Catalogue))),
        Part(BundleLayout.Results, await new JsonReportWriter().RenderAsync(outcome.Report)),
        .. Optional(BundleLayout.NUnit, outcome.NUnitXml),
        .. Optional(BundleLayout.RenderedManifest, outcome.Manifest),
        .. await ValuesAsync(cancellationToken),
        .. await EvidenceAsync(cancellationToken),
        .. await DiagnosticsAsync(cancellationToken),
    ];

    private async Task<IReadOnlyList<BundlePart>> ValuesAsync(CancellationToken cancellationToken)
    {
        var redactor = new ReleaseRedactor(new SecretRedactor());
        var parts = new List<BundlePart>();
        foreach (var file in plan.Release.ValuesFiles)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{parts.Count + 1:00}-{BundlePath.Step(Path.GetFileNameWithoutExtension(file))}.yaml");
            parts.Add(Part(BundleLayout.ValuesFolder + name, redactor.Values(await File.ReadAllTextAsync(file, cancellationToken))));
        }

        return parts;
    }

    private async Task<IReadOnlyList<BundlePart>> EvidenceAsync(CancellationToken cancellationToken)
    {
        var parts = new List<BundlePart> { new(BundleLayout.Run, await File.ReadAllBytesAsync(Path.Combine(plan.EvidenceFolder, RunRecordFile.FileName), cancellationToken)) };
        foreach (var (name, file) in Files(Path.Combine(plan.EvidenceFolder, EvidenceStore.ObservationsFolder)).Where(entry => entry.Name.EndsWith(".json", StringComparison.Ordinal)))
        {
            parts.Add(new BundlePart(BundleLayout.ObservationsFolder + name, RecordedSecrets.Mask(name, await File.ReadAllBytesAsync(file, cancellationToken))));
        }

        return parts;
    }

    private async Task<IReadOnlyList<BundlePart>> DiagnosticsAsync(CancellationToken cancellationToken)
    {
        var parts = new List<BundlePart>();
        var tooLarge = new List<string>();
        foreach (var (name, file) in Files(Path.Combine(plan.OutputFolder, PreviousRun.DiagnosticsFolderName)))
        {
            if (new FileInfo(file).Length > LargestDiagnostics)
            {
                tooLarge.Add(name);
            }
            else
            {
                parts.Add(new BundlePart(BundleLayout.DiagnosticsFolder + string.Join('/', name.Split('/').Select(BundlePath.Step)), await File.ReadAllBytesAsync(file, cancellationToken)));
            }
        }

        return tooLarge.Count == 0 ? parts : [.. parts, Part(BundleLayout.DiagnosticsFolder + "LEFT-OUT.txt", $"Too large for a bundle: {string.Join(", ", tooLarge)}\n")];
    }

    private static IEnumerable<(string Name, string File)> Files(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), file))
        : [];

    private static BundlePart[] Optional(string path, string? text) => text is null ? [] : [Part(path, text)];

    private static BundlePart Part(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, EvidenceJson.Options);
}
