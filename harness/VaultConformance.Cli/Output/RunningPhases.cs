using VaultConformance.Harness.Progress;

namespace VaultConformance.Cli.Output;

/// <summary>Remembers which phases are running.</summary>
/// <param name="timeProvider">Clock.</param>
internal sealed class RunningPhases(TimeProvider timeProvider)
{
    private readonly List<RunningPhase> _running = [];

    /// <summary>The running phases, the oldest first.</summary>
    public IReadOnlyList<RunningPhase> List => _running;

    /// <summary>Follows an event.</summary>
    /// <param name="progressEvent">The event.</param>
    public void Follow(ProgressEvent progressEvent)
    {
        switch (progressEvent.Kind)
        {
            case ProgressKind.PhaseStarted:
                _running.Add(new RunningPhase(progressEvent.Phase, progressEvent.Message, timeProvider.GetTimestamp(), null));
                break;
            case ProgressKind.PhaseFinished:
                _running.RemoveAll(phase => (phase.Phase, phase.Message) == (progressEvent.Phase, progressEvent.Message));
                break;
            case ProgressKind.Note when _running.Count > 0:
                _running[^1] = _running[^1] with { LastNote = progressEvent.Message };
                break;
        }
    }
}

/// <summary>A phase that is running.</summary>
/// <param name="Phase">Its name.</param>
/// <param name="Message">What it does.</param>
/// <param name="StartedAt">Timestamp of its start.</param>
/// <param name="LastNote">What it said last; null when it has said nothing.</param>
internal sealed record RunningPhase(string Phase, string Message, long StartedAt, string? LastNote);
