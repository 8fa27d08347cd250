using System.Collections.Concurrent;

namespace VaultConformance.OfflineKit.Building;

/// <summary>Runs the kit's steps side by side, reports and times each; the first that fails ends the others.</summary>
internal sealed class KitSteps : IDisposable
{
    private readonly KitEnvironment _kit;
    private readonly TimeProvider _timeProvider;
    private readonly CancellationTokenSource _stop;
    private readonly ConcurrentQueue<KitStepTiming> _timings = [];

    public KitSteps(KitEnvironment kit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _kit = kit;
        _timeProvider = timeProvider;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Ends every step.</summary>
    public CancellationToken Token => _stop.Token;

    public IReadOnlyList<KitStepTiming> Timings => [.. _timings];

    public async Task<KitResult> RunAsync(string step, Func<CancellationToken, Task<KitResult>> work)
    {
        var started = _timeProvider.GetTimestamp();
        try
        {
            var result = await work(Token);
            var timing = new KitStepTiming(step, _timeProvider.GetElapsedTime(started), result.FromCache);
            _timings.Enqueue(timing);
            _kit.Note(step, timing.ToString());
            return result;
        }
        catch (Exception exception)
        {
            await _stop.CancelAsync();
            if (KitStepException.IsDiskFull(exception))
            {
                throw KitStepException.DiskFull(step, _kit.Paths.Root, exception);
            }

            throw;
        }
    }

    public void Dispose() => _stop.Dispose();
}
