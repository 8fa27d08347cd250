using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>
/// A port-forwarded connection that tells "nobody listens there" from "the listener broke the connection": both come as the same failure of
/// a read. What the kubelet makes of a broken connection is https://github.com/kubernetes/kubernetes/issues/74551.
/// </summary>
/// <param name="inner">The connection; owned.</param>
internal sealed class ForwardedStream(Stream inner) : DuplexStream
{
    private static readonly string[] BrokenByListener = ["reset by peer", "broken pipe"];

    private bool _answered;

    /// <inheritdoc />
    /// <exception cref="NotConnectedException">
    /// Nothing came and the kubelet does not say that the listener broke the connection.
    /// </exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            _answered |= read > 0;
            return read;
        }
        catch (IOException exception) when (exception.InnerException is PortForwardException && !_answered && !IsFromListener(exception))
        {
            throw new NotConnectedException(exception.Message, exception);
        }
    }

    /// <inheritdoc />
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc />
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc />
    public override void Flush() => inner.Flush();

    /// <inheritdoc />
    public override async ValueTask DisposeAsync()
    {
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static bool IsFromListener(IOException exception) =>
        BrokenByListener.Any(words => exception.Message.Contains(words, StringComparison.OrdinalIgnoreCase));
}
