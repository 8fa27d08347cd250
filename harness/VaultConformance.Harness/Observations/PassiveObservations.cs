namespace VaultConformance.Harness.Observations;

/// <summary>Takes everything that does not disrupt, all pods side by side, so that later disruption cannot spoil it.</summary>
internal static class PassiveObservations
{
    /// <summary>Takes all passive observations of all pods. What cannot be taken is recorded as such.</summary>
    internal static async Task TakeAllAsync(IObservationSource source, CancellationToken cancellationToken)
    {
        var kinds = ObservationKinds.All
            .Where(kind => kind.Impact == ObservationImpact.Passive)
            .ToLookup(kind => kind.Scope is ObservationScope.Pod or ObservationScope.Container);
        var objects = await source.ObserveAsync(ObservationKinds.Objects, Subjects.Release, cancellationToken);
        var pods = (objects.Value?.ServerPods ?? []).Select(pod => new ServerPod(source, pod));
        await Task.WhenAll(
        [
            .. pods.SelectMany(pod => kinds[true].SelectMany(
                kind => Subjects.ListForKind(kind, pod).Select(subject => kind.TakeAsync(source, subject, cancellationToken)))),
            .. kinds[false].Select(kind => kind.TakeAsync(source, Subjects.FromKind(kind), cancellationToken)),
        ]);
    }
}
