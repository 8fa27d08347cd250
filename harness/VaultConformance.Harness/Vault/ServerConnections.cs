using System.Text;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Vault;

/// <summary>Opens API clients for server pods, over TLS or plaintext as the listener really speaks.</summary>
/// <param name="factory">Makes clients.</param>
/// <param name="connect">Opens a byte stream to a port of a pod.</param>
/// <param name="trust">Accepted certificates.</param>
/// <param name="headlessService">Name of the headless Service, for the host name that certificates carry.</param>
/// <param name="client">Certificate that is shown to servers that ask for one; null for none.</param>
internal sealed class ServerConnections(
    IVaultApiFactory factory,
    Func<string, int, CancellationToken, Task<Stream>> connect,
    EndpointTrust trust,
    string headlessService,
    ClientCertificate? client = null)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);
    private static readonly byte[] PlainRequest = Encoding.ASCII.GetBytes("GET /v1/sys/seal-status HTTP/1.0\r\n\r\n");

    /// <summary>Certificate that is shown to servers that ask for one; null for none.</summary>
    internal ClientCertificate? Client => client;

    /// <summary>A client for one pod.</summary>
    /// <exception cref="HarnessException">The port cannot be reached, or nothing listens on it.</exception>
    internal async Task<ServerConnection> OpenAsync(string pod, int port, CancellationToken cancellationToken)
    {
        var (speaksTls, refusal) = await SpeaksTlsAsync(pod, port, cancellationToken);
        if (refusal is not null)
        {
            throw new HarnessException(
                FailureKind.Environment, $"Nothing listens on port {port} of pod '{pod}': {refusal}. See its log in the diagnostics.");
        }

        var scheme = speaksTls ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;
        var address = new UriBuilder(scheme, $"{pod}.{headlessService}", port).Uri;
        var endpoint = new VaultEndpoint(pod, address, token => ConnectAsync(pod, port, token), speaksTls ? trust : null, client);
        return new ServerConnection(pod, address, factory.Create(endpoint));
    }

    /// <summary>A client for one pod, as soon as its server listens: a container runs a moment before its server does.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="port">Its port.</param>
    /// <param name="wait">Waits.</param>
    /// <param name="limit">Longest wait.</param>
    /// <param name="crash">Says why the server cannot come up any more; null while it may.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HarnessException">The port cannot be reached, the server has ended, or nothing came to listen on it.</exception>
    internal Task<ServerConnection> OpenWhenListeningAsync(
        string pod,
        int port,
        Wait wait,
        TimeSpan limit,
        Func<CancellationToken, Task<string?>> crash,
        CancellationToken cancellationToken) =>
        wait.UntilAsync<ServerConnection>(
            new WaitGoal($"the server of pod '{pod}' to listen on port {port}", limit, Interval, "See its log in the diagnostics folder.")
            {
                GrowsWithTimeout = true,
            },
            async token => await FindRefusalAsync(pod, port, token) is { } refusal
                ? await crash(token) is { } reason
                    ? new Sighting<ServerConnection>.Hopeless(reason)
                    : new Sighting<ServerConnection>.NotYet(refusal)
                : new Sighting<ServerConnection>.Reached(await OpenAsync(pod, port, token)),
            cancellationToken);

    // A kubelet that is busy refuses a connection now and then; the next one gets through.
    private async Task<string?> FindRefusalAsync(string pod, int port, CancellationToken cancellationToken)
    {
        try
        {
            return (await SpeaksTlsAsync(pod, port, cancellationToken)).Refusal;
        }
        catch (PortForwardException exception) when (exception.MayPass)
        {
            return exception.Message.TrimEnd('.');
        }
    }

    // One refusal that may pass is answered by one fresh connection; whoever waits for the server asks again after a second one.
    private async Task<Stream> ConnectAsync(string pod, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await connect(pod, port, cancellationToken);
        }
        catch (PortForwardException exception) when (exception.MayPass)
        {
            return await connect(pod, port, cancellationToken);
        }
    }

    // A Go TLS listener answers plaintext with HTTP 400 and says why; anything that closes or sends an alert does not speak HTTP either.
    // But that nothing listens must not be taken for TLS: the client would speak it for ever to a server that does not.
    private async Task<(bool Tls, string? Refusal)> SpeaksTlsAsync(string pod, int port, CancellationToken cancellationToken)
    {
        await using var stream = await ConnectAsync(pod, port, cancellationToken);
        try
        {
            await stream.WriteAsync(PlainRequest, cancellationToken);
            var buffer = new byte[256];
            var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            var answer = Encoding.ASCII.GetString(buffer, 0, length);
            return (!answer.StartsWith("HTTP/1.", StringComparison.Ordinal)
                || answer.Contains("HTTPS server", StringComparison.Ordinal), null);
        }
        catch (IOException exception) when (exception.InnerException is PortForwardException refusal)
        {
            return (false, refusal.Message.TrimEnd('.'));
        }
        catch (IOException)
        {
            return (true, null);
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
