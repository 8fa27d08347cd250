using VaultConformance.Harness.Progress;

namespace VaultConformance.Cli.Output;

/// <summary>Shows notices, and what is fetched; the rest takes no time.</summary>
/// <param name="console">The console.</param>
internal sealed class NoticeProgress(CliConsole console) : IRunProgress
{
    private const string Fetching = "fetching ";

    /// <inheritdoc />
    public void Report(ProgressEvent progressEvent)
    {
        if (progressEvent.Kind == ProgressKind.Notice)
        {
            console.WriteLine($"NOTICE: {progressEvent.Message}", Tone.Warning);
        }
        else if (progressEvent.Kind == ProgressKind.Note
            && progressEvent.Message.IndexOf(Fetching, StringComparison.Ordinal) is >= 0 and var at)
        {
            console.WriteLine($"NOTICE: Helm is not on PATH: {progressEvent.Message[at..].TrimEnd('.')}. It is kept.", Tone.Warning);
        }
    }
}
