using k8s;
using k8s.Models;
using VaultConformance.Harness.Clusters;

namespace VaultConformance.Runs.Clean;

/// <summary>
/// Removes namespaces that runs left in a cluster of someone else's: only those that carry the label of a run, and none whose run may be
/// going on.
/// </summary>
/// <param name="timeProvider">Clock.</param>
internal sealed class LeftoverNamespaces(TimeProvider timeProvider)
{
    /// <summary>True to remove nothing and only say what would be removed.</summary>
    public bool DryRun { get; init; }

    /// <summary>Removes them.</summary>
    /// <param name="kubeconfig">Kubeconfig file.</param>
    /// <param name="context">Context in it.</param>
    /// <param name="cancellationToken">Ends the removal.</param>
    /// <returns>What was found, and what became of it.</returns>
    public async Task<IReadOnlyList<LeftoverNamespace>> RemoveAsync(string kubeconfig, string context, CancellationToken cancellationToken)
    {
        var state = Directory.CreateTempSubdirectory("vault-conformance-clean-").FullName;
        try
        {
            await using var cluster = await ExistingCluster.OpenAsync(kubeconfig, context, state, cancellationToken);
            var seen = new List<LeftoverNamespace>();
            var found = await cluster.Client.CoreV1.ListNamespaceAsync(labelSelector: RunLabels.Run, cancellationToken: cancellationToken);
            foreach (var item in found.Items)
            {
                var owner = IsNeeded(item) ? RunOwner.From(item.Metadata.Labels) : null;
                if (owner is null && !DryRun)
                {
                    await cluster.Client.CoreV1.DeleteNamespaceAsync(item.Metadata.Name, cancellationToken: cancellationToken);
                }

                seen.Add(new LeftoverNamespace(item.Metadata.Name, item.Metadata.Labels[RunLabels.Run], owner));
            }

            return seen;
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private bool IsNeeded(V1Namespace item) => RunOwner.From(item.Metadata.Labels)
        .MayBeGoingOn(new DateTimeOffset(item.Metadata.CreationTimestamp ?? DateTime.UnixEpoch, TimeSpan.Zero), timeProvider.GetUtcNow());
}

/// <summary>A namespace of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="RunId">The run.</param>
/// <param name="Owner">Who needs it still; null when it was removed.</param>
internal sealed record LeftoverNamespace(string Name, string RunId, RunOwner? Owner);
