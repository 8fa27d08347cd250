using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Facts;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Deletes a server pod with its own grace period and watches how its server ends (PROC-2).</summary>
/// <param name="control">Access to the servers.</param>
/// <param name="node">Access to the node; null where there is none.</param>
/// <param name="wait">Waits.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class PodDeletionProbe(ServerControl control, INodeAccess? node, Wait wait, TimeProvider timeProvider) : IProbe<PodDeletionFacts>
{
    private static readonly TimeSpan BeyondGrace = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public ObservationKind<PodDeletionFacts> Kind => ObservationKinds.PodDeletion;

    /// <inheritdoc />
    public async Task<PodDeletionFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var (pod, active) = await control.ChooseAsync(cancellationToken);
        var name = pod.Metadata.Name;
        var grace = pod.Spec.TerminationGracePeriodSeconds ?? 30;
        await using var log = await ShutdownLog.FollowAsync(control, name, ServerControl.ContainerOf(pod).Name, cancellationToken);
        var started = timeProvider.GetTimestamp();
        var limit = TimeSpan.FromSeconds(grace) + BeyondGrace;
        var exit = await NodeExitWatch.StartAsync(node, pod, limit, cancellationToken);
        var ending = PodEnding.WatchAsync(control, pod, limit, timeProvider, cancellationToken);
        await control.Client.CoreV1.DeleteNamespacedPodAsync(name, control.Namespace, cancellationToken: cancellationToken);
        var failover = active ? FailoverAsync(name, started, cancellationToken) : Task.FromResult<(string?, TimeSpan?)>((null, null));
        var end = await ending;
        var exitCode = end.ExitCode ?? (exit is null ? null : await exit.ExitCodeAsync(wait, cancellationToken));
        var line = await log.ShutdownLineAsync(LogPatience);
        var failures = await HookFailuresAsync(pod, cancellationToken);
        var (newActive, failoverTook) = await failover;
        await ForgetAsync(pod, cancellationToken);
        var recovered = await RecoveredAsync(name, cancellationToken);
        return new PodDeletionFacts(name, active, grace, exitCode, end.Took, line, failures, newActive, failoverTook, recovered);
    }

    private async Task<(string?, TimeSpan?)> FailoverAsync(string deleted, long started, CancellationToken cancellationToken)
    {
        var other = await control.OtherActiveAsync(deleted, cancellationToken);
        return (other, other is null ? null : timeProvider.GetElapsedTime(started));
    }

    private async Task<IReadOnlyList<string>> HookFailuresAsync(V1Pod pod, CancellationToken cancellationToken)
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
            await control.Client.CoreV1.DeleteNamespacedPodAsync(pod.Metadata.Name, control.Namespace, options, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            return;
        }
    }

    private async Task<bool> RecoveredAsync(string pod, CancellationToken cancellationToken)
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
}
