using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>
/// Connects through the API server into one pod's own loopback interface. Reaches the listener, proves nothing about the network path.
/// </summary>
/// <param name="pod">The pod.</param>
/// <param name="connect">Opens a connection to a port of a pod, for example <see cref="PortForward.ConnectAsync"/>.</param>
internal sealed class PortForwardVantage(string pod, Func<string, int, CancellationToken, Task<Stream>> connect) : INetworkVantage
{
    /// <inheritdoc />
    public NetworkRoute Route => NetworkRoute.PortForward;

    /// <inheritdoc />
    /// <remarks>The host is not used: the connection always ends in the pod.</remarks>
    public async Task<Stream> ConnectAsync(NetworkEndpoint endpoint, CancellationToken cancellationToken)
    {
        try
        {
            return new ForwardedStream(await connect(pod, endpoint.Port, cancellationToken));
        }
        catch (PortForwardException exception)
        {
            throw new NotConnectedException(exception.Message, exception);
        }
    }
}
