using System.Globalization;
using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>Words for progress events.</summary>
internal static class ProgressText
{
    /// <summary>The event in one line.</summary>
    /// <param name="progressEvent">The event.</param>
    public static string Of(ProgressEvent progressEvent)
    {
        var message = Printable.OneLine(progressEvent.Message);
        return progressEvent.Kind switch
        {
            ProgressKind.PhaseStarted => $"{message} …",
            ProgressKind.PhaseFinished => $"{message}: {Seconds(progressEvent.Duration ?? TimeSpan.Zero)}",
            ProgressKind.Notice => $"NOTICE: {message}",
            _ => message,
        };
    }

    /// <summary>A duration in seconds, for example <c>3.1 s</c>.</summary>
    /// <param name="duration">The duration.</param>
    public static string Seconds(TimeSpan duration) => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s");
}
