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
        else if (progressEvent.Message.StartsWith(Fetching, StringComparison.Ordinal))
        {
            console.WriteLine($"NOTICE: Helm is not on PATH: {progressEvent.Message}. It is kept.", Tone.Warning);
        }
    }
}
