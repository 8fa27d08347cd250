using System.Collections;
using VaultConformance.Cli.Output;

namespace VaultConformance.Cli;

/// <summary>What every process of this repository does around its work: console, environment, signals, exit code.</summary>
internal static class ProcessEntry
{
    /// <summary>Does the work of the process.</summary>
    /// <param name="work">Gets the console, the environment, and a token that a signal cancels; returns the exit code.</param>
    /// <returns>The exit code. An exception has been printed and has become one.</returns>
    public static async Task<int> RunAsync(Func<CliConsole, IReadOnlyDictionary<string, string>, CancellationToken, Task<int>> work)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal);
        var console = CliConsole.FromProcess(variables);
        using var interruption = new Interruption(
            TimeProvider.System, () => console.Error.WriteLine("Interrupted: removing what was created (again: leave it)."));
        var running = GuardAsync(() => work(console, variables, interruption.Token), console, interruption.Token);
        if (await Task.WhenAny(running, interruption.GivenUp) == running)
        {
            return await running;
        }

        await console.Error.WriteLineAsync("Interrupted before everything that was created was removed. 'clean' removes what is left.");
        return ExitCodes.Interrupted;
    }

    private static async Task<int> GuardAsync(Func<Task<int>> work, CliConsole console, CancellationToken cancellationToken)
    {
        try
        {
            return await work();
        }
        catch (Exception exception)
        {
            return new ErrorPrinter(console.Error).Print(exception, cancellationToken.IsCancellationRequested);
        }
    }
}
