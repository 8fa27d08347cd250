using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Probes.Network.Relay;

/// <summary>
/// A connection that is good for one question and one answer: what is written before the first read is the question, what is written later
/// is discarded because the endpoint has closed by then.
/// </summary>
/// <param name="endpoint">Where to.</param>
/// <param name="ask">Carries out the exchange.</param>
internal sealed class RelayStream(NetworkEndpoint endpoint, Func<RelayExchange, CancellationToken, Task<RelayAnswer>> ask) : DuplexStream
{
    private readonly MemoryStream _question = new();
    private RelayAnswer? _answer;
    private int _taken;

    /// <inheritdoc />
    /// <exception cref="NotConnectedException">There never was a connection.</exception>
    /// <exception cref="NoAnswerException">The endpoint kept the connection open but sent nothing (more).</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _answer ??= await AskAsync(cancellationToken);
        if (_answer.Ending == RelayEnding.NotConnected)
        {
            throw new NotConnectedException($"No connection from the relay pod to {endpoint}: {_answer.Message}.");
        }

        var count = Math.Min(buffer.Length, _answer.Answer.Length - _taken);
        if (count == 0 && buffer.Length > 0 && _answer.Ending == RelayEnding.StillOpen)
        {
            throw new NoAnswerException($"{endpoint} kept the connection open and sent nothing more.");
        }

        if (_answer.Ending == RelayEnding.OutOfTime)
        {
            throw new NoAnswerException($"The relay pod's probe of {endpoint} ran out of time twice without any answer. Run again when "
                + "the cluster is less busy.") { OutOfTime = true };
        }

        _answer.Answer.Slice(_taken, count).CopyTo(buffer);
        _taken += count;
        return count;
    }

    /// <summary>Asks, and once more when nothing at all came: a busy machine is no answer. An answer is never asked for again.</summary>
    private async Task<RelayAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var exchange = new RelayExchange(endpoint, _question.ToArray());
        var first = await ask(exchange, cancellationToken);
        return first.Ending == RelayEnding.OutOfTime
            || (first.Ending == RelayEnding.NotConnected && first.Message.Contains("timed out", StringComparison.OrdinalIgnoreCase))
            ? await ask(exchange, cancellationToken)
            : first;
    }

    /// <inheritdoc />
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_answer is null)
        {
            _question.Write(buffer.Span);
        }

        return ValueTask.CompletedTask;
    }
}
