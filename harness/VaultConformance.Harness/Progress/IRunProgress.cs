namespace VaultConformance.Harness.Progress;

/// <summary>Receives what a run is doing, as it happens. Implementations must be safe to call from several threads.</summary>
public interface IRunProgress
{
    /// <summary>Reports one event.</summary>
    /// <param name="progressEvent">The event; its text contains no secrets.</param>
    void Report(ProgressEvent progressEvent);
}

/// <summary>One step of a run.</summary>
/// <param name="Kind">What the event marks.</param>
/// <param name="Phase">Short stable name of the phase, for example <c>cluster</c>.</param>
/// <param name="Message">Text for people.</param>
/// <param name="Duration">How long the phase took; only for <see cref="ProgressKind.PhaseFinished"/>.</param>
public sealed record ProgressEvent(ProgressKind Kind, string Phase, string Message, TimeSpan? Duration = null);

/// <summary>What a <see cref="ProgressEvent"/> marks.</summary>
public enum ProgressKind
{
    /// <summary>A phase began.</summary>
    PhaseStarted,

    /// <summary>A phase ended.</summary>
    PhaseFinished,

    /// <summary>Something worth telling happened within a phase.</summary>
    Note,

    /// <summary>A notice that must not be missed, for example that a stand-in is tested.</summary>
    Notice,
}
