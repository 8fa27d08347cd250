using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Deployment;

/// <summary>Takes everything that does not disrupt, all pods side by side, so that later disruption cannot spoil it.</summary>
internal static class PassiveObservations
{
    /// <summary>Takes all passive observations of all pods. What cannot be taken is recorded as such.</summary>
    internal static async Task TakeAllAsync(IObservationSource source, CancellationToken cancellationToken)
    {
        var objects = await source.ObserveAsync(ObservationKinds.Objects, Subjects.Release, cancellationToken);
        var release = Task.WhenAll(
            source.ObserveAsync(ObservationKinds.Cluster, Subjects.Cluster, cancellationToken),
            source.ObserveAsync(ObservationKinds.Release, Subjects.Release, cancellationToken),
            source.ObserveAsync(ObservationKinds.Trust, Subjects.Release, cancellationToken),
            source.ObserveAsync(ObservationKinds.ContainerLogs, Subjects.Release, cancellationToken),
            source.ObserveAsync(ObservationKinds.Paths, Subjects.Release, cancellationToken));
        var pods = (objects.Value?.ServerPods ?? []).Select(pod => TakePodAsync(source, new ServerPod(source, pod), cancellationToken));
        await Task.WhenAll([.. pods, release]);
    }

    private static Task TakePodAsync(IObservationSource source, ServerPod pod, CancellationToken cancellationToken)
    {
        var subject = Subjects.Pod(pod.Name);
        return Task.WhenAll(
            [
                source.ObserveAsync(ObservationKinds.Processes, subject, cancellationToken),
                source.ObserveAsync(ObservationKinds.Mounts, subject, cancellationToken),
                source.ObserveAsync(ObservationKinds.WriteAttempts, subject, cancellationToken),
                source.ObserveAsync(ObservationKinds.CoreSettings, subject, cancellationToken),
                source.ObserveAsync(ObservationKinds.Memory, subject, cancellationToken),
                source.ObserveAsync(ObservationKinds.Sockets, subject, cancellationToken),
                source.ObserveAsync(ObservationKinds.Files, subject, cancellationToken),
                source.ObserveAsync(ObservationKinds.PreStop, subject, cancellationToken),
                source.ObserveAsync(ObservationKinds.VaultState, subject, cancellationToken),
                source.ObserveAsync(ObservationKinds.ServerLog, subject, cancellationToken),
                source.ObserveAsync(ObservationKinds.Listeners, subject, cancellationToken),
                .. pod.Sidecars.Select(name => source.ObserveAsync(ObservationKinds.Processes, Subjects.Container(pod.Name, name), cancellationToken)),
            ]);
    }
}
