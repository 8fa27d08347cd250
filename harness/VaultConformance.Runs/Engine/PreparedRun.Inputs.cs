using VaultConformance.Harness.Products;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Progress;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Engine;

/// <summary>What a run starts from: the chart, the options, the cluster.</summary>
internal sealed partial class PreparedRun
{
    private async Task<Chart> LoadChartAsync(HelmClient helm, CancellationToken cancellationToken)
    {
        var reference = ChartReference.Parse(machine.Chart);
        var version = plan.Release.ChartVersion ?? (machine.Chart == PinnedInputs.Chart ? PinnedInputs.ChartVersion : null);
        return await new ChartLoader(helm, work.Path).LoadAsync(reference, version, cancellationToken);
    }

    private DeploymentOptions CreateOptions(Chart chart) => new()
    {
        RunId = plan.RunId,
        ReleaseName = plan.Release.Name,
        Namespace = plan.Release.Namespace
            ?? (plan.Cluster is ClusterPlan.Existing ? $"vault-conformance-{plan.RunId}" : ServerProduct.Default.DefaultRelease),
        Chart = chart,
        ValuesFiles = plan.Release.ValuesFiles,
        VaultImage = machine.VaultImage,
        Patches = plan.Release.Patches,
        Prepare = plan.Release.Prepare,
        StorageClasses = (plan.Cluster as ClusterPlan.Managed)?.StorageClasses ?? [],
        UnsealKeysSecret = plan.Release.UnsealKeysSecret,
        Setup = plan.Release.Setup,
        CertificateRecipe = plan.Release.CertificatesRecipe,
        ClientCertificate = plan.Release.ClientCertificate,
        StandIn = machine.StandIn,
        DisruptionForbidden = plan.Controls.Disruptive ? null : "disruptive observations are switched off for this run (--no-disruptive)",
        SecondNamespaceForbidden = plan.Cluster is ClusterPlan.Existing { AllowsSecondNamespace: false }
            ? "On an existing cluster a run creates one namespace only. With --allow-second-namespace it creates and removes a second one."
            : null,
        ClusterIsThrownAway = plan.Cluster is ClusterPlan.Managed,
        StepLimit = plan.Limits.Step,
        WorkFolder = work.Path,
        EvidenceFolder = plan.EvidenceFolder,
    };

    // Values and chart that do not render, or make no server, are the user's to correct; no cluster is needed to find out.
    private async Task PreviewAsync(HelmClient helm, DeploymentOptions options, CancellationToken cancellationToken)
    {
        await new ReleasePreview(helm, options).CheckAsync(machine.Node?.KubernetesVersion, DescribeWhere(), cancellationToken);
        foreach (var unknown in await ValuesNotices.ListLateAsync(plan, options.Chart, cancellationToken))
        {
            log.ReportNotice("values", unknown);
        }
    }

    private string DescribeWhere() => machine.Node is { } node ? $"K3s node '{node.Image}'" : "with the existing cluster";

    private async Task<IKubernetesCluster> OpenClusterAsync(CancellationToken cancellationToken)
    {
        if (plan.Cluster is ClusterPlan.Existing existing)
        {
            return await ExistingCluster.OpenAsync(existing.Kubeconfig, existing.Context, work.Path, cancellationToken);
        }

        var managed = (ClusterPlan.Managed)plan.Cluster;
        var node = machine.Node!;
        NodeContainers.Prepare(node.Reaper && !plan.Keep);
        var options = new K3sClusterOptions(
            node.Image, node.Kind, plan.RunId, node.ImageArchives, managed.Ulimits, plan.Limits.Node, work.Path) { Keep = plan.Keep };
        return await K3sCluster.StartAsync(options, log, services.Time, cancellationToken);
    }
}
