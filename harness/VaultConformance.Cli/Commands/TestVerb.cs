using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Cli.SelfTest;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Commands;

/// <summary><c>test</c>: runs the tests of this program itself.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class TestVerb(CliServices services) : IVerb
{
    /// <inheritdoc />
    public Command Create()
    {
        var noCluster = new Option<bool>("--no-cluster") { Description = "Only the tests that need no Docker and no cluster." };
        var command = new Command("test", "Run the tests of this program itself, those on a cluster included.") { noCluster };
        command.SetAction((result, cancellationToken) => RunAsync(!result.GetValue(noCluster), cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(bool withCluster, CancellationToken cancellationToken)
    {
        var programs = TestProgram.In(services.Repository.Binaries, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));
        var results = Directory.CreateTempSubdirectory("vault-conformance-tests-").FullName;
        try
        {
            var runner = new TestRunner(services.Console.Out, results);
            var outcomes = TestOutcomes.None;
            foreach (var filter in withCluster ? [TestRunner.Hermetic, TestRunner.Cluster] : new[] { TestRunner.Hermetic })
            {
                foreach (var program in programs)
                {
                    outcomes = outcomes.Plus(await runner.RunAsync(program, filter, cancellationToken));
                }
            }

            return Report(services.Console, outcomes);
        }
        finally
        {
            Directory.Delete(results, recursive: true);
        }
    }

    /// <summary>Shows the sum; its last line is the one that scripts look for.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="outcomes">What came of the tests.</param>
    /// <returns>The exit code.</returns>
    internal static int Report(CliConsole console, TestOutcomes outcomes)
    {
        foreach (var skipped in outcomes.Skipped)
        {
            console.Line($"skipped: {Printable.Cut(skipped, 500)}", Tone.Warning);
        }

        foreach (var failed in outcomes.Failed)
        {
            console.Line($"failed: {Printable.Cut(failed, 500)}", Tone.Bad);
        }

        var nothing = outcomes.Passed + outcomes.Failed.Count == 0;
        if (nothing)
        {
            console.Line("No test ran. Build the solution first: run.sh and run.ps1 do.", Tone.Bad);
        }

        console.Line(outcomes.ToString());
        return nothing || outcomes.Failed.Count > 0 ? ExitCodes.NonConformant : ExitCodes.Success;
    }
}
