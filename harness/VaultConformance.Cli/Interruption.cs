using System.Runtime.InteropServices;

namespace VaultConformance.Cli;

/// <summary>Turns Ctrl-C and the signals that end a process into cancellation, with a limit for what may still be done after it.</summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>Longest time from the signal to the end of the process.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Repeats within this time are the same wish: <c>timeout</c>, wrappers and build servers send several signals at once.
    /// </summary>
    public static readonly TimeSpan Repeat = TimeSpan.FromSeconds(2);

    private static readonly PosixSignal[] Signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT];

    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly TimeProvider _timeProvider;
    private readonly Action _announce;
    private readonly Lock _lock = new();
    private ITimer? _timer;
    private long? _first;

    /// <summary>Starts to listen.</summary>
    /// <param name="timeProvider">Clock.</param>
    /// <param name="announce">Says, at the first signal, what happens now.</param>
    public Interruption(TimeProvider timeProvider, Action announce)
    {
        _timeProvider = timeProvider;
        _announce = announce;
        _registrations = [.. Signals.Select(signal => PosixSignalRegistration.Create(signal, HandleSignal))];
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _cancellation.Token;

    /// <summary>Completes when the limit is over, or when a later signal asks to leave what was created.</summary>
    public Task GivenUp => _givenUp.Task;

    /// <summary>Handles a signal: the first one ends the work, and one that comes later than a repeat ends the clean-up, too.</summary>
    /// <param name="insists">True for a signal that ends the clean-up at once when it is not the first one.</param>
    public void Signal(bool insists = false)
    {
        lock (_lock)
        {
            if (_first is { } first)
            {
                if (insists || _timeProvider.GetElapsedTime(first) >= Repeat)
                {
                    _givenUp.TrySetResult();
                }

                return;
            }

            _first = _timeProvider.GetTimestamp();
            _timer = _timeProvider.CreateTimer(_ => _givenUp.TrySetResult(), null, Limit, Timeout.InfiniteTimeSpan);
        }

        _announce();
        _cancellation.Cancel();
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
