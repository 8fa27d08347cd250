using VaultConformance.Cli.Tests.Support;
using VaultConformance.Controls.Suite;
using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Progress;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Hosting;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests.Hosting;

/// <summary>A test runner judges what a run installed: the run waits for it, and goes on to report and removal afterwards.</summary>
public sealed class HostedRunTests
{
    private DeferredJudge _judge = null!;
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp()
    {
        _app = new TestApp();
        _judge = new DeferredJudge(new SuiteJudge().Controls, BuiltInProfiles.All);
    }

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task The_run_goes_on_with_the_results_of_the_test_runner()
    {
        var pipeline = new Judging(_judge);
        await using var run = await StartAsync(pipeline);
        Assert.That((run.Request.Options.ControlTimeLimit, pipeline.Results), Is.EqualTo((TimeSpan.FromSeconds(7), (SuiteOutcome?)null)));
        var results = new SuiteOutcome([], [], null);

        var outcome = await run.FinishAsync(results);

        Assert.That((pipeline.Results, outcome.Failure), Is.EqualTo((results, (HarnessException?)null)));
    }

    [Test]
    public async Task What_kept_the_run_from_finishing_is_told_at_the_end()
    {
        await using var run = await StartAsync(new Judging(_judge) { Failure = new HarnessException(FailureKind.Environment, "The pod never ran.") });

        await Assert.ThatAsync(() => run.FinishAsync(new SuiteOutcome([], [], null)), Throws.TypeOf<HarnessException>().With.Message.EqualTo("The pod never ran."));
    }

    [Test]
    public async Task A_run_that_ends_before_there_is_a_release_says_why() => await Assert.ThatAsync(
        () => StartAsync(new Ending(new HarnessException(FailureKind.Environment, "No engine answers."))),
        Throws.TypeOf<HarnessException>().With.Message.EqualTo("No engine answers."));

    [Test]
    public async Task A_run_that_nobody_finishes_is_cancelled_and_removes_what_it_created()
    {
        var pipeline = new Judging(_judge);

        await (await StartAsync(pipeline)).DisposeAsync();

        Assert.That(pipeline.Removed, Is.True);
    }

    [TestCase("--only")]
    [TestCase("--skip")]
    public async Task Controls_are_chosen_by_the_filter_of_the_test_runner(string option) => await Assert.ThatAsync(
        () => StartAsync(new Judging(_judge), option, "CORE-1"),
        Throws.TypeOf<HarnessException>().With.Message.EqualTo(
            "Under a test runner its filter chooses the controls, so that VAULT_CONFORMANCE_ONLY and VAULT_CONFORMANCE_SKIP have no effect. Unset them, and use for example --filter \"TestCategory=CORE\"."));

    private async Task<HostedRun> StartAsync(IRunPipeline pipeline, params string[] arguments)
    {
        await _app.RunAsync(arguments);
        return await HostedRun.StartAsync(_app.Pipeline.Plan!, _judge, pipeline, new Silence(), _ => Task.CompletedTask);
    }

    // Does what the real one does with its judge: hands over, waits, removes.
    private sealed class Judging(IJudge judge) : IRunPipeline
    {
        public HarnessException? Failure { get; init; }

        public SuiteOutcome? Results { get; private set; }

        public bool Removed { get; private set; }

        public async Task<RunOutcome> ExecuteAsync(RunPlan plan, IRunProgress progress, Func<RunOutcome, Task> deliver, CancellationToken cancellationToken)
        {
            var target = new Target(new RecordedObservationSource(new EvidenceStore(plan.EvidenceFolder), TimeProvider.System));
            Results = await judge.JudgeAsync(
                target, plan.Controls.Profile, new SuiteOptions { ControlTimeLimit = TimeSpan.FromSeconds(7) }, progress: null, cancellationToken);
            Removed = true;
            return new RunOutcome(SampleReports.Of(), null, Failure, []);
        }
    }

    private sealed class Ending(HarnessException failure) : IRunPipeline
    {
        public Task<RunOutcome> ExecuteAsync(RunPlan plan, IRunProgress progress, Func<RunOutcome, Task> deliver, CancellationToken cancellationToken) => throw failure;
    }

    private sealed class Silence : IRunProgress
    {
        public void Report(ProgressEvent progressEvent)
        {
        }
    }
}
