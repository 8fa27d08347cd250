namespace VaultConformance.Harness.Progress;

/// <summary>Convenience over <see cref="IRunProgress"/>.</summary>
public static class RunProgressExtensions
{
    /// <summary>Runs <paramref name="work"/> as one timed phase; the end is reported also when it throws.</summary>
    /// <typeparam name="T">Result of the phase.</typeparam>
    /// <param name="progress">Where to report.</param>
    /// <param name="phase">Short stable name of the phase.</param>
    /// <param name="message">What the phase does, for people.</param>
    /// <param name="timeProvider">Clock for the duration.</param>
    /// <param name="work">The work.</param>
    public static async Task<T> RunPhaseAsync<T>(
        this IRunProgress progress, string phase, string message, TimeProvider timeProvider, Func<Task<T>> work)
    {
        var started = timeProvider.GetTimestamp();
        progress.Report(new ProgressEvent(ProgressKind.PhaseStarted, phase, message));
        try
        {
            return await work();
        }
        finally
        {
            progress.Report(new ProgressEvent(ProgressKind.PhaseFinished, phase, message, timeProvider.GetElapsedTime(started)));
        }
    }

    /// <summary>Reports something worth telling within a phase.</summary>
    /// <param name="progress">Where to report.</param>
    /// <param name="phase">Short stable name of the phase.</param>
    /// <param name="message">The text.</param>
    public static void Note(this IRunProgress progress, string phase, string message) =>
        progress.Report(new ProgressEvent(ProgressKind.Note, phase, message));

    /// <summary>Reports something that must not be missed.</summary>
    /// <param name="progress">Where to report.</param>
    /// <param name="phase">Short stable name of the phase.</param>
    /// <param name="message">The text.</param>
    public static void ReportNotice(this IRunProgress progress, string phase, string message) =>
        progress.Report(new ProgressEvent(ProgressKind.Notice, phase, message));
}
