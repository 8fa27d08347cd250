using VaultConformance.Harness.Observations;
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
    public async Task<ListenerEndpoint> LookAsync(
        INetworkVantage vantage, NetworkEndpoint endpoint, PortPurpose purpose, CancellationToken cancellationToken)
    {
        Task<Stream> ConnectAsync(CancellationToken token) => vantage.ConnectAsync(endpoint, token);
        IReadOnlyList<string?> names = [null, .. serverNames];
        // On the cluster port the run is a stranger and must stay one.
        var who = purpose == PortPurpose.Api ? prober : prober.Stranger;
        var answer = plaintext.AskAsync(ConnectAsync, endpoint.ToString(), cancellationToken);
        var weak = prober.OfferWeakSuitesByNamesAsync(ConnectAsync, names, cancellationToken);
        var handshakes =
            await Task.WhenAll(Versions.Select(version => who.OfferByNamesAsync(ConnectAsync, version, names, cancellationToken)));
        return new ListenerEndpoint(endpoint.Port, purpose, vantage.Route, await answer, handshakes, await weak);
    }

    /// <summary>
    /// What API ports that ask for a client certificate do without one and with one. The relay carries one question and one answer, so that
    /// no handshake through it gets that far; the API server's connection into the pod carries a whole one.
    /// </summary>
    public async Task<ListenerEndpoint> WithDemandsAsync(
        INetworkVantage inside, NetworkEndpoint endpoint, ListenerEndpoint seen, CancellationToken cancellationToken) =>
        seen.Purpose != PortPurpose.Api
            ? seen
            : seen with { Handshakes =
                await Task.WhenAll(seen.Handshakes.Select(handshake => WithDemandAsync(inside, endpoint, handshake, cancellationToken))) };

    private async Task<TlsHandshake> WithDemandAsync(
        INetworkVantage inside, NetworkEndpoint endpoint, TlsHandshake seen, CancellationToken cancellationToken)
    {
        if (seen is not { AsksForClientCertificate: true, ClientCertificate: null })
        {
            return seen;
        }

        var whole = await prober.OfferByNamesAsync(
            token => inside.ConnectAsync(endpoint, token), seen.Offered, [null, .. serverNames], cancellationToken);
        return whole.ClientCertificate is not { } demand || Fingerprint.ComputeOfLeaf(whole) != Fingerprint.ComputeOfLeaf(seen)
            ? seen
            : seen with
            {
                ClientCertificate = demand,
                Detail = demand == ClientCertificateDemand.Optional ? seen.Detail : $"{seen.Detail} Through the API server: {whole.Detail}"
            };
    }

    /// <summary>True when a connection can be made.</summary>
    public async Task<bool> ConnectsAsync(INetworkVantage vantage, NetworkEndpoint endpoint, CancellationToken cancellationToken) =>
        (await plaintext.AskAsync(token => vantage.ConnectAsync(endpoint, token), endpoint.ToString(), cancellationToken)).Kind
            != PlaintextAnswerKind.NoConnection;

    /// <summary>True when no connection at all was made, so that nothing is known of the listener.</summary>
    public static bool IsUnreached(ListenerEndpoint endpoint) =>
        endpoint.Plaintext.Kind == PlaintextAnswerKind.NoConnection
        && endpoint.Handshakes.All(
            handshake => handshake.Outcome is HandshakeOutcome.ConnectionFailed or HandshakeOutcome.ClientCouldNotOffer);
}
