using VaultConformance.Cli.Tests.Support;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests;

public sealed class CompareVerbTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [TestCase("good", "bad")]
    [TestCase("good/evidence.vcb", "bad/results.json")]
    [TestCase("good/results.json", "bad/evidence.vcb")]
    public async Task A_regression_is_told_first_and_decides_the_exit_code(string was, string now)
    {
        await RecordAsync();

        var result = await _app.RunAsync("compare", was, now);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((1, string.Empty)));
        Assert.That(result.Output, Does.StartWith("was          r1, baseline@1.0, Conformant\nnow          r1, baseline@1.0, NonConformant\nRegression: CORE-1 (MUST) regressed. In all: 1 regressed, 1 unchanged.\n"));
        Assert.That(result.Output, Does.Match(@"regressed +MUST +CORE-1 +Title of CORE-1 +Passed +Failed"));
        Assert.That(result.Output, Does.Match(@"regressed +vault-0 +core limit +0 \(Passed\) +unlimited \(Failed\)"));
        Assert.That(result.Output, Does.Match(@"Chart +vault 0\.34\.1 +vault \\u001B\[31m0\.35\.0"));
        Assert.That(result.Output, Does.EndWith("\nRegression: CORE-1 (MUST) regressed. In all: 1 regressed, 1 unchanged.\n"));
    }

    [Test]
    public async Task Without_a_regression_the_exit_code_is_0()
    {
        await RecordAsync();

        Assert.That((await _app.RunAsync("compare", "bad", "good")).ExitCode, Is.Zero);
        var same = await _app.RunAsync("compare", "bad", "bad/evidence.vcb");
        Assert.That((same.ExitCode, same.Output.Split('\n')[^2]), Is.EqualTo((0, "No regression: 2 unchanged.")));
        Assert.That(same.Output, Does.Not.Contain("CORE-1"));
    }

    [TestCase("good", "bad", "must", 1, "The later run is NonConformant, and --fail-on must is set. Exit code 1.")]
    [TestCase("bad", "bad", "must", 1, "The later run is NonConformant, and --fail-on must is set. Exit code 1.")]
    [TestCase("bad", "good", "must", 0, "The later run is Conformant, and --fail-on must is set. Exit code 0.")]
    [TestCase("bad", "bad", "regression", 0, "Nothing is worse than in run r1. Exit code 0.")]
    [TestCase("good", "bad", "regression", 1, "Worse than in run r1: CORE-1. Exit code 1.")]
    [TestCase("good", "advice", "must", 0, "The later run is Conformant, and --fail-on must is set. Exit code 0.")]
    [TestCase("good", "advice", "should", 1, "Recommended controls failed, and --fail-on should is set: CORE-2. Exit code 1.")]
    [TestCase("advice", "advice", "regression", 0, "Nothing is worse than in run r1. Exit code 0.")]
    [TestCase("advice", "advice", "should", 1, "Recommended controls failed, and --fail-on should is set: CORE-2. Exit code 1.")]
    [TestCase("untold", "bad", "regression", 1, "Worse than in run r1: CORE-1. Exit code 1.")]
    [TestCase("bad", "untold", "must", 2, "The later run is Incomplete, and --fail-on must is set. Exit code 2.")]
    public async Task What_counts_as_a_failure_can_be_chosen(string was, string now, string failOn, int exitCode, string last)
    {
        await RecordAsync();

        var result = await _app.RunAsync("compare", was, now, "--fail-on", failOn);

        Assert.That((result.ExitCode, result.Error, result.Output.Split('\n')[^2]), Is.EqualTo((exitCode, string.Empty, last)));
    }

    [Test]
    public async Task A_required_control_that_fails_for_the_first_time_decides_only_when_it_is_asked_for()
    {
        await RecordAsync();

        Assert.That((await _app.RunAsync("compare", "untold", "bad")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task An_edited_verdict_hides_no_failure()
    {
        await RecordAsync();
        var file = Path.Combine(_app.WorkingFolder, "bad", "results.json");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("\"verdict\": \"NonConformant\"", "\"verdict\": \"Conformant\"", StringComparison.Ordinal));

        Assert.That((await _app.RunAsync("compare", "bad", "bad/results.json", "--fail-on", "must")).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task It_is_written_for_programs_and_for_a_step_summary()
    {
        await RecordAsync();

        var result = await _app.RunAsync("compare", "good", "bad", "--output", "difference");

        var folder = Path.Combine(_app.WorkingFolder, "difference");
        Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "compare.json", "compare.md", "compare.html" }));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder, "compare.json")), Does.Contain("\"regression\": true"));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder, "compare.md")), Does.StartWith("# Regression\n"));
        Assert.That(result.Output, Does.Contain($"written      {Path.Combine(folder, "compare.md")}\n"));
    }

    [TestCase("compare good", "'compare' needs <now>: The later run.")]
    [TestCase("compare good bad --fail-on regresion", "--fail-on: 'regresion' must be must, should or regression (did you mean 'regression'?)")]
    [TestCase("compare good nowhere", "nowhere' does not exist. Give an evidence bundle (*.vcb), the output folder of a run, or a results.json.")]
    [TestCase("compare good .", "holds no results: there is neither results.json nor evidence.vcb in it.")]
    [TestCase("compare values.yaml good", "values.yaml' is refused: it is not a ZIP file.")]
    [TestCase("compare good damaged.json", "damaged.json' are refused:\n  results: 'schemaVersion' must be a text\n  results: 'runId' must be a text\n")]
    [TestCase("compare good bad --output values.yaml", "--output: nothing can be written to")]
    [TestCase("compare good bad --outptu x", "There is no option '--outptu' (did you mean '--output'?).")]
    public async Task Bad_input_is_one_message(string line, string message)
    {
        await RecordAsync();
        _app.WriteWork("damaged.json", "[]");

        var result = await _app.RunAsync(line.Split(' '));

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.StartWith("Error: ").And.Contain(message));
    }

    private async Task RecordAsync()
    {
        await RunAsync("good", SampleReports.Of(
            SampleReports.Result("CORE-1", Outcome.Passed, Requirement.Must, new Finding("vault-0", "core limit", "0", "0", Outcome.Passed)), SampleReports.Result("FS-1", Outcome.Passed)));
        await RunAsync("bad", SampleReports.Of(
            SampleReports.Result("CORE-1", Outcome.Failed, Requirement.Must, new Finding("vault-0", "core limit", "0", "unlimited", Outcome.Failed)), SampleReports.Result("FS-1", Outcome.Passed)) with
            {
                Subject = [new SubjectFact("Chart", "vault \u001b[31m0.35.0")],
            });
        await RunAsync("advice", SampleReports.Of(
            SampleReports.Result("CORE-1", Outcome.Passed), SampleReports.Result("CORE-2", Outcome.Failed, Requirement.Should), SampleReports.Result("FS-1", Outcome.Passed)));
        await RunAsync("untold", SampleReports.Of(SampleReports.Result("CORE-1", Outcome.Inconclusive), SampleReports.Result("FS-1", Outcome.Passed)));
    }

    private async Task RunAsync(string folder, ConformanceReport report)
    {
        _app.Pipeline.Answer = (_, _, _) => Task.FromResult(new RunOutcome(report, null, null, []));
        await _app.RunAsync("--output", folder);
    }
}
