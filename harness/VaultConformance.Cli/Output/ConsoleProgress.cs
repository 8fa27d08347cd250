using VaultConformance.Harness.Progress;

namespace VaultConformance.Cli.Output;

/// <summary>Shows what a run is doing.</summary>
internal abstract class ConsoleProgress : IRunProgress
{
    /// <summary>Progress that suits the console: live on a terminal, lines with a time everywhere else.</summary>
    /// <param name="console">The console.</param>
    /// <param name="timeProvider">Clock.</param>
    public static ConsoleProgress For(CliConsole console, TimeProvider timeProvider) =>
        console.Live ? new LiveProgress(console.Ansi) : new PlainProgress(console.Out, timeProvider);

    /// <summary>Shows progress while something runs.</summary>
    /// <typeparam name="T">Result of the work.</typeparam>
    /// <param name="work">The work; reports to this object.</param>
    public abstract Task<T> WhileAsync<T>(Func<Task<T>> work);

    /// <inheritdoc />
    public abstract void Report(ProgressEvent progressEvent);
}
