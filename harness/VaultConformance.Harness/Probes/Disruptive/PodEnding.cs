using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Watches a pod until its object is gone and keeps the last state of the server container, which goes with it.</summary>
internal static class PodEnding
{
    /// <summary>Watches from now on.</summary>
    /// <returns>Exit code (null when never seen) and time until the container was seen ended, or the object gone.</returns>
    internal static async Task<(int? ExitCode, TimeSpan Took)> WatchAsync(
        ServerControl control, V1Pod pod, TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(limit, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        var started = timeProvider.GetTimestamp();
        int? exitCode = null;
        TimeSpan? took = null;
        try
        {
            var changes = control.Client.CoreV1.WatchListNamespacedPodAsync(
                control.Namespace,
                fieldSelector: $"metadata.name={pod.Metadata.Name}",
                resourceVersion: pod.Metadata.ResourceVersion,
                cancellationToken: both.Token);
            await foreach (var (type, seen) in changes.WithCancellation(both.Token))
            {
                if (seen.Metadata.Uid != pod.Metadata.Uid)
                {
                    break;
                }

                if (ServerControl.StatusOf(seen)?.State?.Terminated is { } ended)
                {
                    exitCode = ended.ExitCode;
                    took ??= timeProvider.GetElapsedTime(started);
                }

                if (type == WatchEventType.Deleted)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (exitCode, took ?? timeProvider.GetElapsedTime(started));
        }

        return (exitCode, took ?? timeProvider.GetElapsedTime(started));
    }
}
