using Spectre.Console;
using VaultConformance.Harness.Progress;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>Progress on a terminal: finished phases and notes as lines, running phases in one live line below them.</summary>
/// <param name="console">The terminal.</param>
internal sealed class LiveProgress(IAnsiConsole console) : ConsoleProgress
{
    private readonly Lock _lock = new();
    private readonly List<(string Phase, string Message)> _running = [];
    private StatusContext? _status;

    /// <inheritdoc />
    public override Task<T> ShowWhileAsync<T>(Func<Task<T>> work) => console.Status().StartAsync("Starting", async context =>
    {
        Attach(context);
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
            Track(progressEvent);
            if (progressEvent.Kind != ProgressKind.PhaseStarted)
            {
                console.Write(
                    new Text($"{Mark(progressEvent.Kind)} {ProgressText.Describe(progressEvent)}\n", ChooseStyle(progressEvent.Kind)));
            }

            if (_running.Count > 0)
            {
                _status?.Status(Markup.Escape(string.Join("; ", _running.Select(phase => Printable.ToOneLine(phase.Message)))));
            }
        }
    }

    private void Attach(StatusContext? context)
    {
        lock (_lock)
        {
            _status = context;
        }
    }

    private void Track(ProgressEvent progressEvent)
    {
        switch (progressEvent.Kind)
        {
            case ProgressKind.PhaseStarted:
                _running.Add((progressEvent.Phase, progressEvent.Message));
                break;
            case ProgressKind.PhaseFinished:
                _running.Remove((progressEvent.Phase, progressEvent.Message));
                break;
        }
    }

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
