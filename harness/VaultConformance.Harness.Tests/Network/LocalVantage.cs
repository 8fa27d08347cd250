using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Tests.Network;

/// <summary>Leads endpoints of an imagined cluster to listeners of the test.</summary>
internal sealed class LocalVantage(NetworkRoute route = NetworkRoute.PodNetwork) : INetworkVantage
{
    private readonly Dictionary<NetworkEndpoint, Connect> _endpoints = [];

    public NetworkRoute Route => route;

    public LocalVantage Lead(string host, int port, Connect connect)
    {
        _endpoints[new NetworkEndpoint(host, port)] = connect;
        return this;
    }

    public Task<Stream> ConnectAsync(NetworkEndpoint endpoint, CancellationToken cancellationToken) =>
        _endpoints.TryGetValue(endpoint, out var connect) ? connect(cancellationToken) : throw new NotConnectedException($"nothing at {endpoint}");
}
