using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Watches a pod until its server container has ended and keeps how it ended, which is lost with the object.</summary>
internal static class PodEnding
{
    // Old kubelets report a container that they have already removed with this reason and an exit code that they made up.
    private const string Unknown = "ContainerStatusUnknown";

    /// <summary>Watches from now on.</summary>
    /// <returns>Exit code (null when never seen) and time until the container was seen ended, or the object gone.</returns>
    internal static async Task<(int? ExitCode, TimeSpan Took)> WatchAsync(
        ServerControl control, V1Pod pod, TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(limit, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(over.Token, cancellationToken);
        var started = timeProvider.GetTimestamp();
        int? exitCode = null;
        try
        {
            var changes = control.Client.CoreV1.WatchListNamespacedPodAsync(
                control.Namespace,
                fieldSelector: $"metadata.name={pod.Metadata.Name}",
                resourceVersion: pod.Metadata.ResourceVersion,
                cancellationToken: both.Token);
            await foreach (var (type, seen) in changes.WithCancellation(both.Token))
            {
                if (type == WatchEventType.Deleted || seen.Metadata.Uid != pod.Metadata.Uid || Ended(seen, out exitCode))
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (null, timeProvider.GetElapsedTime(started));
        }

        return (exitCode, timeProvider.GetElapsedTime(started));
    }

    private static bool Ended(V1Pod pod, out int? exitCode)
    {
        var state = ServerControl.StatusOf(pod)?.State;
        exitCode = state?.Terminated is { } ended && ended.Reason != Unknown ? ended.ExitCode : null;
        return state is { Running: null };
    }
}
