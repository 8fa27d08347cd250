using System.Runtime.InteropServices;
using VaultConformance.Harness;
using VaultConformance.Harness.Progress;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Hosting;

/// <summary>
/// A run within a test runner: it brings up cluster and release, hands them over, and after the tests writes the report and removes
/// everything.
/// </summary>
internal sealed class HostedRun : IAsyncDisposable
{
    private readonly DeferredJudge _judge;
    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<PosixSignalRegistration> _signals;
    private readonly Task<RunOutcome> _run;

    private HostedRun(RunPlan plan, IRunPipeline pipeline, DeferredJudge judge, IRunProgress progress, Func<RunOutcome, Task> deliver)
    {
        _judge = judge;
        _signals =
            [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Interrupt))];
        _run = Task.Run(() => pipeline.ExecuteAsync(plan, progress, deliver, _stop.Token));
    }

    /// <summary>What is to be judged.</summary>
    public JudgingRequest Request { get; private set; } = null!;

    /// <summary>Starts a run and waits until there is a release to judge.</summary>
    /// <param name="plan">The plan. Which controls run is the test runner's choice, so that it must not leave any out.</param>
    /// <param name="judge">Hands the release over.</param>
    /// <param name="pipeline">Carries out the plan; it was given <paramref name="judge"/>.</param>
    /// <param name="progress">Told what happens.</param>
    /// <param name="deliver">Writes down the outcome of the run, before anything is removed.</param>
    /// <exception cref="HarnessException">There is nothing to judge. Whatever was created is removed.</exception>
    public static async Task<HostedRun> StartAsync(
        RunPlan plan, DeferredJudge judge, IRunPipeline pipeline, IRunProgress progress, Func<RunOutcome, Task> deliver)
    {
        if (plan.Controls.Only.Count + plan.Controls.Skip.Count > 0)
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"Under a test runner its filter chooses the controls, so that {Settings.Only.Variable} and {Settings.Skip.Variable} have "
                    + "no effect. Unset them, and use for example --filter \"TestCategory=CORE\".");
        }

        var hosted = new HostedRun(plan, pipeline, judge, progress, deliver);
        try
        {
            hosted.Request = await hosted.ReadRequestAsync();
            return hosted;
        }
        catch
        {
            await hosted.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the results back, and waits until the report is written and everything is removed.</summary>
    /// <param name="outcome">One result for every control of the profile.</param>
    /// <exception cref="HarnessException">Something kept the run from finishing.</exception>
    public async Task<RunOutcome> FinishAsync(SuiteOutcome outcome)
    {
        _judge.Complete(outcome);
        var finished = await _run;
        return finished.Failure is { } failure ? throw failure : finished;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _judge.Complete(new SuiteOutcome([], [], null));
        await _run.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _stop.Dispose();
    }

    private async Task<JudgingRequest> ReadRequestAsync()
    {
        if (await Task.WhenAny(_judge.Requested, _run) == _judge.Requested)
        {
            return await _judge.Requested;
        }

        throw (await _run).Failure ?? new HarnessException(
            FailureKind.Environment,
            "The run ended before there was a release to judge. Run again with the command 'run', which says more.");
    }

    // The runner sees the signal, too, and ends the tests; what the run created is removed all the same.
    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop.Cancel();
    }
}
