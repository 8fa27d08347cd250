using System.Globalization;
using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>Progress as lines with a time, for logs. A phase that takes long says each minute that it is still running.</summary>
/// <param name="output">Where to write.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class PlainProgress(TextWriter output, TimeProvider timeProvider) : ConsoleProgress
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly RunningPhases _running = new(timeProvider);
    private long _lastLine = timeProvider.GetTimestamp();

    /// <inheritdoc />
    public override async Task<T> ShowWhileAsync<T>(Func<Task<T>> work)
    {
        await using var timer = timeProvider.CreateTimer(_ => Beat(), null, Heartbeat, Heartbeat);
        return await work();
    }

    /// <inheritdoc />
    public override void Report(ProgressEvent progressEvent)
    {
        lock (_lock)
        {
            _running.Follow(progressEvent);
            Write(progressEvent.Phase, ProgressText.Describe(progressEvent));
        }
    }

    private void Beat()
    {
        lock (_lock)
        {
            if (_running.List.Count > 0 && timeProvider.GetElapsedTime(_lastLine) >= Heartbeat / 2)
            {
                var running = _running.List[^1];
                Write(running.Phase, ProgressText.DescribeHeartbeat(running, timeProvider.GetTimestamp(), timeProvider));
            }
        }
    }

    private void Write(string phase, string text)
    {
        var time = timeProvider.GetUtcNow().ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        output.WriteLine($"{time} {Printable.ToOneLine(phase),-11} {text}");
        _lastLine = timeProvider.GetTimestamp();
    }
}
