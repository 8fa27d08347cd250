using System.CommandLine;
using VaultConformance.Cli;
using VaultConformance.Cli.Commands;
using VaultConformance.Cli.Output;
using VaultConformance.Reporting.Text;

namespace VaultConformance.TestRunner;

/// <summary><c>test</c>: runs all tests of this repository.</summary>
/// <param name="services">What the verb works with.</param>
internal sealed class TestVerb(RunnerServices services) : IVerb
{
    /// <summary>Its name on the command line.</summary>
    public const string Name = "test";

    private static readonly TestOutcomes WithoutBrowser =
        new(0, [], ["tests in a browser: there is no Chromium on this machine; test without --no-cluster installs it"]);

    /// <inheritdoc />
    public Command Create()
    {
        var noCluster = new Option<bool>("--no-cluster") { Description = "Only the tests that need no Docker and no cluster." };
        var matrix = new Option<bool>(
            "--matrix") { Description = "Also install every known-bad values file on a cluster (about a quarter of an hour)." };
        var noSetup = new Option<bool>(
            "--no-setup") { Description = "Install nothing on this machine: without a Chromium the tests that need one are skipped." };
        var command = new Command(
            Name, "Run the tests of VaultConformance itself, those in a browser and on a cluster included.") { noCluster, matrix, noSetup };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetValue(noCluster) ? null : result.GetValue(matrix) ? TestProgramRunner.ClusterWithMatrix : TestProgramRunner.Cluster,
            !result.GetValue(noSetup),
            cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(string? clusterFilter, bool setupAllowed, CancellationToken cancellationToken)
    {
        var setup = new BrowserSetup(services.Console, services.Variables, new BrowserHost(services.Console.Out, services.Variables));
        var browser =
            clusterFilter is null ? await setup.FindAsync(cancellationToken) : await setup.EnsureAsync(setupAllowed, cancellationToken);
        var programs = TestProgram.ListIn(services.Binaries, Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));
        var results = Directory.CreateTempSubdirectory("vault-conformance-tests-").FullName;
        try
        {
            var outcomes = clusterFilter is null && browser is null
                ? (await RunHermeticAsync(programs, TestProgramRunner.HermeticWithoutBrowser, results, null, cancellationToken))
                    .Add(WithoutBrowser)
                : await RunHermeticAsync(programs, TestProgramRunner.Hermetic, results, browser, cancellationToken);
            if (clusterFilter is not null)
            {
                if (programs.Count > 0)
                {
                    await new KitPreparation(services).PrepareAsync(setupAllowed, cancellationToken);
                }

                outcomes = outcomes.Add(await RunOnClusterAsync(programs, clusterFilter, results, cancellationToken));
            }

            return Report(services.Console, outcomes);
        }
        finally
        {
            Directory.Delete(results, recursive: true);
        }
    }

    // Several at once, and one more than there are processors, because some wait more than they work. The long ones begin, so that
    // none of them is left over at the end. Each shows its output when it is done.
    private async Task<TestOutcomes> RunHermeticAsync(
        IReadOnlyList<TestProgram> programs, string filter, string results, string? browser, CancellationToken cancellationToken)
    {
        var outcomes = TestOutcomes.None;
        var guard = new Lock();
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount + 1, CancellationToken = cancellationToken
        };
        await Parallel.ForEachAsync(programs.OrderByDescending(program => program.Size), options, async (program, token) =>
        {
            using var output = new StringWriter();
            var outcome = await new TestProgramRunner(output, results) { Browser = browser }.RunAsync(program, filter, token);
            lock (guard)
            {
                services.Console.Out.Write(output);
                outcomes = outcomes.Add(outcome);
            }
        });
        return outcomes;
    }

    private async Task<TestOutcomes> RunOnClusterAsync(
        IReadOnlyList<TestProgram> programs, string filter, string results, CancellationToken cancellationToken)
    {
        var outcomes = TestOutcomes.None;
        foreach (var program in programs)
        {
            outcomes =
                outcomes.Add(await new TestProgramRunner(services.Console.Out, results).RunAsync(program, filter, cancellationToken));
        }

        return outcomes;
    }

    /// <summary>Shows the sum; its last line is the one that scripts look for.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="outcomes">The outcome of the tests.</param>
    /// <returns>The exit code.</returns>
    internal static int Report(CliConsole console, TestOutcomes outcomes)
    {
        foreach (var skipped in outcomes.Skipped)
        {
            console.WriteLine($"skipped: {Printable.Cut(skipped, 500)}", Tone.Warning);
        }

        foreach (var failed in outcomes.Failed)
        {
            console.WriteLine($"failed: {Printable.Cut(failed, 500)}", Tone.Bad);
        }

        var nothing = outcomes.Passed + outcomes.Failed.Count == 0;
        if (nothing)
        {
            console.WriteLine("No test ran. Build the solution first: run.sh and run.ps1 do.", Tone.Bad);
        }

        console.WriteLine(outcomes.ToString());
        return nothing || outcomes.Failed.Count > 0 ? ExitCodes.NonConformant : ExitCodes.Success;
    }
}
