using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Tests.Tls;

/// <summary>A listener on the loopback interface that treats every connection as the test says.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Socket, CancellationToken, Task> _answer;
    private readonly Task _serving;

    public TestServer(Func<Socket, CancellationToken, Task> answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Connections { get; private set; }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public static TestServer Speaking(byte[] answer) => new(async (socket, cancellationToken) =>
    {
        await socket.ReceiveAsync(new byte[4096], cancellationToken);
        await socket.SendAsync(answer, cancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        await DrainAsync(socket, cancellationToken);
    });

    public Task<Stream> ConnectAsync(CancellationToken cancellationToken) => ConnectAsync((IPEndPoint)_listener.LocalEndpoint, cancellationToken);

    public static Connect To(IPEndPoint endpoint) => cancellationToken => ConnectAsync(endpoint, cancellationToken);

    public static async Task DrainAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, cancellationToken) > 0)
        {
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private static async Task<Stream> ConnectAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException exception)
        {
            socket.Dispose();
            throw new NotConnectedException($"No connection to {endpoint}: {exception.Message}", exception);
        }
    }

    private async Task ServeAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                Connections++;
                conversations.Add(AnswerAsync(socket));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException || (exception is InvalidOperationException && _stop.IsCancellationRequested))
        {
            // Disposal may come between two connections: the listener has stopped by the next one.
            await Task.WhenAll(conversations);
        }
    }

    private async Task AnswerAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                await _answer(socket, _stop.Token);
            }
            catch (Exception exception) when (exception is SocketException or IOException or OperationCanceledException or AuthenticationException)
            {
                await TestContext.Out.WriteLineAsync($"The test server's connection ended: {exception.Message}");
            }
        }
    }
}
