using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>What the probes of the network need.</summary>
/// <param name="Prober">Makes TLS offers.</param>
/// <param name="Plaintext">Asks in plaintext.</param>
/// <param name="Relay">Where connections over the pod network are made from.</param>
/// <param name="Outside">Where connections from outside the cluster are made from.</param>
/// <param name="PortForward">
/// Opens a connection to a port of a pod through the API server, see <see cref="VaultConformance.Harness.Pods.PortForward.ConnectAsync"/>.
/// </param>
/// <param name="IssueReplacement">
/// Issues another certificate of the release, by the same authority; null when the harness did not issue the first.
/// </param>
internal sealed record NetworkServices(
    TlsProber Prober,
    PlaintextProber Plaintext,
    INetworkVantage Relay,
    INetworkVantage Outside,
    Func<string, int, CancellationToken, Task<Stream>> PortForward,
    Func<ServerCertificate>? IssueReplacement);
