using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>
/// Whether a refusal of a server means that it does not have what was offered. The alert protocol_version says so by itself;
/// handshake_failure, insufficient_security and a closed connection only when everything was offered that it could have wanted. Other
/// alerts say that something went wrong.
/// </summary>
/// <param name="endpoint">The port.</param>
internal sealed class ServerRefusal(ListenerEndpoint endpoint)
{
    private const string ProtocolVersion = "(70)";
    private static readonly string[] Unsuited = ["(40)", "(71)"];

    // A server port for servers turns strangers away before it looks at their offer: then versions and suites make no difference to them.
    private readonly string? _toStrangers = endpoint.Purpose == PortPurpose.Cluster
        && endpoint.Handshakes.Where(handshake => handshake.Offered >= TlsVersion.Tls12).ToList() is { Count: > 0 } modern
        && modern.TrueForAll(handshake => handshake is { Outcome: HandshakeOutcome.RefusedByServer, Alert: not null })
            ? modern[0].Alert
            : null;

    // What closes on everything may speak another protocol, and has refused nothing of TLS.
    private readonly bool _speaksTls = SpeaksTls(endpoint);

    /// <summary>True when TLS was seen on a port: a version that it accepts, or an alert.</summary>
    /// <param name="endpoint">The port.</param>
    public static bool SpeaksTls(ListenerEndpoint endpoint) =>
        endpoint.Handshakes.Any(handshake => handshake.Outcome == HandshakeOutcome.Negotiated || handshake.Alert is not null)
        || endpoint.WeakSuites.Any(offer => offer.Handshake.Outcome == HandshakeOutcome.Negotiated || offer.Handshake.Alert is not null);

    /// <summary>Why it cannot be told that the server does not have what was offered; null when it does not.</summary>
    /// <param name="handshake">An offer that it did not accept.</param>
    /// <param name="least">How many suites an offer has at the least that leaves none out.</param>
    public string? ExplainDoubt(TlsHandshake handshake, int least) => handshake switch
    {
        { Outcome: not HandshakeOutcome.RefusedByServer } => handshake.Detail,
        { Alert: { } alert } when alert.EndsWith(ProtocolVersion, StringComparison.Ordinal) || alert == _toStrangers => null,
        { Alert: { } alert } when !Array.Exists(Unsuited, number => alert.EndsWith(number, StringComparison.Ordinal)) =>
            $"{handshake.Detail} That is not a refusal of what was offered: something went wrong",
        _ when !_speaksTls => $"{handshake.Detail} No TLS was seen on this port at all, so that this is not a refusal of TLS",
        { Scope: null } => $"{handshake.Detail} It was not recorded whether every cipher suite had been offered; run again",
        { Scope.Suites: var suites } when suites < least =>
            $"{handshake.Detail} Only {suites} cipher suites had been offered, and it may have wanted another",
        { Scope.Complete: false } => $"{handshake.Detail} Not every offer was refused in a way that means a refusal",
        _ => null,
    };
}
