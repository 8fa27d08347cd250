namespace VaultConformance.Harness.Waiting;

/// <summary>
/// A token that the caller cancels or the clock, and which of both it was. An interruption must never look like a time that was too short.
/// </summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource _clock;
    private readonly CancellationTokenSource _both;
    private readonly CancellationToken _caller;

    /// <summary>Starts the clock.</summary>
    /// <param name="limit">Longest time; it may be infinite.</param>
    /// <param name="timeProvider">Clock.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public TimeLimit(TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _caller = cancellationToken;
        _clock = new CancellationTokenSource(limit, timeProvider);
        _both = CancellationTokenSource.CreateLinkedTokenSource(_clock.Token, cancellationToken);
    }

    /// <summary>Cancelled by the caller, and when the time is over.</summary>
    public CancellationToken Token => _both.Token;

    /// <summary>True when the time is over and the caller has not cancelled.</summary>
    public bool IsOver => _clock.IsCancellationRequested && !_caller.IsCancellationRequested;

    /// <inheritdoc />
    public void Dispose()
    {
        _both.Dispose();
        _clock.Dispose();
    }
}
