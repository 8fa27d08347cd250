using VaultConformance.Harness.Products;
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
internal sealed class PreparedRun(RunPlan plan, PreparedMachine machine, WorkFolder work, string keptFolder, HarnessServices services, IJudge judge, PhaseLog log)
{
    /// <summary>Runs it. What was created is removed before this returns or throws, unless the plan keeps it.</summary>
    /// <param name="limit">Ends the run. When the time is over after something was installed, what can be said of it is still reported.</param>
    /// <param name="deliver">Writes down what came of it, before anything is removed.</param>
    public async Task<RunOutcome> ExecuteAsync(RunTimeLimit limit, Func<RunOutcome, Task> deliver)
    {
        var cancellationToken = limit.Token;
        var helm = await HelmClient.OpenAsync(machine.Helm, Path.Combine(work.Path, "helm"), cancellationToken);
        var chart = await ChartAsync(helm, cancellationToken);
        var options = Options(chart);
        await PreviewAsync(helm, options, cancellationToken);
        var cluster = await log.PhaseAsync("cluster", $"starting {Where()}", services.Time, () => OpenClusterAsync(cancellationToken));
        var deployment = new VaultDeployment(cluster, helm, options, services);
        var kept = KeptRun.None;
        try
        {
            var outcome = await WithinAsync(limit, deployment);
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

    private async Task<RunOutcome> WithinAsync(RunTimeLimit limit, VaultDeployment deployment)
    {
        try
        {
            return await OutcomeAsync(deployment, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsOver)
        {
            return await ReportedAsync(deployment, null, null, limit.Failure(), limit.Interrupted);
        }
    }

    // Everything is judged and written down by now: that it cannot be kept is no reason to lose it.
    private async Task<KeptRun> LeaveAsync(IKubernetesCluster cluster, VaultDeployment deployment, RunOutcome outcome, CancellationToken cancellationToken)
    {
        try
        {
            return await KeptRun.LeaveAsync(plan, cluster, deployment, keptFolder, cancellationToken);
        }
        catch (HarnessException exception)
        {
            log.Notice("removal", $"Nothing is kept, and what the run created is removed: {(outcome.Failure ?? exception).Message}");
            return KeptRun.None;
        }
    }

    private async Task<RunOutcome> OutcomeAsync(VaultDeployment deployment, CancellationToken cancellationToken)
    {
        var failure = await StartAsync(deployment, cancellationToken);
        var (suite, target) = await JudgeAsync(deployment, failure, cancellationToken);
        return await ReportedAsync(deployment, suite, target, failure, cancellationToken);
    }

    // Diagnostics are collected before anything is removed.
    private async Task<RunOutcome> ReportedAsync(
        VaultDeployment deployment, SuiteOutcome? suite, Target? target, HarnessException? failure, CancellationToken cancellationToken)
    {
        var report = await new ReportBuilder(plan, machine, log, services.Time).BuildAsync(suite, target, failure, cancellationToken);
        if (failure is not null || report.Verdict != Reporting.Model.Verdict.Conformant)
        {
            await deployment.WriteDiagnosticsAsync(Path.Combine(plan.OutputFolder, PreviousRun.DiagnosticsFolderName), failure, cancellationToken);
        }

        return new RunOutcome(report, suite?.NUnitXml, failure, Kept: []) { Manifest = deployment.RenderedManifest() };
    }

    private async Task<Chart> ChartAsync(HelmClient helm, CancellationToken cancellationToken)
    {
        var reference = ChartReference.Parse(machine.Chart);
        var version = plan.Release.ChartVersion ?? (machine.Chart == PinnedInputs.Chart ? PinnedInputs.ChartVersion : null);
        return await new ChartLoader(helm, work.Path).LoadAsync(reference, version, cancellationToken);
    }

    private DeploymentOptions Options(Chart chart) => new()
    {
        RunId = plan.RunId,
        ReleaseName = plan.Release.Name,
        Namespace = plan.Release.Namespace ?? (plan.Cluster is ClusterPlan.Existing ? $"vault-conformance-{plan.RunId}" : ServerProduct.Default.DefaultRelease),
        Chart = chart,
        ValuesFiles = plan.Release.ValuesFiles,
        VaultImage = machine.VaultImage,
        Patches = plan.Release.Patches,
        Prepare = plan.Release.Prepare,
        UnsealKeysSecret = plan.Release.UnsealKeysSecret,
        CertificateRecipe = plan.Release.CertificatesRecipe,
        ClientCertificate = plan.Release.ClientCertificate,
        StandIn = machine.StandIn,
        DisruptionForbidden = plan.Controls.Disruptive ? null : "disruptive observations are switched off for this run (--no-disruptive)",
        ClusterIsThrownAway = plan.Cluster is ClusterPlan.Managed,
        StepLimit = plan.Limits.Step,
        WorkFolder = work.Path,
        EvidenceFolder = plan.EvidenceFolder,
    };

    // Values and chart that do not render, or make no server, are the user's to correct; no cluster is needed to find out.
    private async Task PreviewAsync(HelmClient helm, DeploymentOptions options, CancellationToken cancellationToken)
    {
        await new ReleasePreview(helm, options).CheckAsync(machine.Node?.KubernetesVersion, Where(), cancellationToken);
        foreach (var unknown in await IneffectiveValues.OfAsync(plan, options.Chart, cancellationToken))
        {
            log.Notice("values", unknown);
        }
    }

    private string Where() => machine.Node is { } node ? $"K3s node '{node.Image}'" : "with the existing cluster";

    private async Task<IKubernetesCluster> OpenClusterAsync(CancellationToken cancellationToken)
    {
        if (plan.Cluster is ClusterPlan.Existing existing)
        {
            return await ExistingCluster.OpenAsync(existing.Kubeconfig, existing.Context, work.Path, cancellationToken);
        }

        var managed = (ClusterPlan.Managed)plan.Cluster;
        var node = machine.Node!;
        NodeContainers.Prepare(node.Reaper && !plan.Keep);
        var options = new K3sClusterOptions(node.Image, node.Kind, plan.RunId, node.ImageArchives, managed.Ulimits, plan.Limits.Node, work.Path) { Keep = plan.Keep };
        return await K3sCluster.StartAsync(options, log, services.Time, cancellationToken);
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

    private async Task<(SuiteOutcome? Suite, Target? Target)> JudgeAsync(VaultDeployment deployment, HarnessException? failure, CancellationToken cancellationToken)
    {
        var target = deployment.OpenTarget(failure?.Message);
        if (target is null)
        {
            return (null, null);
        }

        if (failure is null && plan.Controls.Only.Count == 0)
        {
            await log.PhaseAsync("observe", "looking at all pods at once", services.Time, async () =>
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
            Accept = await WaiverJudge.AcceptorAsync(
                WaiverFile.Join(plan.Controls.Waivers), plan.Controls.Profile, target, log.StartedAt, cancellationToken),
        };
        var suite = await log.PhaseAsync("controls", "judging the release", services.Time, async () =>
        {
            var outcome = await judge.JudgeAsync(target, plan.Controls.Profile, options, new ResultProgress(log), cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return outcome;
        });
        return (suite, target);
    }
}
