using System.Text;

namespace VaultConformance.Harness.Vault;

/// <summary>Opens API clients for server pods, over TLS or plaintext as the listener really speaks.</summary>
/// <param name="factory">Makes clients.</param>
/// <param name="connect">Opens a byte stream to a port of a pod.</param>
/// <param name="trust">Accepted certificates.</param>
/// <param name="headlessService">Name of the headless Service, for the host name that certificates carry.</param>
internal sealed class ServerConnections(
    IVaultApiFactory factory, Func<string, int, CancellationToken, Task<Stream>> connect, EndpointTrust trust, string headlessService)
{
    private static readonly byte[] PlainRequest = Encoding.ASCII.GetBytes("GET /v1/sys/seal-status HTTP/1.0\r\n\r\n");

    /// <summary>A client for one pod.</summary>
    /// <exception cref="HarnessException">The port cannot be reached.</exception>
    internal async Task<ServerConnection> OpenAsync(string pod, int port, CancellationToken cancellationToken)
    {
        var speaksTls = await SpeaksTlsAsync(pod, port, cancellationToken);
        var scheme = speaksTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        var address = new UriBuilder(scheme, $"{pod}.{headlessService}", port).Uri;
        var endpoint = new VaultEndpoint(pod, address, token => connect(pod, port, token), speaksTls ? trust : null);
        return new ServerConnection(pod, address, factory.Create(endpoint));
    }

    // A Go TLS listener answers plaintext with HTTP 400 and says why; anything that closes or sends an alert does not speak HTTP either.
    private async Task<bool> SpeaksTlsAsync(string pod, int port, CancellationToken cancellationToken)
    {
        await using var stream = await connect(pod, port, cancellationToken);
        try
        {
            await stream.WriteAsync(PlainRequest, cancellationToken);
            var buffer = new byte[256];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            var answer = Encoding.ASCII.GetString(buffer, 0, length);
            return !answer.StartsWith("HTTP/1.", StringComparison.Ordinal) || answer.Contains("HTTPS server", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}

/// <summary>An open client for one server pod.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Address">API address that clients inside the cluster can use.</param>
/// <param name="Api">The client.</param>
internal sealed record ServerConnection(string Pod, Uri Address, IVaultApi Api) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Api.Dispose();
}
