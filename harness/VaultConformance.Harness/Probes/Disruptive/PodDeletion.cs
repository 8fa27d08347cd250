using System.Net;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Waiting;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Deletes one server pod, watches its end, and brings its server back.</summary>
/// <param name="control">Access to the servers.</param>
/// <param name="wait">Waits.</param>
/// <param name="limits">How long.</param>
/// <param name="timeProvider">Clock.</param>
/// <param name="node">Access to the node; null where there is none.</param>
internal sealed class PodDeletion(ServerControl control, Wait wait, StepLimits limits, TimeProvider timeProvider, INodeAccess? node = null)
{
    /// <summary>Deletes the pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="active">True when its server is the active one.</param>
    /// <param name="cancellationToken">Ends the observation.</param>
    internal async Task<PodDeletionFacts> DeleteAsync(V1Pod pod, bool active, CancellationToken cancellationToken)
    {
        var name = pod.Metadata.Name;
        var grace = pod.Spec.TerminationGracePeriodSeconds ?? 30;
        await using var log = await ShutdownLog.FollowAsync(control, name, ServerProduct.FindServerContainer(pod).Name, cancellationToken);
        var started = timeProvider.GetTimestamp();
        var limit = TimeSpan.FromSeconds(grace) + limits.Server;
        var exit = await NodeExitWatch.StartAsync(node, pod, limit, cancellationToken);
        var ending = PodEnding.WatchAsync(control, pod, limit, timeProvider, cancellationToken);
        await control.Client.CoreV1.DeleteNamespacedPodAsync(name, control.Namespace, cancellationToken: cancellationToken);
        var failover = active ? ObserveFailoverAsync(name, started, cancellationToken) : Task.FromResult(new Failover(null, null, null));
        var end = await EndAsync(await ending, exit, cancellationToken);
        var (line, complete) = await log.ReadShutdownLineAsync(limits.Afterwards);
        var failures = await ListHookFailuresAsync(pod, cancellationToken);
        var next = await failover;
        await ForgetAsync(pod, cancellationToken);
        var recovered = await HasRecoveredAsync(name, cancellationToken);
        return new PodDeletionFacts(name, active, grace, end.ExitCode, end.Took, line, failures, next.Pod, next.Took, recovered)
        {
            EndedAfter = end.After, LogComplete = complete, NoneActiveAt = next.NoneActiveAt,
        };
    }

    private async Task<PodEnd> EndAsync(PodEnd end, NodeExitWatch? exit, CancellationToken cancellationToken)
    {
        if (exit is null || end is { ExitCode: not null, FinishedAt: not null })
        {
            return end;
        }

        var told = await exit.ExitAsync(wait, limits.Afterwards, cancellationToken);
        return end with { ExitCode = end.ExitCode ?? told?.Code, FinishedAt = end.FinishedAt ?? told?.At };
    }

    private async Task<Failover> ObserveFailoverAsync(string deleted, long started, CancellationToken cancellationToken)
    {
        TimeSpan? noneAt = null;
        var looking = TimeSpan.Zero;
        var other = await control.FindOtherActiveAsync(
            deleted, () => looking = timeProvider.GetElapsedTime(started), () => noneAt = looking, cancellationToken);
        return new Failover(other, other is null ? null : timeProvider.GetElapsedTime(started), noneAt);
    }

    private async Task<IReadOnlyList<string>> ListHookFailuresAsync(V1Pod pod, CancellationToken cancellationToken)
    {
        var events = await control.Client.CoreV1.ListNamespacedEventAsync(
            control.Namespace, fieldSelector: $"involvedObject.uid={pod.Metadata.Uid}", cancellationToken: cancellationToken);
        return [.. events.Items.Where(candidate => candidate.Reason == "FailedPreStopHook").Select(candidate => candidate.Message)];
    }

    // The container has ended; old kubelets take up to a minute more to drop the object, and nothing can be learned from it.
    private async Task ForgetAsync(V1Pod pod, CancellationToken cancellationToken)
    {
        try
        {
            var options = new V1DeleteOptions { GracePeriodSeconds = 0, Preconditions = new V1Preconditions { Uid = pod.Metadata.Uid } };
            await control.Client.CoreV1.DeleteNamespacedPodAsync(
                pod.Metadata.Name, control.Namespace, options, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return;
        }
    }

    private async Task<bool> HasRecoveredAsync(string pod, CancellationToken cancellationToken)
    {
        try
        {
            await control.RecoverAsync(pod, cancellationToken);
            return true;
        }
        catch (WaitFailedException)
        {
            return false;
        }
    }

    private sealed record Failover(string? Pod, TimeSpan? Took, TimeSpan? NoneActiveAt);
}
