using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Engine;

/// <summary>Passes progress on and remembers phases and notices for the report.</summary>
/// <param name="next">Where progress goes.</param>
/// <param name="startedAt">Start of the run (UTC).</param>
internal sealed class PhaseLog(IRunProgress next, DateTimeOffset startedAt) : IRunProgress
{
    private readonly Lock _lock = new();
    private readonly List<PhaseDuration> _phases = [];
    private string _current = "start";
    private string _lastMessage = "nothing yet";

    /// <summary>Start of the run (UTC).</summary>
    public DateTimeOffset StartedAt => startedAt;

    /// <summary>The phase that began last.</summary>
    public string Current => Read(() => _current);

    /// <summary>The last thing that was reported.</summary>
    public string LastMessage => Read(() => _lastMessage);

    /// <summary>Finished phases, in order.</summary>
    public IReadOnlyList<PhaseDuration> Phases => Read(() => _phases.ToList());

    /// <inheritdoc />
    public void Report(ProgressEvent progressEvent)
    {
        lock (_lock)
        {
            _lastMessage = progressEvent.Message;
            if (progressEvent.Kind == ProgressKind.PhaseStarted)
            {
                _current = progressEvent.Phase;
            }
            else if (progressEvent is { Kind: ProgressKind.PhaseFinished, Duration: { } duration })
            {
                _phases.Add(new PhaseDuration(progressEvent.Phase, duration));
            }
        }

        next.Report(progressEvent);
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
