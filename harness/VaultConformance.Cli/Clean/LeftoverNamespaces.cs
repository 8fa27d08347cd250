using k8s;
using VaultConformance.Harness.Clusters;

namespace VaultConformance.Cli.Clean;

/// <summary>Removes namespaces that runs left in a cluster of someone else's; only those that carry the label of a run.</summary>
internal static class LeftoverNamespaces
{
    /// <summary>Removes them.</summary>
    /// <param name="kubeconfig">Kubeconfig file.</param>
    /// <param name="context">Context in it.</param>
    /// <param name="cancellationToken">Ends the removal.</param>
    /// <returns>Names and runs of what was removed.</returns>
    public static async Task<IReadOnlyList<LeftoverNamespace>> RemoveAsync(string kubeconfig, string context, CancellationToken cancellationToken)
    {
        var state = Directory.CreateTempSubdirectory("vault-conformance-clean-").FullName;
        try
        {
            await using var cluster = await ExistingCluster.OpenAsync(kubeconfig, context, state, cancellationToken);
            var removed = new List<LeftoverNamespace>();
            var found = await cluster.Client.CoreV1.ListNamespaceAsync(labelSelector: RunLabels.Run, cancellationToken: cancellationToken);
            foreach (var item in found.Items)
            {
                await cluster.Client.CoreV1.DeleteNamespaceAsync(item.Metadata.Name, cancellationToken: cancellationToken);
                removed.Add(new LeftoverNamespace(item.Metadata.Name, item.Metadata.Labels[RunLabels.Run]));
            }

            return removed;
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }
}

/// <summary>A namespace that a run left.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RunId">The run.</param>
internal sealed record LeftoverNamespace(string Name, string RunId);
