using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Deployment;
using VaultConformance.OfflineKit;
using VaultConformance.Runs.Clean;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Engine;

/// <summary>What <c>--keep</c> leaves running, and how to reach and remove it.</summary>
/// <param name="IsLeft">True when something was left.</param>
/// <param name="Words">Lines for the user.</param>
internal sealed record KeptRun(bool IsLeft, IReadOnlyList<string> Words)
{
    /// <summary>Nothing was left.</summary>
    public static KeptRun None { get; } = new(false, []);

    /// <summary>Folder of what was kept by all runs; private to this user.</summary>
    /// <param name="variables">The environment.</param>
    public static string GetFolder(IReadOnlyDictionary<string, string> variables) =>
        Path.Combine(KitPaths.FromEnvironment(variables.GetValueOrDefault).Root, "kept");

    /// <summary>Leaves cluster and release running, and writes down what is needed to observe them again.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="deployment">The release.</param>
    /// <param name="folder">Folder of what was kept by all runs.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task<KeptRun> LeaveAsync(
        RunPlan plan, IKubernetesCluster cluster, VaultDeployment deployment, string folder, CancellationToken cancellationToken)
    {
        var file = await deployment.KeepAsync(Path.Combine(folder, plan.RunId), cancellationToken);
        if (plan.Cluster is ClusterPlan.Managed)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, plan.RunId, KeptFolders.ManagedMarker), string.Empty, cancellationToken);
        }

        var kubeconfig = Path.Combine(folder, plan.RunId, KeptTarget.KubeconfigName);
        return new KeptRun(
            true,
            [
                $"kept         {cluster.Description}, namespace {deployment.Namespace}",
                $"kubectl      kubectl --kubeconfig {kubeconfig} --namespace {deployment.Namespace} get pods",
                $"controls     VAULT_CONFORMANCE_TARGET={file} dotnet test --project conformance/VaultConformance.Controls",
                plan.Cluster is ClusterPlan.Managed
                    ? "removal      ./run.sh clean"
                    : $"removal      ./run.sh clean --kubeconfig {kubeconfig} --context current",
            ]);
    }
}
