using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Network.Reload;

/// <summary>Reads the leaves that a pod's API listeners serve now, the way its listeners were observed.</summary>
/// <param name="context">The live system.</param>
/// <param name="network">What to connect with.</param>
internal sealed class ServedCertificate(ProbeContext context, NetworkServices network)
{
    /// <summary>Finds out how the pod's API listeners are to be asked.</summary>
    /// <returns>Reads the fingerprints now, by port; null for a port where no handshake succeeds.</returns>
    /// <exception cref="ObservationUnavailableException">None serves a certificate.</exception>
    public async Task<Func<CancellationToken, Task<IReadOnlyList<(int Port, string? Leaf)>>>> CreateReaderAsync(
        string subject, CancellationToken cancellationToken)
    {
        var listeners = (await context.Source().ObserveAsync(ObservationKinds.Listeners, subject, cancellationToken)).Require();
        var endpoints = listeners.Endpoints
            .Where(candidate => candidate.Purpose == PortPurpose.Api && FindNewest(candidate) is not null)
            .OrderBy(endpoint => endpoint.Port)
            .ToList();
        if (endpoints.Count == 0)
        {
            throw new ObservationUnavailableException(
                ObservationKinds.CertificateReload.Name,
                subject,
                new UnavailableReason(UnavailableCause.Failed, "no API listener of the pod serves a certificate"));
        }

        var pod = (await context.ObserveObjectsAsync(
            cancellationToken)).ServerPods.Single(candidate => Subjects.FromPod(candidate.Metadata.Name) == subject);
        return async token =>
            await Task.WhenAll(endpoints.Select(async endpoint => (endpoint.Port, await ReadAsync(pod, endpoint, token))));
    }

    private async Task<string?> ReadAsync(V1Pod pod, ListenerEndpoint endpoint, CancellationToken cancellationToken)
    {
        INetworkVantage vantage =
            endpoint.Route == NetworkRoute.PodNetwork ? network.Relay : new PortForwardVantage(pod.Metadata.Name, network.PortForward);
        var address = new NetworkEndpoint(pod.Status.PodIP, endpoint.Port);
        return Fingerprint.ComputeOfLeaf(await network.Prober.Stranger.OfferAsync(
            token => vantage.ConnectAsync(address, token), FindNewest(endpoint)!.Offered, serverName: null, cancellationToken));
    }

    private static TlsHandshake? FindNewest(ListenerEndpoint endpoint) =>
        endpoint.Handshakes.Where(handshake => handshake.Chain.Count > 0).MaxBy(handshake => handshake.Offered);
}
