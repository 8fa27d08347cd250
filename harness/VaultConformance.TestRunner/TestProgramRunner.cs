using CliWrap;

namespace VaultConformance.TestRunner;

/// <summary>Runs test programs and passes on what they say.</summary>
/// <param name="output">Where their output goes. Both streams of a program write to it.</param>
/// <param name="resultsFolder">Where their results are put.</param>
internal sealed class TestProgramRunner(TextWriter output, string resultsFolder)
{
    private const int NoTestsMatched = 8;
    /// <summary>
    /// Programs that tests start live for a second: what the runtime would win later by looking at them longer costs more than it saves.
    /// </summary>
    private static readonly IReadOnlyDictionary<string, string?> ShortLived = new Dictionary<string, string?>
    {
        ["DOTNET_TieredPGO"] = "0", ["DOTNET_gcConcurrent"] = "0",
    };

    private readonly TextWriter _output = TextWriter.Synchronized(output);

    /// <summary>Tests that need no cluster.</summary>
    public const string Hermetic = "TestCategory!=Cluster&TestCategory!=Matrix";

    /// <summary>Those of them that need no browser.</summary>
    public const string HermeticWithoutBrowser = "TestCategory!=Cluster&TestCategory!=Matrix&TestCategory!=Browser";

    /// <summary>
    /// Tests that need a cluster. They run only when their category is asked for, since they start an engine and install what is missing.
    /// </summary>
    public const string Cluster = "TestCategory=Cluster";

    /// <summary>Those too that install every known-bad values file.</summary>
    public const string ClusterWithMatrix = "TestCategory=Cluster|TestCategory=Matrix";

    /// <summary>The browser for tests that need one; null when there is none, which such tests then say.</summary>
    public string? Browser { get; init; }

    /// <summary>Runs the tests of one program that a filter selects.</summary>
    /// <param name="program">The program.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="cancellationToken">Ends the program: first gently, then by force.</param>
    public async Task<TestOutcomes> RunAsync(TestProgram program, string filter, CancellationToken cancellationToken)
    {
        var trx = $"{program.Name}{(filter.StartsWith(Hermetic, StringComparison.Ordinal) ? "" : "-cluster")}.trx";
        var exitCode = await StartAsync(program, filter, trx, cancellationToken);
        if (exitCode == NoTestsMatched)
        {
            return TestOutcomes.None;
        }

        var path = Path.Combine(resultsFolder, trx);
        if (!File.Exists(path))
        {
            return TestOutcomes.Broken($"{program.Name} ended with exit code {exitCode} and without results");
        }

        var outcomes = TestOutcomes.FromTrx(path);
        return exitCode == 0 || outcomes.Failed.Count > 0
            ? outcomes
            : outcomes.Add(TestOutcomes.Broken($"{program.Name} ended with exit code {exitCode} although none of its tests failed"));
    }

    private async Task<int> StartAsync(TestProgram program, string filter, string trx, CancellationToken cancellationToken)
    {
        using var force = new CancellationTokenSource();
        await using var forceLater = cancellationToken.Register(() => force.CancelAfter(TimeSpan.FromSeconds(12)));
        var result = await CliWrap.Cli.Wrap(Host)
            .WithArguments([
                program.Path, "--filter", filter, "--report-trx", "--report-trx-filename", trx, "--results-directory", resultsFolder,
                "--no-ansi", "--progress", "off"
            ])
            .WithEnvironmentVariables(new Dictionary<string, string?>(ShortLived) { [BrowserSetup.Variable] = Browser })
            .WithValidation(CommandResultValidation.None)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(_output.WriteLine))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(_output.WriteLine))
            .ExecuteAsync(force.Token, cancellationToken);
        return result.ExitCode;
    }

    private static string Host =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
}
