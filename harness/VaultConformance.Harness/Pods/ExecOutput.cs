namespace VaultConformance.Harness.Pods;

/// <summary>Collects what comes on the channels of an exec connection, up to a limit.</summary>
/// <param name="limit">Most bytes on standard output and standard error together.</param>
internal sealed class ExecOutput(int limit) : IDisposable
{
    private const int LargestStatus = 64 * 1024;
    private readonly MemoryStream _output = new();
    private readonly MemoryStream _error = new();
    private readonly MemoryStream _status = new();

    /// <summary>True when the limit was passed; the collection is then incomplete.</summary>
    public bool TooLarge { get; private set; }

    public ReadOnlyMemory<byte> Output => _output.ToArray();

    public ReadOnlyMemory<byte> Error => _error.ToArray();

    /// <summary>The status document: JSON of a <c>v1.Status</c>; empty when none came.</summary>
    public ReadOnlyMemory<byte> Status => _status.ToArray();

    public void Add(ChannelPiece piece)
    {
        var stream = piece.Channel switch
        {
            ExecChannels.Output => _output,
            ExecChannels.Error => _error,
            ExecChannels.Status => _status,
            _ => null,
        };
        if (stream is null)
        {
            return;
        }

        TooLarge |= stream == _status
            ? _status.Length + piece.Data.Length > LargestStatus
            : _output.Length + _error.Length + piece.Data.Length > limit;
        if (!TooLarge)
        {
            stream.Write(piece.Data.Span);
        }
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        _status.Dispose();
    }
}

/// <summary>Channel numbers of the remote command protocol.</summary>
internal static class ExecChannels
{
    public const byte Input = 0;
    public const byte Output = 1;
    public const byte Error = 2;
    public const byte Status = 3;
}
