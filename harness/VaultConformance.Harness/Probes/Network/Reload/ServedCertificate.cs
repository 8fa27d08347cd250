using VaultConformance.Harness.Facts;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Probes.Network.Reload;

/// <summary>Reads the leaf that a pod's API listener serves now, the way its listeners were observed.</summary>
/// <param name="context">The live system.</param>
/// <param name="network">What to connect with.</param>
internal sealed class ServedCertificate(ProbeContext context, NetworkServices network)
{
    /// <summary>Finds out how the pod's API listener is to be asked.</summary>
    /// <returns>Reads the fingerprint now; null when no handshake succeeds.</returns>
    /// <exception cref="ObservationUnavailableException">It serves no certificate at all.</exception>
    public async Task<Func<CancellationToken, Task<string?>>> ReaderAsync(string subject, CancellationToken cancellationToken)
    {
        var listeners = (await context.Source().ObserveAsync(ObservationKinds.Listeners, subject, cancellationToken)).Require();
        var endpoint = listeners.Endpoints.FirstOrDefault(candidate => candidate.Purpose == PortPurpose.Api && Newest(candidate) is not null)
            ?? throw new ObservationUnavailableException(
                ObservationKinds.CertificateReload.Name, subject, new UnavailableReason(UnavailableCause.Failed, "no API listener of the pod serves a certificate"));
        var pod = (await context.ObjectsAsync(cancellationToken)).ServerPods.Single(candidate => Subjects.Pod(candidate.Metadata.Name) == subject);
        INetworkVantage vantage = endpoint.Route == NetworkRoute.PodNetwork ? network.Relay : new PortForwardVantage(pod.Metadata.Name, network.PortForward);
        var address = new NetworkEndpoint(pod.Status.PodIP, endpoint.Port);
        var version = Newest(endpoint)!.Offered;
        return async token => Fingerprint.OfLeaf(await network.Prober.OfferAsync(inner => vantage.ConnectAsync(address, inner), version, serverName: null, token));
    }

    private static TlsHandshake? Newest(ListenerEndpoint endpoint) =>
        endpoint.Handshakes.Where(handshake => handshake.Chain.Count > 0).MaxBy(handshake => handshake.Offered);
}
