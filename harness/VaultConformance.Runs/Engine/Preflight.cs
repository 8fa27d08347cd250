using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Products;
using VaultConformance.OfflineKit.Building;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Engine;

/// <summary>Renders chart and values before anything is built that takes long.</summary>
internal static class Preflight
{
    /// <summary>Refuses what does not render, makes no server, or does not work on the node that would be started.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="helmPath">Helm program.</param>
    /// <param name="chart">The chart, as for <c>--chart</c>.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    /// <exception cref="Harness.HarnessException">It is refused.</exception>
    public static async Task CheckAsync(RunPlan plan, string helmPath, string chart, CancellationToken cancellationToken)
    {
        var reference = ChartReference.Parse(chart);
        if (reference.Kind is not (ChartSource.Directory or ChartSource.Archive))
        {
            return;
        }

        using var work = new WorkFolder($"{plan.RunId}-preflight");
        var helm = await HelmClient.OpenAsync(helmPath, Path.Combine(work.Path, "helm"), cancellationToken);
        var options = new DeploymentOptions
        {
            RunId = plan.RunId,
            ReleaseName = plan.Release.Name,
            Namespace = plan.Release.Namespace ?? ServerProduct.Default.DefaultRelease,
            Chart = await new ChartLoader(helm, work.Path).LoadAsync(reference, plan.Release.ChartVersion, cancellationToken),
            ValuesFiles = plan.Release.ValuesFiles,
            WorkFolder = work.Path,
            EvidenceFolder = plan.EvidenceFolder,
        };
        var isOwn = plan.Cluster is ClusterPlan.Managed { K3sImage: null };
        await new ReleasePreview(helm, options).CheckAsync(
            isOwn ? KitBuilder.KubernetesVersion : null, "the node that is built locally (offline mode)", cancellationToken);
    }
}
