using VaultConformance.Harness;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Waivers;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Engine;

/// <summary>A run on a prepared machine.</summary>
/// <param name="plan">The plan.</param>
/// <param name="machine">What is there.</param>
/// <param name="work">Private folder.</param>
/// <param name="keptFolder">Where kept runs are written down.</param>
/// <param name="services">Clock and Vault clients.</param>
/// <param name="judge">Judges the release.</param>
/// <param name="log">Told what happens.</param>
internal sealed partial class PreparedRun(
    RunPlan plan, PreparedMachine machine, WorkFolder work, string keptFolder, HarnessServices services, IJudge judge, PhaseLog log)
{
    private RecordedValues? _values;

    /// <summary>Runs it. What was created is removed before this returns or throws, unless the plan keeps it.</summary>
    /// <param name="limit">
    /// Ends the run. When the time is over after something was installed, what can be said of it is still reported.
    /// </param>
    /// <param name="deliver">Writes down its outcome, before anything is removed.</param>
    public async Task<RunOutcome> ExecuteAsync(RunTimeLimit limit, Func<RunOutcome, Task> deliver)
    {
        var cancellationToken = limit.Token;
        var helm = await HelmClient.OpenAsync(machine.Helm, Path.Combine(work.Path, "helm"), cancellationToken);
        var chart = await LoadChartAsync(helm, cancellationToken);
        var options = CreateOptions(chart);
        _values = await ValuesRecorder.ReadAsync(plan, chart, cancellationToken);
        await PreviewAsync(helm, options, cancellationToken);
        var cluster =
            await log.RunPhaseAsync("cluster", $"starting {DescribeWhere()}", services.Time, () => OpenClusterAsync(cancellationToken));
        var deployment = new VaultDeployment(cluster, helm, options, services);
        var kept = KeptRun.None;
        try
        {
            var outcome = await RunWithinAsync(limit, deployment);
            await deliver(outcome);
            kept = plan.Keep ? await LeaveAsync(cluster, deployment, outcome, limit.Interrupted) : KeptRun.None;
            return outcome with { Kept = kept.Words };
        }
        finally
        {
            if (!kept.IsLeft)
            {
                await new RunRemoval(log, services.Time).RemoveAsync(deployment, cluster);
            }
        }
    }

    private async Task<RunOutcome> RunWithinAsync(RunTimeLimit limit, VaultDeployment deployment)
    {
        try
        {
            return await RunToOutcomeAsync(deployment, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            return await ReportAsync(deployment, null, null, limit.CreateFailure(), limit.Interrupted);
        }
    }

    // Everything is judged and written down by now: that it cannot be kept is no reason to lose it.
    private async Task<KeptRun> LeaveAsync(
        IKubernetesCluster cluster, VaultDeployment deployment, RunOutcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            return await KeptRun.LeaveAsync(plan, cluster, deployment, keptFolder, cancellationToken);
        }
        catch (HarnessException exception)
        {
            log.ReportNotice("removal", $"Nothing is kept, and what the run created is removed: {(outcome.Failure ?? exception).Message}");
            return KeptRun.None;
        }
    }

    private async Task<RunOutcome> RunToOutcomeAsync(VaultDeployment deployment, CancellationToken cancellationToken)
    {
        var failure = await StartAsync(deployment, cancellationToken);
        var (suite, target) = await JudgeAsync(deployment, failure, cancellationToken);
        return await ReportAsync(deployment, suite, target, failure, cancellationToken);
    }

    // Diagnostics are collected before anything is removed.
    private async Task<RunOutcome> ReportAsync(
        VaultDeployment deployment, SuiteOutcome? suite, Target? target, HarnessException? failure, CancellationToken cancellationToken)
    {
        var report = await new ReportBuilder(plan, machine, log, services.Time, _values)
            .BuildAsync(suite, target, failure, cancellationToken);
        if (failure is not null || report.Verdict != Reporting.Model.Verdict.Conformant)
        {
            await deployment.WriteDiagnosticsAsync(
                Path.Combine(plan.OutputFolder, PreviousRun.DiagnosticsFolderName), failure, cancellationToken);
        }

        return new RunOutcome(report, suite?.NUnitXml, failure, Kept: []) { Manifest = deployment.FindRenderedManifest() };
    }

    private static async Task<HarnessException?> StartAsync(VaultDeployment deployment, CancellationToken cancellationToken)
    {
        try
        {
            await deployment.StartAsync(cancellationToken);
            return null;
        }
        catch (HarnessException exception)
        {
            return exception;
        }
    }

    private async Task<(SuiteOutcome? Suite, Target? Target)> JudgeAsync(
        VaultDeployment deployment, HarnessException? failure, CancellationToken cancellationToken)
    {
        var target = deployment.OpenTarget(failure?.Message);
        if (target is null)
        {
            return (null, null);
        }

        if (failure is null && plan.Controls.Only.Count == 0)
        {
            await log.RunPhaseAsync("observe", "observing all pods at once", services.Time, async () =>
            {
                await deployment.ObserveAsync(cancellationToken);
                return 0;
            });
        }

        var options = new SuiteOptions
        {
            Only = plan.Controls.Only,
            Skip = plan.Controls.Skip,
            ControlTimeLimit = plan.Limits.Control,
            Accept = await WaiverJudge.CreateAcceptorAsync(
                WaiverFile.Join(plan.Controls.Waivers), plan.Controls.Profile, target, log.StartedAt, cancellationToken),
        };
        var suite = await log.RunPhaseAsync("controls", "judging the release", services.Time, async () =>
        {
            var outcome = await judge.JudgeAsync(target, plan.Controls.Profile, options, new ResultProgress(log), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return outcome;
        });
        return (suite, target);
    }
}
