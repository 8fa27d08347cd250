using System.Net.Sockets;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>Connects from this machine, as a client outside the cluster does.</summary>
internal sealed class DirectVantage : INetworkVantage
{
    /// <inheritdoc />
    public NetworkRoute Route => NetworkRoute.PodNetwork;

    /// <inheritdoc />
    public async Task<Stream> ConnectAsync(NetworkEndpoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new NotConnectedException($"No connection from this machine to {endpoint}: {exception.Message}", exception);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }
}
