using VaultConformance.Harness.Waiting;
using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Watches a pod until its server container has ended and keeps how it ended, which is lost with the object.</summary>
internal static class PodEnding
{
    // Old kubelets report a container that they have already removed with this reason, and an exit code and times that they made up.
    private const string Unknown = "ContainerStatusUnknown";

    /// <summary>Watches from now on.</summary>
    /// <returns>What was seen until the container had ended, the object was gone, or the limit was over.</returns>
    internal static async Task<PodEnd> WatchAsync(
        ServerControl control, V1Pod pod, TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var patience = new TimeLimit(limit, timeProvider, cancellationToken);
        var started = timeProvider.GetTimestamp();
        var end = new PodEnd(null, null, null, TimeSpan.Zero);
        try
        {
            var changes = control.Client.CoreV1.WatchListNamespacedPodAsync(
                control.Namespace,
                fieldSelector: $"metadata.name={pod.Metadata.Name}",
                resourceVersion: pod.Metadata.ResourceVersion,
                cancellationToken: patience.Token);
            await foreach (var (type, seen) in changes.WithCancellation(patience.Token))
            {
                if (seen.Metadata.Uid != pod.Metadata.Uid)
                {
                    break;
                }

                end = With(end, seen);
                if (type == WatchEventType.Deleted || ServerControl.FindStatus(seen)?.State is { Running: null })
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (patience.IsOver)
        {
            return end with { Took = timeProvider.GetElapsedTime(started) };
        }

        return end with { Took = timeProvider.GetElapsedTime(started) };
    }

    /// <summary>What one more look adds.</summary>
    /// <param name="end">What was known.</param>
    /// <param name="seen">The pod.</param>
    internal static PodEnd With(PodEnd end, V1Pod seen)
    {
        // The timestamp is when the grace period ends; a second deletion without grace would move it.
        var deleted = end.DeletedAt ?? seen.Metadata.DeletionTimestamp?.AddSeconds(-(seen.Metadata.DeletionGracePeriodSeconds ?? 0));
        return ServerControl.FindStatus(seen)?.State?.Terminated is { } ended && ended.Reason != Unknown
            ? end with { DeletedAt = deleted, ExitCode = ended.ExitCode, FinishedAt = ended.FinishedAt ?? end.FinishedAt }
            : end with { DeletedAt = deleted };
    }
}

/// <summary>How a server's container ended.</summary>
/// <param name="ExitCode">Its exit code; null when never seen.</param>
/// <param name="DeletedAt">When the pod was deleted, by the API server's clock; null when never seen.</param>
/// <param name="FinishedAt">When the container ended, by the node's clock; null when never seen.</param>
/// <param name="Took">Time until that was seen here.</param>
internal sealed record PodEnd(int? ExitCode, DateTime? DeletedAt, DateTime? FinishedAt, TimeSpan Took)
{
    /// <summary>Time from the deletion to the end by the cluster's clocks; null when one of the two was never seen.</summary>
    internal TimeSpan? After => FinishedAt - DeletedAt is { } took ? (took < TimeSpan.Zero ? TimeSpan.Zero : took) : null;
}
