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
    public static ConsoleProgress CreateFor(CliConsole console, TimeProvider timeProvider) =>
        console.Live ? new LiveProgress(console.Ansi) : new PlainProgress(console.Out, timeProvider);

    /// <summary>Shows progress while something runs.</summary>
    /// <typeparam name="T">Result of the work.</typeparam>
    /// <param name="work">The work; reports to this object.</param>
    public abstract Task<T> ShowWhileAsync<T>(Func<Task<T>> work);

    /// <inheritdoc />
    public abstract void Report(ProgressEvent progressEvent);
}

/// <summary>Progress as lines with a time, for logs.</summary>
/// <param name="output">Where to write.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class PlainProgress(TextWriter output, TimeProvider timeProvider) : ConsoleProgress
{
    private readonly Lock _lock = new();

    /// <inheritdoc />
    public override Task<T> ShowWhileAsync<T>(Func<Task<T>> work) => work();

    /// <inheritdoc />
    public override void Report(ProgressEvent progressEvent)
    {
        var time = timeProvider.GetUtcNow().ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var line = $"{time} {Printable.ToOneLine(progressEvent.Phase),-11} {ProgressText.Describe(progressEvent)}";
        lock (_lock)
        {
            output.WriteLine(line);
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

    /// <summary>A duration in seconds, for example <c>3.1 s</c>.</summary>
    /// <param name="duration">The duration.</param>
    public static string FormatSeconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");
}
