using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace VaultConformance.Harness.Pods;

/// <summary>A loopback listener whose connections end in a pod.</summary>
internal sealed class LocalPortForward : IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<Stream>> _connect;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private readonly Task _accepting;

    internal LocalPortForward(Func<CancellationToken, Task<Stream>> connect)
    {
        _connect = connect;
        _listener.Start();
        EndPoint = (IPEndPoint)_listener.LocalEndpoint;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens: 127.0.0.1 and a free port.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Why connections failed so far; the clients themselves only see a closed connection.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>Stops listening and ends all connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_closed.IsCancellationRequested)
        {
            return;
        }

        await _closed.CancelAsync();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _listener.Dispose();
        _closed.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_closed.Token);
                Track(ServeAsync(client));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
        catch (SocketException exception)
        {
            _problems.Enqueue(exception.Message);
        }
    }

    private void Track(Task connection)
    {
        _connections.TryAdd(connection, 0);
        _ = connection.ContinueWith(done => _connections.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var local = client;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
        try
        {
            await using var remote = await _connect(ended.Token);
            var near = local.GetStream();
            Task[] directions = [near.CopyToAsync(remote, ended.Token), remote.CopyToAsync(near, ended.Token)];
            await Task.WhenAny(directions);
            await ended.CancelAsync();
            await Task.WhenAll(directions);
        }
        catch (Exception exception) when (exception is HarnessException or IOException or SocketException)
        {
            _problems.Enqueue(exception.Message);
        }
        catch (OperationCanceledException)
        {
            // One side ended, which is how every connection ends.
        }
    }
}
