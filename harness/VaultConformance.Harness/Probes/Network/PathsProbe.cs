using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Network.Paths;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>
/// Goes every way into the release often enough to meet every backend, and counts the certificates that are served (control TLS-6).
/// </summary>
internal sealed class PathsProbe(ProbeContext context, NetworkServices network) : IProbe<PathFacts>
{
    /// <inheritdoc />
    public ObservationKind<PathFacts> Kind => ObservationKinds.Paths;

    /// <inheritdoc />
    public async Task<PathFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var objects = await context.ObserveObjectsAsync(cancellationToken);
        if (objects.ServerPods.Count == 0)
        {
            return new PathFacts([]);
        }

        var services = new ServicePaths(objects, FindPurposes);
        var entries = new EntryPaths(objects, services.Services.Select(service => service.Metadata.Name).ToHashSet(StringComparer.Ordinal));
        var walk = new PathWalk(network);
        return new PathFacts(
            await Task.WhenAll(services.ListAll().Concat(entries.ListAll()).Select(plan => walk.GoAsync(plan, cancellationToken))));
    }

    private PortPurposes FindPurposes(V1Pod pod) => new(new ServerPod(context.Source(), pod).Container, []);
}
