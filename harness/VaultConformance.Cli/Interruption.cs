using System.Runtime.InteropServices;

namespace VaultConformance.Cli;

/// <summary>Turns Ctrl-C and the signals that end a process into cancellation, with a limit for what may still be done after it.</summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>Longest time from the signal to the end of the process.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly TimeProvider _timeProvider;
    private ITimer? _timer;
    private int _signalled;

    /// <summary>Starts to listen.</summary>
    /// <param name="timeProvider">Clock.</param>
    public Interruption(TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, HandleSignal))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Completes when the limit is over, or when a later signal insists.</summary>
    public Task GivenUp => _givenUp.Task;

    /// <summary>Handles a signal. A second Ctrl-C must not leave a cluster behind: it says no more than the first.</summary>
    /// <param name="insists">True for a signal that ends the clean-up, too, when it is not the first one.</param>
    public void Signal(bool insists = false)
    {
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            _timer = _timeProvider.CreateTimer(_ => _givenUp.TrySetResult(), null, Limit, Timeout.InfiniteTimeSpan);
            _cancellation.Cancel();
        }
        else if (insists)
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

    private void HandleSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Signal(context.Signal == PosixSignal.SIGQUIT);
    }
}
