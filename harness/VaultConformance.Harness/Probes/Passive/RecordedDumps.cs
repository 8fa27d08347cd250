using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Dumps out of recorded snapshots.</summary>
/// <param name="recorded">The evidence.</param>
internal sealed class RecordedDumps(IObservationSource recorded) : IPodDumps
{
    /// <inheritdoc />
    public async Task<PodDump> GetAsync(string subject, CancellationToken cancellationToken)
    {
        var snapshot = (await recorded.ObserveAsync(ObservationKinds.Snapshot, subject, cancellationToken)).Require();
        var pod = await FindPodAsync(subject, cancellationToken);
        var container = subject.Split('/') is ["pod", _, var beside] ? beside : pod.Container.Name;
        var target = new PodContainer(pod.Admitted.Metadata.NamespaceProperty ?? string.Empty, pod.Name, container);
        return new PodDump(new DumpRequest(target, [], []), SnapshotProbe.ReadFrames(snapshot));
    }

    /// <inheritdoc />
    public async Task<V1Container> GetServerContainerAsync(string subject, CancellationToken cancellationToken) =>
        (await FindPodAsync(subject, cancellationToken)).Container;

    private async Task<ServerPod> FindPodAsync(string subject, CancellationToken cancellationToken)
    {
        var name = Subjects.GetPodName(subject);
        var objects = (await recorded.ObserveAsync(ObservationKinds.Objects, Subjects.Release, cancellationToken)).Require();
        return objects.Pods.FirstOrDefault(pod => pod.Metadata.Name == name) is { } pod
            ? new ServerPod(recorded, pod)
            : throw new PodDumpException($"The recorded objects hold no pod '{name}'. Record the evidence again.");
    }
}
