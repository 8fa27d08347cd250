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

    [TestCase(Outcome.Passed, 0, "Conformant. All required controls pass.", "keep evidence.vcb: ")]
    [TestCase(Outcome.Failed, 1, "NonConformant. Required controls failed: CORE-1.", "make the changes under 'Fix' above, ")]
    [TestCase(Outcome.Inconclusive, 2, "Incomplete. Could not determine required controls: CORE-1.", "see 'How to find out' above, ")]
    public async Task The_last_lines_are_the_verdict_the_report_and_what_to_do_next(Outcome outcome, int exitCode, string line, string next)
    {
        _app.Pipeline.Answer = (_, _, _) => Task.FromResult(new RunOutcome(SampleReports.Of(outcome), null, null, []));

        var result = await _app.RunAsync();

        var last = result.Output.TrimEnd('\n').Split('\n')[^3..];
        Assert.That(last[0], Is.EqualTo(line));
        Assert.That(last[1], Does.StartWith($"Report: {Path.Combine(_app.WorkingFolder, "out")}").And.EndsWith("report.html"));
        Assert.That(last[2], Does.StartWith($"Next:   {next}"));
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

    [Test]
    public async Task A_run_says_whose_results_it_removes()
    {
        await _app.RunAsync("--output", "results");
        _app.WriteWork("results/evidence/run.json", """{"runId": "20260228-120000-aaaa"}""");

        var result = await _app.RunAsync("--output", "results");

        Assert.That(result.Output, Does.Contain(
            $"\nremoved        the results of run 20260228-120000-aaaa in {Path.Combine(_app.WorkingFolder, "results")}\n"));
    }

    [Test]
    public async Task A_run_that_is_interrupted_while_it_writes_leaves_no_finished_results()
    {
        using var interrupt = new CancellationTokenSource();
        _app.Pipeline.Answer = async (_, _, _) =>
        {
            await interrupt.CancelAsync();
            return new RunOutcome(SampleReports.Of(Outcome.Passed), null, null, []);
        };

        var result = await _app.RunAsync(["--output", "results"], interrupt.Token);

        Assert.That(result.ExitCode, Is.EqualTo(130));
        Assert.That(Directory.Exists(Path.Combine(_app.WorkingFolder, "results")) ? Directory.GetFiles(Path.Combine(_app.WorkingFolder, "results")) : [], Is.Empty);
    }

    [TestCase("removal", "Interrupted; not everything that was created was removed. 'clean' removes what is left.")]
    [TestCase("cluster", "Interrupted; everything that was created was removed.")]
    public async Task An_interrupted_run_says_whether_something_is_left(string phase, string words)
    {
        using var interrupt = new CancellationTokenSource();
        _app.Pipeline.Answer = async (_, progress, token) =>
        {
            await interrupt.CancelAsync();
            progress.ReportNotice(phase, "Something went wrong.");
            throw new OperationCanceledException(token);
        };

        Assert.That((await _app.RunAsync([], interrupt.Token)).Error, Is.EqualTo($"{words}\n"));
    }

    [Test]
    public async Task A_quiet_run_shows_what_needs_attention_and_the_verdict_only()
    {
        _app.Pipeline.Answer = (_, progress, _) =>
        {
            progress.Note("cluster", "starting");
            return Task.FromResult(new RunOutcome(SampleReports.Of(Outcome.Failed), null, null, []));
        };

        var lines = (await _app.RunAsync("--quiet")).Output.TrimEnd('\n').Split('\n');

        Assert.That(lines.Count(line => line.Contains("CORE-1", StringComparison.Ordinal)), Is.EqualTo(2), "its line and the verdict");
        Assert.That(lines, Has.None.Contains("starting").And.None.Contains("Fix:"));
    }

    [Test]
    public async Task An_expired_waiver_is_a_notice_before_anything_starts()
    {
        _app.WriteWork("waivers.yaml", """
            waivers:
            - id: old
              control: CORE-1
              scope: {chart: ">=0.30.0 <0.36.0"}
              reason: for tests
              owner: team
              approvedBy: security
              expires: 2026-02-28
            """);
        _app.Pipeline.Answer = (_, _, _) => throw new HarnessException(FailureKind.Environment, "No engine answers.");

        var result = await _app.RunAsync("--waivers", "waivers.yaml");

        Assert.That(result.Output, Does.Contain("NOTICE: Waiver old for CORE-1 expired on 2026-02-28 and no longer counts. Fix the control, or have the waiver approved again.\n"), result.Error);
    }

    [TestCase("", 0, null)]
    [TestCase("--fail-on-stand-in", 2, "A stand-in was tested instead of Vault, and --fail-on-stand-in is set: nothing is proved. Exit code 2.")]
    public async Task A_stand_in_is_named_beside_the_verdict_and_can_end_the_run(string option, int exitCode, string? words)
    {
        _app.Pipeline.Answer = (_, _, _) => Task.FromResult(new RunOutcome(SampleReports.Of(Outcome.Passed) with { StandIn = true }, null, null, []));

        var result = await _app.RunAsync([.. option.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
        Assert.That(result.Output, Does.Contain("\nConformant \u2014 stand-in: certifies nothing. All required").And.Contain("\nNext:   test Vault itself: "));
        Assert.That(result.Output, words is null ? Does.Not.Contain("Exit code") : Does.Contain($"\n{words}\n"));
    }

    [TestCase(Requirement.Should, Outcome.Failed, "must", 0)]
    [TestCase(Requirement.Should, Outcome.Failed, "should", 1)]
    [TestCase(Requirement.Should, Outcome.Inconclusive, "should", 2)]
    [TestCase(Requirement.Should, Outcome.Waived, "should", 0)]
    [TestCase(Requirement.Must, Outcome.Failed, "should", 1)]
    [TestCase(Requirement.Must, Outcome.Inconclusive, "must", 2)]
    public async Task What_counts_as_a_failure_can_be_chosen(Requirement level, Outcome outcome, string failOn, int exitCode)
    {
        var report = SampleReports.Of(SampleReports.Result("CORE-1", outcome, level));
        _app.Pipeline.Answer = (_, _, _) => Task.FromResult(new RunOutcome(report, null, null, []));
        _app.Variables["VAULT_CONFORMANCE_FAIL_ON"] = failOn;

        Assert.That((await _app.RunAsync()).ExitCode, Is.EqualTo(exitCode));
    }

    [TestCase(Outcome.Failed, Outcome.Failed, 0, "Nothing is worse than in run ")]
    [TestCase(Outcome.Passed, Outcome.Failed, 1, "Worse than in run ")]
    [TestCase(Outcome.Inconclusive, Outcome.Failed, 1, "Worse than in run ")]
    [TestCase(Outcome.Passed, Outcome.Inconclusive, 1, "Worse than in run ")]
    [TestCase(Outcome.Failed, Outcome.Passed, 0, "Nothing is worse than in run ")]
    public async Task A_run_can_be_held_against_an_earlier_one(Outcome was, Outcome now, int exitCode, string words)
    {
        _app.Pipeline.Answer = (_, _, _) => Task.FromResult(new RunOutcome(SampleReports.Of(was), null, null, []));
        await _app.RunAsync("--output", "was");
        _app.Pipeline.Answer = (_, _, _) => Task.FromResult(new RunOutcome(SampleReports.Of(now), null, null, []));

        var result = await _app.RunAsync("--output", "now", "--fail-on", "regression", "--baseline", "was");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((exitCode, string.Empty)));
        Assert.That(result.Output, Does.Contain($"\n{words}"));
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

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((130, "Interrupted; everything that was created was removed.\n")));
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
        Assert.That(result.Output, Does.EndWith("\nConformant. All required controls pass.\n"));
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
