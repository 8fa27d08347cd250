using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Facts;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Controls.Judging.Tls;

/// <summary>Which protocol versions and weak suites a listener accepts.</summary>
internal static class ProtocolFloor
{
    private const string Refused = "refused";

    // With these nothing is protected at all, so that TLS would be a mere form.
    private static readonly string[] WithoutProtection = ["NULL", "EXPORT", "anonymous"];
    private static readonly string[] TooLow = ["tls10", "tls11", "ssl3"];

    /// <summary>Judges one port of a pod.</summary>
    /// <param name="endpoint">The port.</param>
    public static IEnumerable<Judgement> Judge(ListenerEndpoint endpoint) =>
    [
        .. endpoint.Handshakes.Where(handshake => handshake.Offered < TlsVersion.Tls12).Select(handshake => JudgeOld(endpoint.Port, handshake)),
        .. endpoint.Purpose == PortPurpose.Api ? JudgeNew(endpoint) : [],
        .. endpoint.WeakSuites.Select(offer => JudgeSuites(endpoint.Port, offer)),
    ];

    /// <summary>Judges what is configured.</summary>
    /// <param name="listener">A loaded listener.</param>
    public static Judgement JudgeConfigured(LoadedListener listener) => Judgement.Of(
        $"tls_min_version of listener {listener.Address}",
        listener.MinimumVersion is null || !TooLow.Contains(listener.MinimumVersion.ToLowerInvariant()),
        "tls12 or tls13, or not set",
        listener.MinimumVersion ?? "not set");

    private static Judgement JudgeOld(int port, TlsHandshake handshake)
    {
        var fact = $"{Name(handshake.Offered)} on port {port}";
        return handshake.Outcome switch
        {
            HandshakeOutcome.RefusedByServer => Judgement.Of(fact, true, Refused, $"{Refused}: {handshake.Detail}"),
            HandshakeOutcome.Negotiated => Judgement.Of(fact, false, Refused, $"accepted with {handshake.CipherSuite}"),
            _ => Judgement.Unknown(fact, Refused, handshake.Detail),
        };
    }

    private static IEnumerable<Judgement> JudgeNew(ListenerEndpoint endpoint)
    {
        var modern = endpoint.Handshakes.Where(handshake => handshake.Offered >= TlsVersion.Tls12).ToList();
        var accepted = modern.Where(handshake => handshake.Outcome == HandshakeOutcome.Negotiated).Select(handshake => Name(handshake.Offered)).ToList();
        var fact = $"versions from TLS 1.2 on that port {endpoint.Port} accepts";
        if (accepted.Count == 0 && modern.Find(handshake => handshake.Outcome != HandshakeOutcome.RefusedByServer) is { } unknown)
        {
            yield return Judgement.Unknown(fact, "at least one", unknown.Detail);
            yield break;
        }

        yield return Judgement.Of(fact, accepted.Count > 0, "at least one", accepted.Count > 0 ? string.Join(", ", accepted) : "none");
        if (modern.Find(handshake => handshake.Offered == TlsVersion.Tls13) is { } newest)
        {
            yield return JudgeNewest(endpoint.Port, newest);
        }
    }

    private static Judgement JudgeNewest(int port, TlsHandshake handshake)
    {
        var fact = $"{Name(handshake.Offered)} on port {port}";
        return handshake.Outcome is HandshakeOutcome.Negotiated or HandshakeOutcome.RefusedByServer
            ? Judgement.Of(fact, handshake.Outcome == HandshakeOutcome.Negotiated, "accepted", handshake.Detail).AsRecommendation()
            : Judgement.Unknown(fact, "accepted", handshake.Detail);
    }

    private static Judgement JudgeSuites(int port, WeakSuiteOffer offer)
    {
        var fact = $"{offer.Family} suites on port {port}";
        var judgement = offer.Handshake.Outcome switch
        {
            HandshakeOutcome.RefusedByServer => Judgement.Of(fact, true, Refused, Refused),
            HandshakeOutcome.Negotiated => Judgement.Of(fact, false, Refused, $"accepted: {offer.Handshake.CipherSuite}"),
            _ => Judgement.Unknown(fact, Refused, offer.Handshake.Detail),
        };
        return WithoutProtection.Contains(offer.Family) ? judgement : judgement.AsRecommendation();
    }

    private static string Name(TlsVersion version) => version switch
    {
        TlsVersion.Ssl30 => "SSL 3.0",
        TlsVersion.Tls10 => "TLS 1.0",
        TlsVersion.Tls11 => "TLS 1.1",
        TlsVersion.Tls12 => "TLS 1.2",
        _ => "TLS 1.3",
    };
}
