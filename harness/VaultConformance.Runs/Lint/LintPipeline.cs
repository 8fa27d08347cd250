using VaultConformance.Harness.Declared;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Lint;

/// <summary>Judges what chart and values declare. Nothing is started, installed or observed.</summary>
/// <param name="repository">Has the chart that stands in for the official one.</param>
/// <param name="variables">The environment.</param>
/// <param name="time">Clock.</param>
/// <param name="judge">Judges the release.</param>
internal sealed class LintPipeline(
    RepositoryFolder repository, IReadOnlyDictionary<string, string> variables, TimeProvider time, IJudge judge)
{
    /// <summary>Judges it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Told what happens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="Harness.HarnessException">Chart or values do not render, or make no server.</exception>
    public async Task<ConformanceReport> ExecuteAsync(RunPlan plan, IRunProgress progress, CancellationToken cancellationToken)
    {
        var log = new PhaseLog(progress, time.GetUtcNow());
        using var work = new WorkFolder(plan.RunId);
        var (helm, chart) = await log.RunPhaseAsync(
            "inputs", "finding Helm and the chart", time, () => PrepareAsync(plan, log, work, cancellationToken));
        var values = await ValuesRecorder.ReadAsync(plan, chart.Chart, cancellationToken);
        foreach (var notice in await ValuesNotices.ListLateAsync(plan, chart.Chart, cancellationToken))
        {
            log.ReportNotice("values", notice);
        }

        var rendering = new DeclaredRendering(helm, CreateOptions(plan, chart, work), time)
        {
            KubernetesVersion = plan.KubernetesVersion,
            FindsEffects = plan.Controls.Catalogue.Any(control => IsJudged(plan.Controls, control)),
            IsCompletedByAdmission = plan.Controls.Profile.Parameters.UidRangeFromNamespace,
        };
        var declared = await log.RunPhaseAsync("render", "rendering the chart", time, () => rendering.RenderAsync(cancellationToken));
        try
        {
            var suite = await log.RunPhaseAsync("controls", "judging what is declared", time, () => judge.JudgeAsync(
                declared.Target, plan.Controls.Profile, CreateOptions(plan), progress: null, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
            return await new LintReport(plan, chart, log, time, values).BuildAsync(suite, declared.Target, cancellationToken);
        }
        finally
        {
            // Its outcome belongs to who asked for it; here it only has to have ended before its folder goes.
            await declared.Values.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    // A control that asks for an observation names it in its evidence.
    private static bool IsJudged(ControlsPlan controls, ControlDescriptor control) =>
        control.Evidence.Any(member => member.StartsWith($"{ObservationKinds.Values.Name}:", StringComparison.Ordinal))
        && (controls.Only.Count == 0 || controls.Only.Contains(control.Id)) && !controls.Skip.Contains(control.Id);

    private async Task<(HelmClient Helm, LintChart Chart)> PrepareAsync(
        RunPlan plan, PhaseLog log, WorkFolder work, CancellationToken cancellationToken)
    {
        var inputs = new LintInputs(repository, variables, log, time);
        var program = await inputs.FindHelmAsync(plan, cancellationToken);
        var helm = await HelmClient.OpenAsync(program, Path.Combine(work.Path, "helm"), cancellationToken);
        return (helm, await inputs.LoadChartAsync(plan, helm, work.Path, cancellationToken));
    }

    private static DeploymentOptions CreateOptions(RunPlan plan, LintChart chart, WorkFolder work) => new()
    {
        RunId = plan.RunId,
        ReleaseName = plan.Release.Name,
        Namespace = plan.Release.Namespace ?? ServerProduct.Default.DefaultRelease,
        Chart = chart.Chart,
        ValuesFiles = plan.Release.ValuesFiles,
        Patches = plan.Release.Patches,
        StandIn = chart.StandInReason is not null,
        WorkFolder = work.Path,
        EvidenceFolder = plan.EvidenceFolder,
    };

    private static SuiteOptions CreateOptions(RunPlan plan) => new()
    {
        Only = plan.Controls.Only,
        Skip = plan.Controls.Skip,
        ControlTimeLimit = plan.Limits.Control,
        OnlyDeclared = true,
    };
}
