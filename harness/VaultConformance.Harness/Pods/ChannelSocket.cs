using System.Buffers;
using System.Net.WebSockets;

namespace VaultConformance.Harness.Pods;

/// <summary>
/// The <c>v4.channel.k8s.io</c> framing on a WebSocket that it owns: every message is one channel byte and a payload.
/// <para>
/// The client library's <c>StreamDemuxer</c> is not used: its reads block a thread each and cannot be cancelled, it does not tell a lost
/// connection from the end of a stream, and it repeats the channel byte in the middle of messages above 15 KiB, which corrupts long scripts
/// (KubernetesClient 21.0.8). That reads cannot be cancelled is https://github.com/kubernetes-client/csharp/issues/1635.
/// </para>
/// </summary>
/// <param name="socket">An open socket.</param>
internal sealed class ChannelSocket(WebSocket socket) : IDisposable
{
    private const int LargestPayload = 16 * 1024;
    private readonly SemaphoreSlim _sending = new(1);
    private byte? _openMessage;

    /// <summary>Sends a payload on a channel, in several messages when it is long.</summary>
    public async Task SendAsync(byte channel, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var message = ArrayPool<byte>.Shared.Rent(LargestPayload + 1);
        await _sending.WaitAsync(cancellationToken);
        try
        {
            for (var sent = 0; sent < payload.Length; sent += LargestPayload)
            {
                var part = payload.Slice(sent, Math.Min(LargestPayload, payload.Length - sent));
                message[0] = channel;
                part.CopyTo(message.AsMemory(1));
                await socket.SendAsync(
                    message.AsMemory(0, part.Length + 1), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
            }
        }
        finally
        {
            _sending.Release();
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    /// <summary>Receives the next piece of any channel into the buffer; null when the peer closed the connection properly.</summary>
    /// <exception cref="WebSocketException">The connection was lost.</exception>
    public async Task<ChannelPiece?> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var received = await socket.ReceiveAsync(buffer, cancellationToken);
        if (received.MessageType == WebSocketMessageType.Close)
        {
            return null;
        }

        var data = buffer[..received.Count];
        if (_openMessage is null && data.Length > 0)
        {
            _openMessage = data.Span[0];
            data = data[1..];
        }

        var piece = new ChannelPiece(_openMessage ?? 0, data);
        if (received.EndOfMessage)
        {
            _openMessage = null;
        }

        return piece;
    }

    /// <summary>Ends the connection at once; a receive that is under way fails.</summary>
    public void Dispose()
    {
        socket.Abort();
        socket.Dispose();
        _sending.Dispose();
    }
}

/// <summary>A piece of what came on a channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Data">Valid until the buffer is used again; may be empty.</param>
internal readonly record struct ChannelPiece(byte Channel, ReadOnlyMemory<byte> Data);
