using VaultConformance.Cli.Tests.Support;
using VaultConformance.Harness;
using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests;

public sealed class RunVerbTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [TestCase(Outcome.Passed, 0, "Conformant. All required controls pass.")]
    [TestCase(Outcome.Failed, 1, "NonConformant. Required controls failed: CORE-1.")]
    [TestCase(Outcome.Inconclusive, 2, "Incomplete. Could not determine required controls: CORE-1.")]
    public async Task The_verdict_is_the_last_line_and_decides_the_exit_code(Outcome outcome, int exitCode, string line)
    {
        _app.Pipeline.Answer = (_, _, _) => Task.FromResult(new RunOutcome(SampleReports.Of(outcome), null, null, []));

        var result = await _app.RunAsync();

        Assert.That(result.Output.TrimEnd('\n').Split('\n')[^1], Is.EqualTo(line));
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((exitCode, string.Empty)));
    }

    [Test]
    public async Task All_reports_are_written_to_the_output_folder()
    {
        var result = await _app.RunAsync("--output", "results");

        var folder = Path.Combine(_app.WorkingFolder, "results");
        Assert.That(
            Directory.GetFiles(folder).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "results.json", "junit.xml", "results.sarif", "summary.md", "report.html", "annotations.txt", "gl-code-quality.json", "nunit.xml", "evidence.vcb" }));
        Assert.That(result.Output, Does.Contain($"results      {folder}\nbundle       {Path.Combine(folder, "evidence.vcb")}\n"));
    }

    [Test]
    public async Task What_an_earlier_run_left_is_gone_before_a_run_starts()
    {
        await _app.RunAsync("--output", "results");
        _app.WriteWork("results/evidence/run.json", "{}");
        _app.WriteWork("results/evidence/observations/pod/x/mounts.json", "{}");
        _app.WriteWork("results/diagnostics/events.txt", "old");
        _app.WriteWork("results/mine.txt", "keep");
        _app.Pipeline.Answer = (_, _, _) => throw new HarnessException(FailureKind.Environment, "No engine answers.");

        await _app.RunAsync("--output", "results");

        Assert.That(
            Directory.GetFiles(Path.Combine(_app.WorkingFolder, "results"), "*", SearchOption.AllDirectories).Select(Path.GetFileName),
            Is.EqualTo(new[] { "mine.txt" }));
    }

    [Test]
    public async Task An_evidence_folder_of_someone_else_is_never_replaced()
    {
        _app.WriteWork("results/evidence/thesis.txt", "precious");

        var result = await _app.RunAsync("--output", "results");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain("thesis.txt' is not from a run of this program; choose another folder"));
        Assert.That(File.Exists(Path.Combine(_app.WorkingFolder, "results", "evidence", "thesis.txt")), Is.True);
    }

    [TestCase(FailureKind.Environment, 4)]
    [TestCase(FailureKind.Configuration, 3)]
    public async Task A_failure_before_a_report_is_one_message(FailureKind kind, int exitCode)
    {
        _app.Pipeline.Answer = (_, _, _) => throw new HarnessException(kind, "No engine answers. Start one.");

        var result = await _app.RunAsync();

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((exitCode, "Error: No engine answers. Start one.\n")));
    }

    [Test]
    public async Task A_run_that_did_not_finish_is_reported_and_its_failure_is_the_last_word()
    {
        var failure = new HarnessException(FailureKind.Environment, "Pod 'vault-0' crash-loops.");
        _app.Pipeline.Answer = (_, _, _) => Task.FromResult(
            new RunOutcome(SampleReports.Of() with { Planned = [ControlId.Parse("CORE-1")], Problem = failure.Message }, null, failure, []));

        var result = await _app.RunAsync("--output", "results");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((4, "Error: Pod 'vault-0' crash-loops.\n")));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_app.WorkingFolder, "results", "summary.md")), Does.StartWith("# Incomplete"));
    }

    [Test]
    public async Task An_interrupted_run_ends_with_130()
    {
        using var interrupt = new CancellationTokenSource();
        _app.Pipeline.Answer = async (_, _, token) =>
        {
            await interrupt.CancelAsync();
            token.ThrowIfCancellationRequested();
            throw new InvalidOperationException("the token was not passed on");
        };

        var result = await _app.RunAsync([], interrupt.Token);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((130, "Interrupted.\n")));
    }

    [Test]
    public async Task Something_unexpected_is_called_a_defect_and_shown_whole()
    {
        _app.Pipeline.Answer = (_, _, _) => throw new InvalidOperationException("boom \u001b[31m");

        var result = await _app.RunAsync();

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Error, Does.StartWith("Error: Something unexpected happened: boom \\u001B[31m This is a defect; please report it with the lines below.\nSystem.InvalidOperationException: boom"));
    }

    [Test]
    [Platform("Linux", Reason = "/dev/full is how Linux plays a full disk")]
    public async Task A_disk_that_is_full_at_the_end_does_not_hide_the_results()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_app.WorkingFolder, "results")).FullName;
        File.CreateSymbolicLink(Path.Combine(folder, "results.json.part"), "/dev/full");

        var result = await _app.RunAsync("--output", "results");

        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Error, Does.Match("^Error: The report could not be written to '.*results.json': No space left on device.* Free space or choose another folder with --output.\n$"));
        Assert.That(result.Output, Does.Contain("CORE-1"));
    }

    [Test]
    public async Task In_a_log_progress_is_lines_with_a_time()
    {
        _app.Pipeline.Answer = (_, progress, _) =>
        {
            progress.Report(new ProgressEvent(ProgressKind.PhaseStarted, "cluster", "start K3s"));
            progress.Note("cluster", "node is ready\nand well \u001b[31m");
            progress.Report(new ProgressEvent(ProgressKind.PhaseFinished, "cluster", "start K3s", TimeSpan.FromSeconds(31.26)));
            progress.ReportNotice("release", "a stand-in is tested");
            return Task.FromResult(new RunOutcome(SampleReports.Of(Outcome.Passed), null, null, ["kept: ./run.sh clean removes it"]));
        };

        var result = await _app.RunAsync();

        Assert.That(result.Output, Does.Contain("""
            12:00:00Z cluster     start K3s …
            12:00:00Z cluster     node is ready and well \u001B[31m
            12:00:00Z cluster     start K3s: 31.3 s
            12:00:00Z release     NOTICE: a stand-in is tested

            """));
        Assert.That(result.Output, Does.Contain("\nkept: ./run.sh clean removes it\n"));
    }
}
