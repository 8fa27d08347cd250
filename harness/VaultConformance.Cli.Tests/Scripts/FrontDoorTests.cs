using System.Text.RegularExpressions;
using VaultConformance.Runs;

namespace VaultConformance.Cli.Tests.Scripts;

/// <summary><c>run.sh</c> and <c>run.ps1</c> do the same: same output, same messages, same exit codes.</summary>
[NonParallelizable]
[Platform("Unix", Reason = "both scripts are run, and run.sh needs a POSIX shell")]
public sealed class FrontDoorTests
{
    private const string Building = "Building (first start, or sources have changed) ...\n";

    private static readonly string Root = RepositoryFolder.FindContaining(AppContext.BaseDirectory).Root;

    [OneTimeSetUp]
    public Task BuildWhatIsStale() => ShellScript.RunAsync(Path.Combine(Root, "run.sh"), ["--version"], new Dictionary<string, string?>(), CancellationToken.None);

    [TestCase(0, "--help")]
    [TestCase(0, "run", "--help")]
    [TestCase(0, "controls", "--json")]
    [TestCase(3, "contorls")]
    [TestCase(3, "--xyzzy")]
    [TestCase(3, "run", "--values", "a file with spaces.yaml", "--timeout", "soon")]
    [TestCase(3, "replay", "/nowhere/at all")]
    [TestCase(3, "replay", "$HOME;'\"*")]
    public async Task Both_scripts_run_the_program_and_end_as_it_does(int exitCode, params string[] arguments)
    {
        var shell = await FrontDoor.RunAsync(Path.Combine(Root, "run.sh"), arguments, new Dictionary<string, string?>(), CancellationToken.None);
        var power = await FrontDoor.RunAsync(Path.Combine(Root, "run.ps1"), arguments, new Dictionary<string, string?>(), CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shell.ExitCode, Is.EqualTo(exitCode), shell.Error);
            Assert.That(shell.Output + shell.Error, Is.Not.Empty);
            Assert.That(power, Is.EqualTo(shell));
        }
    }

    [TestCase("run.sh")]
    [TestCase("run.ps1")]
    public async Task The_first_start_builds_the_program_and_a_warm_start_only_runs_it(string script)
    {
        using var folder = new ScriptFolder(Root);

        var cold = await folder.RunAsync(script, ["controls", "two words"], CancellationToken.None);

        Assert.That(cold, Is.EqualTo(new ScriptResult(7, "the program got: controls two words\n", $"{Building}to standard error\n")));
        Assert.That(folder.Asked(), Is.EqualTo("""
            package download VaultSharp@1.17.5.1
            build ROOT/harness/VaultConformance.Cli --disable-build-servers --verbosity quiet
            ROOT/artifacts/bin/VaultConformance.Cli/debug/vault-conformance.dll controls two words

            """));

        var warm = await folder.RunAsync(script, [], CancellationToken.None);

        Assert.That(warm, Is.EqualTo(new ScriptResult(7, "the program got: \n", "to standard error\n")));
        Assert.That(folder.Asked().Trim(), Is.EqualTo("ROOT/artifacts/bin/VaultConformance.Cli/debug/vault-conformance.dll"));
    }

    [TestCase("run.sh", "harness/A.cs")]
    [TestCase("run.ps1", "harness/A.cs")]
    [TestCase("run.sh", "conformance/B.cs")]
    [TestCase("run.ps1", "conformance/B.cs")]
    [TestCase("run.sh", "harness/Page.razor")]
    [TestCase("run.ps1", "harness/Page.razor")]
    [TestCase("run.sh", "conformance/profiles/p-1.0.yaml")]
    [TestCase("run.ps1", "conformance/profiles/p-1.0.yaml")]
    [TestCase("run.sh", "docs/controls/D.md")]
    [TestCase("run.ps1", "docs/controls/D.md")]
    [TestCase("run.sh", "Directory.Build.props")]
    [TestCase("run.ps1", "Directory.Build.props")]
    public async Task A_changed_source_is_built_once_and_the_feed_is_not_asked_again(string script, string source)
    {
        using var folder = new ScriptFolder(Root);
        await folder.RunAsync(script, [], CancellationToken.None);
        folder.Asked();

        folder.Change(source);
        await folder.RunAsync(script, [], CancellationToken.None);

        Assert.That(folder.Asked(), Does.StartWith("build ROOT/harness/VaultConformance.Cli ").And.Not.Contain("package"));
    }

    [TestCase("run.sh")]
    [TestCase("run.ps1")]
    public async Task A_changed_test_does_not_hold_up_a_run(string script)
    {
        using var folder = new ScriptFolder(Root);
        await folder.RunAsync(script, [], CancellationToken.None);
        folder.Asked();

        folder.Change("harness/A.Tests/ATests.cs");
        folder.Change("harness/A.Tests");
        folder.Change("harness/A.TestRunner/R.cs");
        await folder.RunAsync(script, [], CancellationToken.None);

        Assert.That(folder.Asked(), Does.Not.Contain("build"));
    }

    [TestCase("run.sh")]
    [TestCase("run.ps1")]
    public async Task The_verb_test_builds_everything(string script)
    {
        using var folder = new ScriptFolder(Root);

        await folder.RunAsync(script, ["test", "--no-cluster"], CancellationToken.None);
        Assert.That(folder.Asked(), Does.Contain("build ROOT/VaultConformance.sln ").And.EndsWith("ROOT/artifacts/bin/VaultConformance.TestRunner/debug/VaultConformance.TestRunner.dll test --no-cluster\n"));

        await folder.RunAsync(script, ["test"], CancellationToken.None);
        await folder.RunAsync(script, [], CancellationToken.None);
        Assert.That(folder.Asked(), Does.Not.Contain("build"), "neither the tests nor the program are stale");

        folder.Change("fixtures/C.cs");
        await folder.RunAsync(script, ["test"], CancellationToken.None);
        Assert.That(folder.Asked(), Does.Contain("build"));
    }

    [TestCase("run.sh", "help")]
    [TestCase("run.ps1", "help")]
    [TestCase("run.sh", "--help")]
    [TestCase("run.ps1", "--help")]
    [TestCase("run.sh", "-h")]
    [TestCase("run.ps1", "-h")]
    public async Task The_help_says_how_to_run_the_tests_which_the_program_cannot(string script, string option)
    {
        var help = await FrontDoor.RunAsync(Path.Combine(Root, script), [option], new Dictionary<string, string?>(), CancellationToken.None);
        var ofRun = await FrontDoor.RunAsync(Path.Combine(Root, script), ["run", option], new Dictionary<string, string?>(), CancellationToken.None);

        Assert.That(help.Output, Does.EndWith("\nAnd 'test' runs the tests of VaultConformance itself; 'test --help' describes it.\n").And.Not.Contain("\n  test "));
        Assert.That(ofRun.Output, Does.Not.Contain("And 'test'"));
    }

    [TestCase("run.sh")]
    [TestCase("run.ps1")]
    public async Task Help_and_version_never_build_however_old_the_program_is(string script)
    {
        using var folder = new ScriptFolder(Root);
        await folder.RunAsync(script, ["controls"], CancellationToken.None);
        folder.Change("harness/A.cs");
        folder.Asked();

        string[][] lines = [["--help"], ["-h"], ["--version"], ["help"], ["help", "run"], ["version"], ["run", "--help"], ["completion", "bash"], ["complete", "ru"]];
        foreach (var line in lines)
        {
            await folder.RunAsync(script, line, CancellationToken.None);
            Assert.That(folder.Asked(), Does.Contain($"vault-conformance.dll {string.Join(' ', line)}\n").And.Not.Contain("build"));
        }
    }

    [Test]
    public async Task Before_the_first_build_help_is_short_and_the_same()
    {
        using var folder = new ScriptFolder(Root);

        string[][] lines = [["--help"], ["help"], ["version"], ["run", "-h"]];
        foreach (var line in lines)
        {
            var shell = await folder.RunAsync("run.sh", line, CancellationToken.None);
            var power = await folder.RunAsync("run.ps1", line, CancellationToken.None);

            Assert.That(shell.Output, Does.Contain("It is not built yet").And.Contain("run my-values.yaml"));
            Assert.That((shell.ExitCode, shell.Error), Is.EqualTo((0, string.Empty)));
            Assert.That(power, Is.EqualTo(shell));
            Assert.That(folder.Asked(), Is.Empty, "nothing is built and nothing is started");
        }
    }

    [Test]
    public async Task Before_the_tests_are_built_their_help_shows_the_options_that_the_runner_has()
    {
        using var folder = new ScriptFolder(Root);
        var runner = await FrontDoor.RunAsync(Path.Combine(Root, "run.sh"), ["test", "--help"], new Dictionary<string, string?>(), CancellationToken.None);
        var options = Regex.Matches(runner.Output, @"^ +(--(?!help|version)[a-z-]+) +(.+)$", RegexOptions.Multiline);
        Assert.That(options, Has.Count.EqualTo(3));

        string[][] lines = [["test", "--help"], ["help", "test"]];
        foreach (var line in lines)
        {
            var shell = await folder.RunAsync("run.sh", line, CancellationToken.None);

            Assert.That(options.All(option => Regex.IsMatch(shell.Output, $"^  {option.Groups[1].Value} +{Regex.Escape(option.Groups[2].Value.TrimEnd())}$", RegexOptions.Multiline)), shell.Output);
            Assert.That(shell.ExitCode, Is.Zero);
            Assert.That(await folder.RunAsync("run.ps1", line, CancellationToken.None), Is.EqualTo(shell));
            Assert.That(folder.Asked(), Is.Empty, "nothing is built and nothing is started");
        }
    }

    [Test]
    public async Task A_list_that_PowerShell_has_split_arrives_as_it_was_written()
    {
        using var folder = new ScriptFolder(Root);
        await folder.RunAsync("run.sh", ["controls"], CancellationToken.None);

        var result = await PowerShellScript.RunLineAsync(Path.Combine(folder.Root, "run.ps1"), "run --only CORE-1,TLS --keep", folder.Variables);

        Assert.That(result.Output, Is.EqualTo("the program got: run --only CORE-1,TLS --keep\n"));
    }

    [TestCase("run.sh")]
    [TestCase("run.ps1")]
    public async Task A_failed_build_shows_what_the_compiler_said_and_runs_nothing(string script)
    {
        using var folder = new ScriptFolder(Root);
        folder.BreakBuild();

        var result = await folder.RunAsync(script, ["run"], CancellationToken.None);

        Assert.That(result, Is.EqualTo(new ScriptResult(
            4, "", $"{Building}A.cs(1,1): error CS1002: ; expected\nError: harness/VaultConformance.Cli could not be built; what the compiler said is above.\n")));
        Assert.That(folder.Asked(), Does.Not.Contain("vault-conformance.dll"));
    }

    [TestCase("run.sh")]
    [TestCase("run.ps1")]
    public async Task Without_an_sdk_a_message_says_where_to_get_it(string script)
    {
        var variables = new Dictionary<string, string?> { ["DOTNET_ROOT"] = "/nowhere" };

        var result = await FrontDoor.RunAsync(Path.Combine(Root, script), ["controls"], variables, CancellationToken.None);

        Assert.That(result, Is.EqualTo(new ScriptResult(
            4, "", "Error: The .NET 10 SDK was not found. Install it from https://dotnet.microsoft.com/download, or name its folder in DOTNET_ROOT.\n")));
    }

    [Test]
    public void Both_scripts_are_short_and_say_the_same_words()
    {
        var shell = File.ReadAllLines(Path.Combine(Root, "run.sh"));
        var power = File.ReadAllLines(Path.Combine(Root, "run.ps1"));

        Assert.That(new[] { shell.Length, power.Length }, Is.All.LessThan(110));
        Assert.That(Sentences(power), Is.EqualTo(Sentences(shell)));
    }

    private static List<string> Sentences(IEnumerable<string> lines) =>
    [
        .. lines.Where(line => line.TrimStart().StartsWith("say ", StringComparison.OrdinalIgnoreCase) && line.Contains(' '))
            .Select(line => line.Trim()[4..].Trim('\'', '"').Replace("$1", "$what", StringComparison.Ordinal))
            .Where(line => !line.StartsWith('$') && !line.StartsWith('(')),
    ];
}
