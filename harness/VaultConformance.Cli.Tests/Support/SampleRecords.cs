using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests.Support;

internal static class SampleRecords
{
    public static RunRecord Of(ConformanceReport report) => new(
        RunRecord.CurrentFormat, report.RunId, report.Tool, report.StartedAt, report.Notices, report.Subject, TestApp.ProfileText("baseline"), [], [], report.Problem)
    {
        FinishedAt = report.FinishedAt,
        Phases = report.Phases,
    };

    /// <summary>Copies observations that were taken from a real release into an evidence folder.</summary>
    public static void CopyObservations(string name, string evidenceFolder)
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Evidence", name);
        foreach (var file in Directory.EnumerateFiles(source, "*.json", SearchOption.AllDirectories))
        {
            var target = Path.Combine(evidenceFolder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
