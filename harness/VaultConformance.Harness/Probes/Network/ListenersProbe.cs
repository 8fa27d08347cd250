using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>
/// Looks at every port of a pod that listens beyond the loopback interface (controls TLS-1, TLS-2, TLS-3, TLS-7). Ports come from what
/// listens, not from what is declared.
/// </summary>
internal sealed class ListenersProbe(ProbeContext context, NetworkServices network) : IProbe<ListenerFacts>
{
    /// <inheritdoc />
    public ObservationKind<ListenerFacts> Kind => ObservationKinds.Listeners;

    /// <inheritdoc />
    public async Task<ListenerFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var proof = network.Prober.ProveAsync(cancellationToken);
        var objects = await context.ObserveObjectsAsync(cancellationToken);
        var pod = objects.ServerPods
            .Select(candidate => new ServerPod(context.Source(), candidate))
            .FirstOrDefault(candidate => Subjects.FromPod(candidate.Name) == subject)
            ?? throw CreateUnavailable(
                subject, UnavailableCause.Failed, "there was no such server pod when the objects of the namespace were read");
        var address = pod.Admitted.Status?.PodIP
            ?? throw CreateUnavailable(
                subject, UnavailableCause.Failed, "the pod had no address when the objects of the namespace were read");
        var ports = await ListPortsAsync(pod, cancellationToken);
        var scan = new ListenerScan(network.Prober, network.Plaintext, ServerNames.List(objects));
        var endpoints = await Task.WhenAll(
            ports.Select(port => LookAsync(scan, pod.Name, new NetworkEndpoint(address, port.Number), port.Purpose, cancellationToken)));
        return new ListenerFacts(context.TimeProvider.GetUtcNow(), await proof, endpoints);
    }

    private async Task<IReadOnlyList<(int Number, PortPurpose Purpose)>> ListPortsAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        var subject = Subjects.FromPod(pod.Name);
        var state = context.Source().ObserveAsync(ObservationKinds.VaultState, subject, cancellationToken);
        var sockets = await context.Source().ObserveAsync(ObservationKinds.Sockets, subject, cancellationToken);
        var purposes = new PortPurposes(pod.Container, (await state).Value?.Listeners ?? []);
        var own = sockets.Value is { } all
            ? PodSockets.List(all, pod.Admitted.Spec.HostNetwork == true, await ObserveContainersAsync(pod, cancellationToken))
            : null;
        var listening = own?.Where(socket => !socket.LoopbackOnly).Select(socket => socket.Port) ?? purposes.Declared;
        return [.. listening.Distinct().Order().Select(port => (port, purposes.Find(port)))];
    }

    /// <summary>Processes of the pod's containers, which matter in the network of the host only.</summary>
    private async Task<IReadOnlyList<ProcessTable?>> ObserveContainersAsync(ServerPod pod, CancellationToken cancellationToken) =>
        pod.Admitted.Spec.HostNetwork != true
            ? []
            : await Task.WhenAll(pod.Sidecars.Select(name => Subjects.FromContainer(pod.Name, name))
                .Prepend(Subjects.FromPod(pod.Name))
                .Select(async subject =>
                    (await context.Source().ObserveAsync(ObservationKinds.Processes, subject, cancellationToken)).Value));

    /// <summary>
    /// Over the pod network; when nothing can be reached that way (a policy, no relay), the listener itself through the API server.
    /// </summary>
    private async Task<ListenerEndpoint> LookAsync(
        ListenerScan scan, string pod, NetworkEndpoint endpoint, PortPurpose purpose, CancellationToken cancellationToken)
    {
        var inside = new PortForwardVantage(pod, network.PortForward);

        // A policy may keep others from the cluster port. To find that out by every offer takes long, because nothing answers.
        if (purpose != PortPurpose.Api && !await scan.ConnectsAsync(network.Relay, endpoint, cancellationToken))
        {
            return await scan.LookAsync(inside, endpoint, purpose, cancellationToken);
        }

        var overNetwork = await scan.LookAsync(network.Relay, endpoint, purpose, cancellationToken);
        return ListenerScan.IsUnreached(overNetwork)
            ? await scan.LookAsync(inside, endpoint, purpose, cancellationToken)
            : await scan.WithDemandsAsync(inside, endpoint, overNetwork, cancellationToken);
    }

    private static ObservationUnavailableException CreateUnavailable(string subject, UnavailableCause cause, string reason) =>
        new(ObservationKinds.Listeners.Name, subject, new UnavailableReason(cause, reason));
}
