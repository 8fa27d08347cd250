using System.Globalization;
using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>Progress as lines with a time, for logs.</summary>
/// <param name="output">Where to write.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class PlainProgress(TextWriter output, TimeProvider timeProvider) : ConsoleProgress
{
    private readonly Lock _lock = new();

    /// <inheritdoc />
    public override Task<T> WhileAsync<T>(Func<Task<T>> work) => work();

    /// <inheritdoc />
    public override void Report(ProgressEvent progressEvent)
    {
        var time = timeProvider.GetUtcNow().ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var line = $"{time} {Printable.OneLine(progressEvent.Phase),-11} {ProgressText.Of(progressEvent)}";
        lock (_lock)
        {
            output.WriteLine(line);
        }
    }
}
