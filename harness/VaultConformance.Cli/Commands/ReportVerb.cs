using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Harness;
using VaultConformance.Reporting;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;
using VaultConformance.Runs.Replaying;

namespace VaultConformance.Cli.Commands;

/// <summary><c>report</c>: writes every format of the report from recorded evidence.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class ReportVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var from = new Option<string>(
            "--from") { Description = "Evidence bundle, or output folder of a run.", HelpName = "evidence", Required = true };
        var output = new Option<string>("--output") { Description = "Where the report is written.", HelpName = "folder", Required = true };
        var command = new Command(
            "report",
            "Write every format of the report from recorded evidence, judged again; needs no Docker and no cluster.") { from, output };
        command.SetAction(
            (result, cancellationToken) => RunAsync(result.GetRequiredValue(from), result.GetRequiredValue(output), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string from, string output, CancellationToken cancellationToken)
    {
        var folder = Path.GetFullPath(output, services.WorkingFolder);
        if (OutputFolder.ExplainNotWritable(folder) is { } reason)
        {
            throw new HarnessException(FailureKind.Configuration, $"--output: nothing can be written to '{folder}': {reason}.");
        }

        var evidence = RecordedEvidence.Open(Path.GetFullPath(from, services.WorkingFolder));
        var outcome = await new Replay(services.Judge, services.TimeProvider)
            .RunAsync(evidence, otherProfile: null, otherWaivers: null, cancellationToken);
        foreach (var file in await new ReportFolder(folder).WriteAsync(outcome.Report, outcome.NUnitXml, cancellationToken))
        {
            services.Console.WriteLine($"written      {file}");
        }

        var console = new ConsoleReport(services.Console);
        console.WriteNotices(outcome.Report);
        console.WriteVerdict(outcome.Report);
        return ExitCodes.Success;
    }
}
