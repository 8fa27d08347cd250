using System.Threading.Channels;

namespace VaultConformance.Harness.Probes.Network.Relay;

/// <summary>Collects exchanges that are asked for at about the same time and carries them out together.</summary>
/// <param name="carryOut">Carries out a batch and gives the answers in the same order.</param>
/// <param name="timeProvider">Clock and timer.</param>
internal sealed class ExchangeBatcher(
    Func<IReadOnlyList<RelayExchange>, CancellationToken, Task<IReadOnlyList<RelayAnswer>>> carryOut,
    TimeProvider timeProvider) : IAsyncDisposable
{
    private const int LargestBatch = 120;
    private const int MostAtOnce = 2;

    // How long a batch stays open for the next exchange. Not a wait for a fact: only how much is done at once depends on it.
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(15);

    private readonly Channel<Pending> _pending = Channel.CreateUnbounded<Pending>();
    private readonly SemaphoreSlim _atOnce = new(MostAtOnce);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task? _collecting;

    /// <summary>Carries out one exchange, together with others.</summary>
    /// <param name="exchange">What to do.</param>
    /// <param name="cancellationToken">Stops waiting; the exchange may be carried out all the same.</param>
    public async Task<RelayAnswer> AskAsync(RelayExchange exchange, CancellationToken cancellationToken)
    {
        var pending = new Pending(exchange, new TaskCompletionSource<RelayAnswer>(TaskCreationOptions.RunContinuationsAsynchronously));
        ObjectDisposedException.ThrowIf(!_pending.Writer.TryWrite(pending), this);
        lock (_gate)
        {
            _collecting ??= CollectAsync(_stop.Token);
        }

        return await pending.Answer.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _pending.Writer.TryComplete();
        if (_collecting is { } collecting)
        {
            await collecting;
        }

        while (_pending.Reader.TryRead(out var left))
        {
            left.Answer.TrySetCanceled(_stop.Token);
        }
    }

    private async Task CollectAsync(CancellationToken cancellationToken)
    {
        var running = new List<Task>();
        var batch = new List<Pending>();
        try
        {
            while (await _pending.Reader.WaitToReadAsync(cancellationToken))
            {
                await _atOnce.WaitAsync(cancellationToken);
                await FillAsync(batch, cancellationToken);
                running.RemoveAll(task => task.IsCompleted);
                running.Add(CarryOutAsync(batch, cancellationToken));
                batch = [];
            }
        }
        catch (OperationCanceledException)
        {
            batch.ForEach(pending => pending.Answer.TrySetCanceled(cancellationToken));
            await Task.WhenAll(running);
        }
    }

    private async Task FillAsync(List<Pending> batch, CancellationToken cancellationToken)
    {
        int before;
        do
        {
            before = batch.Count;
            while (batch.Count < LargestBatch && _pending.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            await Task.Delay(Window, timeProvider, cancellationToken);
        }
        while (batch.Count > before && batch.Count < LargestBatch);
    }

    private async Task CarryOutAsync(List<Pending> batch, CancellationToken cancellationToken)
    {
        try
        {
            var answers = await carryOut([.. batch.Select(pending => pending.Exchange)], cancellationToken);
            foreach (var (pending, answer) in batch.Zip(answers))
            {
                pending.Answer.TrySetResult(answer);
            }
        }
        catch (OperationCanceledException)
        {
            batch.ForEach(pending => pending.Answer.TrySetCanceled(cancellationToken));
        }
        catch (HarnessException exception)
        {
            batch.ForEach(pending => pending.Answer.TrySetException(exception));
        }
        finally
        {
            _atOnce.Release();
        }
    }

    private sealed record Pending(RelayExchange Exchange, TaskCompletionSource<RelayAnswer> Answer);
}
