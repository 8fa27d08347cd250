using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Harness;
using VaultConformance.Reporting;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Commands;

/// <summary><c>compare</c>: says what differs between two runs, and whether anything became worse.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class CompareVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var was = new Argument<string>("was") { Description = "The earlier run: evidence bundle (*.vcb), output folder or results.json." };
        var now = new Argument<string>("now") { Description = "The later run." };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Write compare.html, compare.md and compare.json here too.",
            HelpName = "folder",
        };
        var failOn = CreateFailOn();
        var command =
            new VerbCommand(
                "compare",
                "Say what differs between two runs; exit code 1 when anything became worse.",
                "compare last-night/evidence.vcb results/evidence.vcb",
                "compare out/RUN-1 out/RUN-2 -o comparison",
                "compare last-night/evidence.vcb results/evidence.vcb --fail-on must") { was, now, output, failOn };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetRequiredValue(was),
            result.GetRequiredValue(now),
            result.GetValue(output),
            ExitPlan.FindFailOn(result.GetValue(failOn)),
            cancellationToken));
        return command;
    }

    private static Option<string?> CreateFailOn()
    {
        var failOn = new Option<string?>(Settings.FailOn.Option)
        {
            Description = "What ends it with exit code 1: a required control that fails in the later run (must), a recommended one too "
                + "(should), or what is worse than before, with every required control that did not fail before (regression). Default: "
                + "anything that became worse.",
            HelpName = Settings.FailOn.Hint,
        };
        failOn.CompletionSources.Add([.. ExitPlan.Words]);
        failOn.Validators.Add(result =>
        {
            if (result.GetValue(failOn) is { } word && ExitPlan.FindFailOn(word) is null)
            {
                result.AddError($"{Settings.FailOn.Option}: {ExitPlan.ExplainWord(word)}");
            }
        });
        return failOn;
    }

    private async Task<int> RunAsync(string was, string now, string? output, FailOn? failOn, CancellationToken cancellationToken)
    {
        var folder = output is null ? null : Path.GetFullPath(output, services.WorkingFolder);
        if (folder is not null && OutputFolder.ExplainNotWritable(folder) is { } reason)
        {
            throw new HarnessException(FailureKind.Configuration, $"--output: nothing can be written to '{folder}': {reason}.");
        }

        var earlier = RecordedResults.Open(Path.GetFullPath(was, services.WorkingFolder));
        var later = Path.GetFullPath(now, services.WorkingFolder);
        var comparison = RunComparison.Compare(
            earlier, earlier.OnlyDeclared ? RecordedResults.OpenDeclared(later) : RecordedResults.OpenRun(later));
        var console = new ConsoleComparison(services.Console);
        console.Write(comparison);
        foreach (var file in folder is null ? [] : await new ComparisonFolder(folder).WriteAsync(comparison, cancellationToken))
        {
            services.Console.WriteLine($"written      {file}");
        }

        console.WriteSummary(comparison);
        return new ExitDecision(services.Console).Decide(comparison, failOn);
    }
}
