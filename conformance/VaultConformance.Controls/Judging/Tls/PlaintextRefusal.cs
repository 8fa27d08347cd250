using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging.Tls;

/// <summary>Whether an endpoint speaks plaintext.</summary>
internal static class PlaintextRefusal
{
    private const string Expected = "a refusal";

    /// <summary>Judges a port of a pod. The API port has to be seen over the pod network, because a port-forward ends in the pod's loopback interface.</summary>
    /// <param name="endpoint">The port.</param>
    public static Judgement Judge(ListenerEndpoint endpoint)
    {
        var fact = $"answer of port {endpoint.Port} to plaintext";
        return endpoint is { Route: NetworkRoute.PortForward, Purpose: PortPurpose.Api, Plaintext.Kind: not PlaintextAnswerKind.HttpAnswered }
            ? Judgement.Unknown(
                fact,
                Expected,
                "the pod network does not lead to this port from the relay pod, and a port-forward proves nothing about it; "
                + "let a NetworkPolicy admit pods with the label app.kubernetes.io/name=vaultconformance-relay")
            : Judge(fact, endpoint.Plaintext);
    }

    /// <summary>Judges a way into the release.</summary>
    /// <param name="path">The way.</param>
    public static Judgement Judge(PathEndpoint path)
    {
        const string Fact = "answer to plaintext";
        if (!path.Ready || path.Plaintext is null)
        {
            return Judgement.Irrelevant(Fact, "nothing is behind this path");
        }

        return path is { Purpose: PortPurpose.Cluster, Plaintext.Kind: PlaintextAnswerKind.NoConnection }
            ? Judgement.Irrelevant(Fact, "the cluster port is not open to strangers")
            : Judge(Fact, path.Plaintext);
    }

    private static Judgement Judge(string fact, PlaintextAnswer answer) => answer.Kind switch
    {
        PlaintextAnswerKind.HttpsExpected => Judgement.Of(fact, true, Expected, "a refusal (HTTPS is asked for)"),
        PlaintextAnswerKind.Refused => Judgement.Of(fact, true, Expected, Expected),
        PlaintextAnswerKind.HttpAnswered => Judgement.Of(fact, false, Expected, $"'{answer.Excerpt}'"),
        PlaintextAnswerKind.Silent => Judgement.Unknown(fact, Expected, "it kept the connection open and said nothing"),
        _ => Judgement.Unknown(fact, Expected, $"no connection: {answer.Excerpt}"),
    };
}
