using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Which protocol versions and weak suites a listener accepts.</summary>
public static class ProtocolFloor
{
    private const string Refused = "refused";

    // An old version is offered with every suite of the registry, which has more than three hundred.
    private const int EverySuite = 100;

    // With these nothing is protected at all, so that TLS would be a mere form.
    private static readonly string[] WithoutProtection = ["NULL", "EXPORT", "anonymous", "DES and RC2"];

    // RFC 9150: TLS 1.3 has no weak families otherwise.
    private static readonly string[] IntegrityOnly = ["TLS_SHA256_SHA256", "TLS_SHA384_SHA384"];
    private static readonly string[] TooLow = ["tls10", "tls11", "ssl3"];
    private static readonly TlsVersion[] Versions = Enum.GetValues<TlsVersion>();

    /// <summary>Judges one port of a pod: every version and every family of weak suites, also those that nobody offered.</summary>
    /// <param name="endpoint">The port.</param>
    public static IEnumerable<Judgement> Judge(ListenerEndpoint endpoint)
    {
        var refusal = new ServerRefusal(endpoint);
        return
        [
            .. Versions.Where(version => version < TlsVersion.Tls12).SelectMany(version => JudgeOld(endpoint, version, refusal)),
            .. endpoint.Purpose == PortPurpose.Api ? JudgeNew(endpoint) : [],
            .. endpoint.Handshakes
                .Where(handshake => handshake is { Outcome: HandshakeOutcome.Negotiated, Offered: >= TlsVersion.Tls12 })
                .Select(handshake => JudgeChosen(endpoint.Port, handshake)),
            .. endpoint.WeakSuites.Select(offer => JudgeSuites(endpoint.Port, offer, refusal)),
            .. TlsProber.WeakFamilies.Except(endpoint.WeakSuites.Select(offer => offer.Family)).Select(family => WithWeight(
                family,
                Judgement.Unknown($"{family} suites on port {endpoint.Port}", Refused, "they were not offered, or it was not recorded"))),
        ];
    }

    /// <summary>A refusal of a version proves something only where the prober was seen to offer it to somebody who takes it.</summary>
    /// <param name="proof">What the prober was proved able to offer.</param>
    public static Judgement JudgeProber(ProberProof proof)
    {
        var unproven = Versions.Except(proof.Proven).Select(FormatName).ToList();
        const string Fact = "versions that the prober was not proved able to offer";
        return unproven.Count == 0
            ? Judgement.Of(Fact, true, "none", "none")
            : Judgement.Unknown(
                Fact,
                "none",
                $"{string.Join(", ", unproven)}{(proof.Problems.Count == 0 ? string.Empty : $" ({string.Join("; ", proof.Problems)})")}");
    }

    // What a server chooses of everything says more than what it was asked for.
    private static Judgement JudgeChosen(int port, TlsHandshake handshake)
    {
        var fact = $"suite that port {port} chose in {FormatName(handshake.Offered)}";
        const string Expected = "one without a known weakness";
        if (handshake.CipherSuite is not { Length: > 0 } suite)
        {
            return Judgement.Unknown(fact, Expected, "it was not recorded").AsRecommendation();
        }

        if (handshake.Offered == TlsVersion.Tls13)
        {
            return Judgement.Of(
                fact, !IntegrityOnly.Contains(suite), Expected, IntegrityOnly.Contains(suite) ? $"{suite}, which encrypts nothing" : suite)
                .Saying(found => $"Port {port} chose {found}.");
        }

        return TlsProber.FindWeakFamily(suite) is { } family
            ? WithWeight(family, Judgement.Of(fact, false, Expected, $"{suite} ({family})")
                .Saying(found => $"Port {port} chose a weak cipher suite in {FormatName(handshake.Offered)}: {found}."))
            : Judgement.Of(fact, true, Expected, suite);
    }

    /// <summary>Judges what is configured.</summary>
    /// <param name="listener">A loaded listener.</param>
    public static Judgement JudgeConfigured(LoadedListener listener) => Judgement.Of(
        $"tls_min_version of listener {listener.Address}",
        listener.MinimumVersion is null || !TooLow.Contains(listener.MinimumVersion.ToLowerInvariant()),
        "tls12 or tls13, or not set",
        listener.MinimumVersion ?? "not set")
        .Saying(found => $"tls_min_version is {found} for listener {listener.Address}; it must be tls12 or tls13.");

    private static IEnumerable<Judgement> JudgeOld(ListenerEndpoint endpoint, TlsVersion version, ServerRefusal refusal)
    {
        var fact = $"{FormatName(version)} on port {endpoint.Port}";
        return endpoint.Handshakes.Where(handshake => handshake.Offered == version)
            .Select(handshake => handshake.Outcome == HandshakeOutcome.Negotiated
                ? Judgement.Of(fact, false, Refused, $"accepted with {handshake.CipherSuite}")
                    .Saying($"Port {endpoint.Port} accepts {FormatName(version)}.")
                : JudgeRefusal(fact, handshake, refusal, EverySuite))
            .DefaultIfEmpty(Judgement.Unknown(fact, Refused, "it was not offered"));
    }

    private static Judgement JudgeRefusal(string fact, TlsHandshake handshake, ServerRefusal refusal, int least) =>
        refusal.ExplainDoubt(handshake, least) is { } doubt
            ? Judgement.Unknown(fact, Refused, doubt)
            : Judgement.Of(fact, true, Refused, $"{Refused}: {handshake.Detail}");

    private static IEnumerable<Judgement> JudgeNew(ListenerEndpoint endpoint)
    {
        var modern = endpoint.Handshakes.Where(handshake => handshake.Offered >= TlsVersion.Tls12).ToList();
        var accepted = modern.Where(handshake => handshake.Outcome == HandshakeOutcome.Negotiated)
            .Select(handshake => FormatName(handshake.Offered))
            .ToList();
        var fact = $"versions from TLS 1.2 on that port {endpoint.Port} accepts";
        if (accepted.Count == 0 && modern.Find(handshake => handshake.Outcome != HandshakeOutcome.RefusedByServer) is { } unknown)
        {
            yield return Judgement.Unknown(fact, "at least one", unknown.Detail);
            yield break;
        }

        if (!ServerRefusal.SpeaksTls(endpoint) && endpoint.Plaintext.Kind != PlaintextAnswerKind.HttpAnswered)
        {
            yield return Judgement.Unknown(fact, "at least one", "no TLS was seen on this port at all");
            yield break;
        }

        yield return Judgement.Of(fact, accepted.Count > 0, "at least one", accepted.Count > 0 ? string.Join(", ", accepted) : "none")
            .Saying(
                $"Port {endpoint.Port} accepts neither TLS 1.2 nor TLS 1.3.",
                endpoint.Plaintext.Kind == PlaintextAnswerKind.HttpAnswered ? FailureCause.TlsOff : null);
        yield return modern.Find(handshake => handshake.Offered == TlsVersion.Tls13) is { } newest
            ? JudgeNewest(endpoint.Port, newest)
            : Judgement.Unknown($"{FormatName(TlsVersion.Tls13)} on port {endpoint.Port}", "accepted", "it was not offered")
                .AsRecommendation();
    }

    private static Judgement JudgeNewest(int port, TlsHandshake handshake)
    {
        var fact = $"{FormatName(handshake.Offered)} on port {port}";
        return handshake.Outcome is HandshakeOutcome.Negotiated or HandshakeOutcome.RefusedByServer
            ? Judgement.Of(fact, handshake.Outcome == HandshakeOutcome.Negotiated, "accepted", handshake.Detail)
                .Saying($"Port {port} does not accept {FormatName(handshake.Offered)}.")
                .AsRecommendation()
            : Judgement.Unknown(fact, "accepted", handshake.Detail);
    }

    private static Judgement JudgeSuites(int port, WeakSuiteOffer offer, ServerRefusal refusal)
    {
        var fact = $"{offer.Family} suites on port {port}";
        return WithWeight(offer.Family, offer.Handshake.Outcome == HandshakeOutcome.Negotiated
            ? Judgement.Of(fact, false, Refused, $"accepted: {offer.Handshake.CipherSuite}")
                .Saying($"Port {port} accepts weak cipher suites ({offer.Family}): {offer.Handshake.CipherSuite}.")
            : JudgeRefusal(fact, offer.Handshake, refusal, 1));
    }

    /// <summary>A judgement of a family of suites: a requirement where nothing is protected, else a recommendation.</summary>
    /// <param name="family">The family.</param>
    /// <param name="judgement">The judgement.</param>
    internal static Judgement WithWeight(string family, Judgement judgement) =>
        WithoutProtection.Contains(family) ? judgement : judgement.AsRecommendation();

    /// <summary>A version as people write it, for example <c>TLS 1.3</c>.</summary>
    /// <param name="version">The version.</param>
    internal static string FormatName(TlsVersion version) => version switch
    {
        TlsVersion.Ssl30 => "SSL 3.0",
        TlsVersion.Tls10 => "TLS 1.0",
        TlsVersion.Tls11 => "TLS 1.1",
        TlsVersion.Tls12 => "TLS 1.2",
        _ => "TLS 1.3",
    };
}
