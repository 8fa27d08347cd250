using System.Text.Json;
using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting;
using VaultConformance.Reporting.Attestation;
using VaultConformance.Reporting.Bundles;
using VaultConformance.Reporting.Model;

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
    /// <returns>Which run it was from, in words; null when there was nothing.</returns>
    /// <exception cref="HarnessException">It cannot be removed.</exception>
    public static string? Remove(RunPlan plan)
    {
        var (files, folders) = List(plan);
        if (files.Count + folders.Count == 0)
        {
            return null;
        }

        var run = ReadRunId(plan.EvidenceFolder) is { } id ? $"the results of run {id}" : "the results of an earlier run";
        try
        {
            files.ForEach(File.Delete);
            folders.ForEach(folder => Directory.Delete(folder, recursive: true));
            return run;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new HarnessException(
                FailureKind.Configuration, $"What an earlier run left in '{plan.OutputFolder}' cannot be removed: {exception.Message} "
                    + "Choose another folder with --output.", exception);
        }
    }

    /// <summary>Removes what a run that is interrupted has written of its report: half of one must not look like a whole one.</summary>
    /// <param name="plan">The run that is interrupted.</param>
    public static void RemoveReport(RunPlan plan) => List(plan).Files.ForEach(File.Delete);

    private static (List<string> Files, List<string> Folders) List(RunPlan plan)
    {
        var attestation = AttestationFile.GetPathBeside(BundleLayout.FileName);
        string[] names = [.. ReportFolder.FileNames, RunFix.FileName, BundleLayout.FileName, attestation];
        string[] folders = [plan.EvidenceFolder, Path.Combine(plan.OutputFolder, DiagnosticsFolderName)];
        return (
            [.. names.Select(name => Path.Combine(plan.OutputFolder, name)).Where(File.Exists)],
            [.. folders.Where(Directory.Exists)]);
    }

    private static string? ReadRunId(string evidence)
    {
        try
        {
            using var record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(evidence, RunPlan.RecordFileName)));
            return record.RootElement.TryGetProperty("runId", out var id) ? id.GetString() : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException
            or InvalidOperationException)
        {
            // It only makes the message better.
            return null;
        }
    }
}
