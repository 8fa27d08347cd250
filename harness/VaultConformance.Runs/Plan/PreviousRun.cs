using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting;
using VaultConformance.Reporting.Attestation;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Plan;

/// <summary>
/// What an earlier run left in the output folder. It is removed before a run starts: a verdict or an observation of another run must never
/// be taken for this one's, also when this one ends without any.
/// </summary>
internal static class PreviousRun
{
    /// <summary>Name of the diagnostics folder in the output folder.</summary>
    public const string DiagnosticsFolderName = "diagnostics";

    /// <summary>Why the output folder cannot be used again, or null.</summary>
    /// <param name="outputFolder">The output folder; need not exist.</param>
    public static string? ExplainNotReplaceable(string outputFolder)
    {
        var evidence = Path.Combine(outputFolder, RunPlan.EvidenceFolderName);
        var foreign = Directory.Exists(evidence)
            ? Directory.EnumerateFileSystemEntries(evidence)
                .FirstOrDefault(entry => Path.GetFileName(entry) is not (RunPlan.RecordFileName or EvidenceStore.ObservationsFolder))
            : null;
        return foreign is null
            ? null
            : $"'{foreign}' is not from a run of this program; choose another folder, because evidence replaces what is in '{evidence}'";
    }

    /// <summary>Removes it.</summary>
    /// <param name="plan">The run that starts.</param>
    /// <exception cref="HarnessException">It cannot be removed.</exception>
    public static void Remove(RunPlan plan)
    {
        if (!Directory.Exists(plan.OutputFolder))
        {
            return;
        }

        try
        {
            foreach (var name in (string[])[.. ReportFolder.FileNames, RunFix.FileName, BundleLayout.FileName, AttestationFile.GetPathBeside(
                BundleLayout.FileName)])
            {
                File.Delete(Path.Combine(plan.OutputFolder, name));
            }

            foreach (var folder in new[] { plan.EvidenceFolder, Path.Combine(plan.OutputFolder, DiagnosticsFolderName) }.Where(
                Directory.Exists))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HarnessException(
                FailureKind.Configuration, $"What an earlier run left in '{plan.OutputFolder}' cannot be removed: {exception.Message} "
                    + "Choose another folder with --output.", exception);
        }
    }
}
