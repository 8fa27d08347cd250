using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Records;

/// <summary>Tells a report that is written anew where its evidence is: beside it, or elsewhere.</summary>
internal static class EvidencePlace
{
    /// <summary>The report as it is written to a folder.</summary>
    /// <param name="report">The report.</param>
    /// <param name="given">The evidence that it was made of, as it was given.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public static async Task<ConformanceReport> FillInAsync(
        ConformanceReport report, string given, string folder, CancellationToken cancellationToken) =>
        await IsBesideAsync(report.RunId, folder, cancellationToken)
            ? report
            : report with { EvidenceElsewhere = Path.GetFileName(Path.TrimEndingDirectorySeparator(given)) };

    // The folder may hold the evidence of another run, or something that is no evidence at all.
    private static async Task<bool> IsBesideAsync(string runId, string folder, CancellationToken cancellationToken)
    {
        var beside = new EvidenceFolder(Path.Combine(folder, Plan.RunPlan.EvidenceFolderName));
        try
        {
            return (await RunRecordFile.ReadAsync(beside, cancellationToken)).RunId == runId;
        }
        catch (HarnessException)
        {
            return false;
        }
    }
}
