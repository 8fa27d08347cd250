using System.Runtime.InteropServices;

namespace VaultConformance.Cli;

/// <summary>Turns Ctrl-C and the signals that end a process into cancellation, with a limit for what may still be done after it.</summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>Longest time from the signal to the end of the process.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly TimeProvider _timeProvider;
    private ITimer? _timer;

    /// <summary>Starts to listen.</summary>
    /// <param name="timeProvider">Clock.</param>
    public Interruption(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Completes when the limit is over, or at a second signal.</summary>
    public Task GivenUp => _givenUp.Task;

    /// <summary>Handles a signal.</summary>
    public void Signal()
    {
        var first = Interlocked.CompareExchange(ref _timer, NewTimer(), null) is null;
        if (first)
        {
            _timer.Change(Limit, Timeout.InfiniteTimeSpan);
            _cancellation.Cancel();
        }
        else
        {
            _givenUp.TrySetResult();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _timer?.Dispose();
        _cancellation.Dispose();
    }

    private ITimer NewTimer() => _timeProvider.CreateTimer(_ => _givenUp.TrySetResult(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Signal();
    }
}
