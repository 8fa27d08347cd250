using Spectre.Console;
using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>Progress on a terminal: finished phases and notes as lines, running phases in one live line below them.</summary>
/// <param name="console">The terminal.</param>
/// <param name="timeProvider">Clock.</param>
internal sealed class LiveProgress(IAnsiConsole console, TimeProvider timeProvider) : ConsoleProgress
{
    private readonly Lock _lock = new();
    private readonly RunningPhases _running = new(timeProvider);
    private StatusContext? _status;

    /// <inheritdoc />
    public override Task<T> ShowWhileAsync<T>(Func<Task<T>> work) => console.Status().StartAsync("Starting", async context =>
    {
        Attach(context);
        await using var timer =
            timeProvider.CreateTimer(_ => ShowRunning(), null, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        try
        {
            return await work();
        }
        finally
        {
            Attach(null);
        }
    });

    /// <inheritdoc />
    public override void Report(ProgressEvent progressEvent)
    {
        lock (_lock)
        {
            _running.Follow(progressEvent);
            if (progressEvent.Kind != ProgressKind.PhaseStarted)
            {
                console.Write(
                    new Text($"{Mark(progressEvent.Kind)} {ProgressText.Describe(progressEvent)}\n", ChooseStyle(progressEvent.Kind)));
            }
        }

        ShowRunning();
    }

    private void Attach(StatusContext? context)
    {
        lock (_lock)
        {
            _status = context;
        }
    }

    private void ShowRunning()
    {
        lock (_lock)
        {
            if (_running.List.Count > 0)
            {
                _status?.Status(Markup.Escape(string.Join("; ", _running.List.Select(Describe))));
            }
        }
    }

    private string Describe(RunningPhase phase) =>
        timeProvider.GetElapsedTime(phase.StartedAt) >= TimeSpan.FromMinutes(1)
            ? ProgressText.DescribeHeartbeat(phase, timeProvider.GetTimestamp(), timeProvider)
            : Printable.ToOneLine(phase.Message);

    private static string Mark(ProgressKind kind) => kind switch
    {
        ProgressKind.PhaseFinished => "✓",
        ProgressKind.Notice => "!",
        _ => " ",
    };

    private static Style ChooseStyle(ProgressKind kind) => kind switch
    {
        ProgressKind.Notice => Tone.Warning.Style,
        ProgressKind.Note => Tone.Faint.Style,
        _ => Tone.Plain.Style,
    };
}
