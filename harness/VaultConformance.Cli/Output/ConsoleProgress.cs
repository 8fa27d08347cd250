using System.Globalization;
using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>Shows what a run is doing.</summary>
internal abstract class ConsoleProgress : IRunProgress
{
    /// <summary>Progress that suits the console: live on a terminal, lines with a time everywhere else.</summary>
    /// <param name="console">The console.</param>
    /// <param name="timeProvider">Clock.</param>
    /// <param name="detail">How much is said; little means notices only.</param>
    public static ConsoleProgress CreateFor(CliConsole console, TimeProvider timeProvider, Detail detail = Detail.Normal) =>
        detail == Detail.Quiet ? new QuietProgress(console)
        : console.Traits.Live ? new LiveProgress(console.Ansi, timeProvider)
        : new PlainProgress(console.Out, timeProvider);

    /// <summary>Shows progress while something runs.</summary>
    /// <typeparam name="T">Result of the work.</typeparam>
    /// <param name="work">The work; reports to this object.</param>
    public abstract Task<T> ShowWhileAsync<T>(Func<Task<T>> work);

    /// <inheritdoc />
    public abstract void Report(ProgressEvent progressEvent);
}

/// <summary>Progress for those who want none: only what must not be missed.</summary>
/// <param name="console">The console.</param>
internal sealed class QuietProgress(CliConsole console) : ConsoleProgress
{
    /// <inheritdoc />
    public override Task<T> ShowWhileAsync<T>(Func<Task<T>> work) => work();

    /// <inheritdoc />
    public override void Report(ProgressEvent progressEvent)
    {
        if (progressEvent.Kind == ProgressKind.Notice)
        {
            console.WriteLine(ProgressText.Describe(progressEvent), Tone.Warning);
        }
    }
}

/// <summary>Words for progress events.</summary>
internal static class ProgressText
{
    /// <summary>The event in one line.</summary>
    /// <param name="progressEvent">The event.</param>
    public static string Describe(ProgressEvent progressEvent)
    {
        var message = Printable.ToOneLine(progressEvent.Message);
        return progressEvent.Kind switch
        {
            ProgressKind.PhaseStarted => $"{message} …",
            ProgressKind.PhaseFinished => $"{message}: {FormatSeconds(progressEvent.Duration ?? TimeSpan.Zero)}",
            ProgressKind.Notice => $"NOTICE: {message}",
            _ => message,
        };
    }

    /// <summary>How long something has been running, in whole minutes.</summary>
    /// <param name="running">What is running.</param>
    /// <param name="now">Timestamp of now.</param>
    /// <param name="timeProvider">Clock.</param>
    public static string DescribeHeartbeat(RunningPhase running, long now, TimeProvider timeProvider)
    {
        var minutes = (int)timeProvider.GetElapsedTime(running.StartedAt, now).TotalMinutes;
        var last = running.LastNote is { } note ? $"; last: {Printable.ToOneLine(note)}" : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"still {Printable.ToOneLine(running.Message)}, {minutes} min{last}");
    }

    /// <summary>A duration in seconds, for example <c>3.1 s</c>.</summary>
    /// <param name="duration">The duration.</param>
    public static string FormatSeconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");
}
