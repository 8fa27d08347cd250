using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Harness;
using VaultConformance.Reporting;
using VaultConformance.Reporting.Model;
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
        var output = new Option<string?>("--output", "-o") { Description = "Where the report is written.", HelpName = "folder" };
        var fix = new Option<bool>("--fix")
        {
            Description = "Show one change of the values for everything that values can mend, as a diff, and what they cannot.",
        };
        var command = new VerbCommand(
            "report",
            "Write every format of the report from recorded evidence, judged again; needs no Docker and no cluster.",
            "report --from results/evidence.vcb -o report",
            "report --from out/RUN-ID --fix") { from, output, fix };
        command.Validators.Add(result =>
        {
            if (result.GetValue(output) is null && !result.GetValue(fix))
            {
                result.AddError("Give --output for the whole report, --fix for the change of the values, or both.");
            }
        });
        command.SetAction((result, cancellationToken) =>
            RunAsync(result.GetRequiredValue(from), result.GetValue(output), result.GetValue(fix), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string from, string? output, bool fix, CancellationToken cancellationToken)
    {
        var folder = output is null ? null : Path.GetFullPath(output, services.WorkingFolder);
        if (folder is not null && OutputFolder.ExplainNotWritable(folder) is { } reason)
        {
            throw new HarnessException(FailureKind.Configuration, $"--output: nothing can be written to '{folder}': {reason}.");
        }

        var evidence = RecordedEvidence.Open(Path.GetFullPath(from, services.WorkingFolder));
        var outcome = await new Replay(services.Judge, services.TimeProvider)
            .RunAsync(evidence, otherProfile: null, otherWaivers: null, cancellationToken);
        if (folder is not null)
        {
            var report = await EvidencePlace.FillInAsync(outcome.Report, from, folder, cancellationToken);
            foreach (var file in await new ReportFolder(folder).WriteAsync(report, outcome.NUnitXml, cancellationToken))
            {
                services.Console.WriteLine($"written      {file}");
            }
        }

        var console =
            new ConsoleReport(services.Console, ReportView.Default with { ShowsEvidence = true, HowToSeeAll = "the report says why" });
        if (fix)
        {
            console.WriteNotices(outcome.Report);
            WriteFix(outcome.Report);
        }
        else
        {
            console.Write(outcome.Report);
        }

        console.WriteVerdict(outcome.Report);
        if (folder is not null)
        {
            new NextStep(services.Console).Write(outcome.Report, folder);
        }

        return ExitCodes.Success;
    }

    private void WriteFix(ConformanceReport report)
    {
        if (report.Fix is { } fix)
        {
            new FixText(services.Console).Write(fix);
            return;
        }

        services.Console.WriteLine(report.Results.Any(result => result.Outcome == Outcome.Failed)
            ? "This evidence was recorded without the values files, so that no change of them can be written. Run again with this version."
            : "No control failed: there is nothing to change.");
    }
}
