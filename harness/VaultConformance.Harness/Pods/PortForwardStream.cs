using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;

namespace VaultConformance.Harness.Pods;

/// <summary>
/// One connection to a port of a pod. Reading ends when the pod closes the connection; when the kubelet reported an error, reading fails
/// with an <see cref="IOException"/> whose inner exception is a <see cref="PortForwardException"/>.
/// </summary>
internal sealed class PortForwardStream : DuplexStream
{
    private const byte DataChannel = 0;
    private const byte ErrorChannel = 1;
    private const int PortPrefixLength = sizeof(ushort);
    private const int BufferSize = 32 * 1024;
    private const int LongestError = 4096;
    private readonly ChannelSocket _channels;
    private readonly string _target;
    private readonly CancellationTokenSource _closed = new();
    private readonly Pipe _incoming = new();
    private readonly Stream _reader;
    private readonly int[] _prefixLeft = [PortPrefixLength, PortPrefixLength];
    private readonly MemoryStream _error = new();
    private readonly Task _pump;
    private IOException? _failure;

    public PortForwardStream(ChannelSocket channels, string target)
    {
        _channels = channels;
        _target = target;
        _reader = _incoming.Reader.AsStream();
        _pump = PumpAsync();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await _reader.ReadAsync(buffer, cancellationToken);
        return read == 0 && buffer.Length > 0 && _failure is { } failure ? throw failure : read;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await _channels.SendAsync(DataChannel, buffer, cancellationToken);
        }
        catch (Exception exception) when (exception is WebSocketException or ObjectDisposedException)
        {
            throw CreateFailure(exception);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        Close(disposing: true);
        await _pump;
        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        Close(disposing);
        base.Dispose(disposing);
    }

    private void Close(bool disposing)
    {
        if (disposing && !_closed.IsCancellationRequested)
        {
            _closed.Cancel();
            _channels.Dispose();
            _reader.Dispose();
        }
    }

    /// <summary>Moves what comes into the pipe. Never throws: how it ended is what the reader sees.</summary>
    private async Task PumpAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        Exception? lost = null;
        try
        {
            while (await _channels.ReceiveAsync(buffer.AsMemory(0, BufferSize), _closed.Token) is { } piece)
            {
                await TakeAsync(piece);
            }
        }
        catch (WebSocketException exception) when (exception.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely)
        {
            // The kubelet ends the WebSocket without a closing handshake when the pod closes its side.
        }
        catch (Exception exception)
            when (exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            lost = exception;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        // Not handed to the pipe: that would hide data which came before.
        _failure = lost is not null || _error.Length > 0 ? CreateFailure(lost) : null;
        await _incoming.Writer.CompleteAsync();
    }

    private async Task TakeAsync(ChannelPiece piece)
    {
        if (piece.Channel > ErrorChannel)
        {
            return;
        }

        var skipped = Math.Min(_prefixLeft[piece.Channel], piece.Data.Length);
        _prefixLeft[piece.Channel] -= skipped;
        var data = piece.Data[skipped..];
        if (piece.Channel == DataChannel)
        {
            await _incoming.Writer.WriteAsync(data, _closed.Token);
        }
        else if (_error.Length + data.Length <= LongestError)
        {
            _error.Write(data.Span);
        }
    }

    private IOException CreateFailure(Exception? cause)
    {
        var told = Encoding.UTF8.GetString(_error.ToArray()).Trim();
        var reason = told.Length > 0 ? told : cause?.Message ?? "the connection was closed";
        var failure = new PortForwardException(
            $"The connection to {_target} was ended: {reason.TrimEnd('.')}. Check that the container listens on this port and that the "
                + "pod still runs.", cause);
        return new IOException(failure.Message, failure);
    }
}
