using Microsoft.Extensions.Time.Testing;
using VaultConformance.Cli;
using VaultConformance.Cli.Output;

namespace VaultConformance.TestRunner.Tests;

public sealed class TestVerbTests
{
    private string _folder = string.Empty;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("selftest-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_results_file_is_counted_and_skips_keep_their_reasons()
    {
        var path = Path.Combine(_folder, "x.trx");
        File.WriteAllText(path, """
            <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>
              <UnitTestResult testName="A" outcome="Passed" />
              <UnitTestResult testName="B" outcome="Passed" />
              <UnitTestResult testName="C" outcome="Failed"><Output><ErrorInfo><Message>no</Message></ErrorInfo></Output></UnitTestResult>
              <UnitTestResult testName="D" outcome="Timeout" />
              <UnitTestResult testName="E" outcome="NotExecuted"><Output><ErrorInfo><Message>needs Windows</Message></ErrorInfo></Output></UnitTestResult>
              <UnitTestResult testName="F" outcome="NotExecuted" />
            </Results></TestRun>
            """);

        var outcomes = TestOutcomes.FromTrx(path);

        Assert.That(outcomes.ToString(), Is.EqualTo("2 passed, 2 failed, 2 skipped"));
        Assert.That(outcomes.Failed, Is.EqualTo(new[] { "C", "D" }));
        Assert.That(outcomes.Skipped, Is.EqualTo(new[] { "E: needs Windows", "F: no reason was given" }));
    }

    [Test]
    public void The_sum_is_the_last_line_and_a_failure_the_exit_code()
    {
        var (exitCode, output) = Report(new TestOutcomes(3, ["Broken test"], ["Windows test: needs Windows"]));

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Is.EqualTo("skipped: Windows test: needs Windows\nfailed: Broken test\n3 passed, 1 failed, 1 skipped\n"));
    }

    [Test]
    public void Passing_tests_end_with_0() => Assert.That(Report(new TestOutcomes(3, [], [])), Is.EqualTo((0, "3 passed, 0 failed, 0 skipped\n")));

    [Test]
    public void Only_skipped_or_no_tests_at_all_are_a_failure()
    {
        var (exitCode, output) = Report(new TestOutcomes(0, [], ["A: why"]));

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.Contain("No test ran.").And.EndsWith("0 passed, 0 failed, 1 skipped\n"));
    }

    [Test]
    public void Only_built_test_programs_are_found()
    {
        foreach (var file in new[] { "B.Tests/debug/B.Tests.dll", "A.Tests/debug/A.Tests.dll", "C.Tests/release/C.Tests.dll", "D/debug/D.dll", "E.Tests/debug/E.dll" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.WriteAllText(Path.Combine(_folder, file), "");
        }

        Assert.That(TestProgram.ListIn(_folder, "debug").Select(program => program.Name), Is.EqualTo(new[] { "A.Tests", "B.Tests" }));
        Assert.That(TestProgram.ListIn(Path.Combine(_folder, "nowhere"), "debug"), Is.Empty);
    }

    [Test]
    public async Task A_program_that_dies_without_results_is_a_failure()
    {
        using var output = new StringWriter();
        var program = new TestProgram("Gone.Tests", Path.Combine(_folder, "Gone.Tests.dll"));

        var outcomes = await new TestProgramRunner(output, _folder).RunAsync(program, TestProgramRunner.Hermetic, CancellationToken.None);

        Assert.That(outcomes.Failed.Single(), Does.Match("^Gone.Tests ended with exit code [0-9]+ and without results$"));
    }

    [Test]
    public async Task Without_a_browser_the_tests_that_need_one_are_told_as_skipped()
    {
        var result = await RunAsync("test", "--no-cluster");

        Assert.That(result.Output, Does.StartWith("skipped: tests in a browser: there is no Chromium on this machine; test without --no-cluster installs it\n"));
        Assert.That(result.Output, Does.EndWith("0 passed, 0 failed, 1 skipped\n"));
    }

    [Test]
    public async Task A_browser_is_looked_for_and_not_installed_where_that_is_forbidden()
    {
        var result = await RunAsync("--no-setup");

        Assert.That(result.Output, Does.StartWith("There is no Chromium on this machine, and installing it is forbidden by --no-setup."));
        Assert.That(result.Output, Does.EndWith("0 passed, 0 failed, 0 skipped\n"));
    }

    [TestCase("test --no-clusters", "There is no option '--no-clusters' (did you mean '--no-cluster'?). 'test --help' lists what there is.")]
    [TestCase("--only TLS", "There is no option '--only'. 'test --help' lists what there is.")]
    [TestCase("run", "There is no verb 'run'. The verbs are test, help, version; --help describes them.")]
    public async Task What_is_not_known_is_refused_as_by_the_program(string line, string message) =>
        Assert.That(await RunAsync(line.Split(' ')), Is.EqualTo((3, string.Empty, $"Error: {message}\n")));

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var console = CliConsole.Log(output, error);
        var services = new RunnerServices(console, new Dictionary<string, string>(), _folder, new FakeTimeProvider());
        var exitCode = await new CommandLineApp(console, "tests", TestVerb.Name, [new TestVerb(services)]).RunAsync(arguments, CancellationToken.None);
        return (exitCode, output.ToString(), error.ToString());
    }

    private static (int ExitCode, string Output) Report(TestOutcomes outcomes)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var exitCode = TestVerb.Report(CliConsole.Log(output, output), outcomes);
        return (exitCode, output.ToString());
    }
}
