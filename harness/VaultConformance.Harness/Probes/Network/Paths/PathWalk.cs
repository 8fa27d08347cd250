using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Probes.Network.Paths;

/// <summary>Goes one way into the release.</summary>
/// <param name="network">What to connect with.</param>
internal sealed class PathWalk(NetworkServices network)
{
    /// <summary>One handshake meets one backend only; the catalogue asks for at least twenty (control TLS-6).</summary>
    public const int Handshakes = 20;

    /// <summary>Servers refuse strangers on their cluster port, so once is enough to see that.</summary>
    public const int ClusterHandshakes = 1;

    /// <summary>Handshakes and plaintext; nothing is tried when nothing is behind the path.</summary>
    public async Task<PathEndpoint> GoAsync(PathPlan plan, CancellationToken cancellationToken)
    {
        if (!plan.Ready || plan.Endpoints.Count == 0)
        {
            return CreateResult(plan, null, []);
        }

        var seen = await FromAsync(plan.Outside ? network.Outside : network.Relay, plan, cancellationToken);
        return plan.Outside && seen.Fingerprints.Count == 0 && seen.Plaintext?.Kind == PlaintextAnswerKind.NoConnection
            ? await FromAsync(network.Relay, plan, cancellationToken)
            : seen;
    }

    private async Task<PathEndpoint> FromAsync(INetworkVantage vantage, PathPlan plan, CancellationToken cancellationToken)
    {
        var plaintext = network.Plaintext.AskAsync(
            token => vantage.ConnectAsync(plan.Endpoints[0], token), plan.ServerName ?? plan.Endpoints[0].ToString(), cancellationToken);
        var handshakes = await SampleAsync(vantage, plan, TlsVersion.Tls13, cancellationToken);
        if (handshakes.All(handshake => handshake.Outcome is HandshakeOutcome.RefusedByServer or HandshakeOutcome.ClientCouldNotOffer))
        {
            handshakes = await SampleAsync(vantage, plan, TlsVersion.Tls12, cancellationToken);
        }

        return CreateResult(plan, await plaintext, handshakes);
    }

    private Task<TlsHandshake[]> SampleAsync(
        INetworkVantage vantage, PathPlan plan, TlsVersion version, CancellationToken cancellationToken)
    {
        var count = plan.Purpose == PortPurpose.Cluster ? ClusterHandshakes : Handshakes;
        return Task.WhenAll(Enumerable.Range(0, count).Select(number =>
        {
            // Who is behind a path is seen before a client certificate is asked for.
            var endpoint = plan.Endpoints[number % plan.Endpoints.Count];
            return network.Prober.Stranger.OfferAsync(
                token => vantage.ConnectAsync(endpoint, token), version, plan.ServerName, cancellationToken);
        }));
    }

    private static PathEndpoint CreateResult(PathPlan plan, PlaintextAnswer? plaintext, IReadOnlyList<TlsHandshake> handshakes) => new(
        plan.Name,
        plan.Kind,
        plan.Address,
        plan.Purpose,
        plan.Ready,
        plaintext,
        handshakes.Select(Fingerprint.ComputeOfLeaf).OfType<string>().CountBy(fingerprint => fingerprint).ToDictionary(),
        handshakes.Where(handshake => handshake.Chain.Count == 0).CountBy(handshake => handshake.Detail).ToDictionary());
}
