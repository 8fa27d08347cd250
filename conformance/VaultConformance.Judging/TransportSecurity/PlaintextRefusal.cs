using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether an endpoint speaks plaintext.</summary>
public static class PlaintextRefusal
{
    private const string Expected = "a refusal";

    /// <summary>
    /// Judges a port of a pod. The API port has to be seen over the pod network, because a port-forward ends in the pod's loopback
    /// interface. That plaintext gets no answer is no proof of TLS: it has to be seen there too.
    /// </summary>
    /// <param name="endpoint">The port.</param>
    public static IEnumerable<Judgement> Judge(ListenerEndpoint endpoint)
    {
        var fact = $"answer of port {endpoint.Port} to plaintext";
        return endpoint.Plaintext.Kind == PlaintextAnswerKind.HttpAnswered
            ? [Judge(fact, endpoint.Plaintext).Saying($"Port {endpoint.Port} answers in plain HTTP.", FailureCause.TlsOff)]
            : endpoint is { Route: NetworkRoute.PortForward, Purpose: PortPurpose.Api }
                ? [Judgement.Unknown(
                    fact,
                    Expected,
                    "the pod network does not lead to this port from the relay pod, and a port-forward proves nothing about it; "
                    + "let a NetworkPolicy admit pods with the label app.kubernetes.io/name=vaultconformance-relay"), JudgeTls(endpoint)]
                : [Judge(fact, endpoint.Plaintext), JudgeTls(endpoint)];
    }

    /// <summary>Judges a way into the release.</summary>
    /// <param name="path">The way.</param>
    /// <param name="ways">All ways.</param>
    public static Judgement Judge(PathEndpoint path, WaysIn ways)
    {
        const string Fact = "answer to plaintext";
        if (!path.Ready || path.Plaintext is null)
        {
            return ways.JudgeUnseen(path, Fact, Expected);
        }

        return path is { Purpose: PortPurpose.Cluster, Plaintext.Kind: PlaintextAnswerKind.NoConnection }
            ? Judgement.Irrelevant(Fact, "the cluster port is not open to strangers")
            : Judge(Fact, path.Plaintext).SayingOfSubject("answers in plain HTTP", "answer in plain HTTP", FailureCause.TlsOff);
    }

    /// <summary>
    /// Servers turn strangers away on their cluster port, which by an alert they do in TLS; everywhere else a version has to be accepted.
    /// </summary>
    private static Judgement JudgeTls(ListenerEndpoint endpoint)
    {
        var fact = $"TLS on port {endpoint.Port}";
        const string Spoken = "spoken";
        if (endpoint.Handshakes.LastOrDefault(handshake => handshake.Outcome == HandshakeOutcome.Negotiated) is { } accepted)
        {
            return Judgement.Of(fact, true, Spoken, accepted.Detail);
        }

        return endpoint.Purpose == PortPurpose.Cluster
            && endpoint.Handshakes.FirstOrDefault(handshake => handshake.Alert is not null) is { } alerted
            ? Judgement.Of(fact, true, Spoken, alerted.Detail)
            : Judgement.Unknown(
                fact,
                Spoken,
                $"no TLS was seen there: {(endpoint.Handshakes.Count > 0 ? endpoint.Handshakes[^1].Detail : "nothing was offered")}");
    }

    private static Judgement Judge(string fact, PlaintextAnswer answer) => answer.Kind switch
    {
        PlaintextAnswerKind.HttpsExpected => Judgement.Of(fact, true, Expected, "a refusal (HTTPS is asked for)"),
        PlaintextAnswerKind.Refused => Judgement.Of(fact, true, Expected, Expected),
        PlaintextAnswerKind.HttpAnswered => Judgement.Of(fact, false, Expected, $"'{answer.Excerpt}'"),
        PlaintextAnswerKind.Silent => Judgement.Late(fact, Expected, "no answer within the time limit of the probe"),
        PlaintextAnswerKind.OutOfTime => Judgement.Late(fact, Expected, $"the probe ran out of time: {answer.Excerpt}"),
        _ => Judgement.Unknown(fact, Expected, $"no connection: {answer.Excerpt}"),
    };
}
