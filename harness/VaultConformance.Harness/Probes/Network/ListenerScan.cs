using VaultConformance.Harness.Facts;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>Looks at one port from one place: plaintext, every protocol version alone, weak suites alone.</summary>
/// <param name="prober">Makes TLS offers.</param>
/// <param name="plaintext">Asks in plaintext.</param>
/// <param name="serverNames">Names that clients use; a server may answer differently to each, and to none.</param>
internal sealed class ListenerScan(TlsProber prober, PlaintextProber plaintext, IReadOnlyList<string> serverNames)
{
    private static readonly TlsVersion[] Versions = Enum.GetValues<TlsVersion>();

    /// <summary>Everything at the same time.</summary>
    public async Task<ListenerEndpoint> LookAsync(INetworkVantage vantage, NetworkEndpoint endpoint, PortPurpose purpose, CancellationToken cancellationToken)
    {
        Task<Stream> ConnectAsync(CancellationToken token) => vantage.ConnectAsync(endpoint, token);
        IReadOnlyList<string?> names = [null, .. serverNames];
        // On the cluster port the run is a stranger and must stay one.
        var who = purpose == PortPurpose.Api ? prober : prober.Stranger;
        var answer = plaintext.AskAsync(ConnectAsync, endpoint.ToString(), cancellationToken);
        var weak = prober.OfferWeakSuitesByNamesAsync(ConnectAsync, names, cancellationToken);
        var handshakes = await Task.WhenAll(Versions.Select(version => who.OfferByNamesAsync(ConnectAsync, version, names, cancellationToken)));
        return new ListenerEndpoint(endpoint.Port, purpose, vantage.Route, await answer, handshakes, await weak);
    }

    /// <summary>True when no connection at all was made, so that nothing is known of the listener.</summary>
    public static bool Unreached(ListenerEndpoint endpoint) =>
        endpoint.Plaintext.Kind == PlaintextAnswerKind.NoConnection
        && endpoint.Handshakes.All(handshake => handshake.Outcome is HandshakeOutcome.ConnectionFailed or HandshakeOutcome.ClientCouldNotOffer);
}
