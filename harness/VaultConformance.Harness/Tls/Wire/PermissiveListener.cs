using System.Net;
using System.Net.Sockets;
using Org.BouncyCastle.Tls;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>A listener on the loopback interface that speaks old versions too, to try the prober out on.</summary>
internal sealed class PermissiveListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly PermissiveCredentials _credentials;
    private readonly VersionRange _versions;
    private readonly Task _serving;

    private PermissiveListener(PermissiveCredentials credentials, VersionRange versions)
    {
        (_credentials, _versions) = (credentials, versions);
        _listener.Start();
        _serving = ServeAsync(_stop.Token);
    }

    /// <summary>Opens the listener.</summary>
    /// <exception cref="SocketException">It cannot be opened.</exception>
    public static PermissiveListener Start(TimeProvider timeProvider, VersionRange versions) =>
        new(PermissiveCredentials.Create(timeProvider), versions);

    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_listener.LocalEndpoint, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(cancellationToken);
                conversations.Add(Task.Run(() => AnswerAsync(client, cancellationToken), CancellationToken.None));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task AnswerAsync(TcpClient client, CancellationToken cancellationToken)
    {
        using (client)
        {
            var protocol = new TlsServerProtocol();
            protocol.Accept(new PermissiveServer(_credentials, _versions));
            try
            {
                await PumpAsync(protocol, client.GetStream(), cancellationToken);
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client sees the same end and reports it; there is nobody on this side to tell.
                protocol.Close();
            }
        }
    }

    private static async Task PumpAsync(TlsServerProtocol protocol, NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            try
            {
                protocol.OfferInput(buffer, 0, read);
            }
            finally
            {
                // Also when the offer is refused: then this is the alert.
                await SendAsync(protocol, stream, cancellationToken);
            }
        }
    }

    private static async Task SendAsync(TlsServerProtocol protocol, NetworkStream stream, CancellationToken cancellationToken)
    {
        var output = new byte[protocol.GetAvailableOutputBytes()];
        protocol.ReadOutput(output, 0, output.Length);
        await stream.WriteAsync(output, cancellationToken);
    }
}
