using System.Collections;
using VaultConformance.Cli.Output;
using VaultConformance.Controls.Suite;
using VaultConformance.Harness.Vault;
using VaultConformance.Runs;
using VaultConformance.Runs.Engine;

namespace VaultConformance.Cli;

/// <summary>The process: composes the program, and ends it with an exit code.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        var variables = Variables();
        var console = CliConsole.OfProcess(variables);
        using var interruption = new Interruption(TimeProvider.System);
        var work = RunAsync(arguments, console, variables, interruption.Token);
        if (await Task.WhenAny(work, interruption.GivenUp) == work)
        {
            return await work;
        }

        await console.Error.WriteLineAsync("Interrupted before everything was removed. The verb 'clean' removes what is left.");
        return ExitCodes.Interrupted;
    }

    private static async Task<int> RunAsync(
        string[] arguments, CliConsole console, IReadOnlyDictionary<string, string> variables, CancellationToken cancellationToken)
    {
        try
        {
            var repository = RepositoryFolder.Containing(AppContext.BaseDirectory);
            var pipeline = new RunPipeline(repository, variables, TimeProvider.System, VaultApiFactories.Default, new SuiteJudge());
            var services = new CliServices(console, variables, Environment.CurrentDirectory, repository, TimeProvider.System, pipeline);
            return await new CommandLineApp(services).RunAsync(arguments, cancellationToken);
        }
        catch (Exception exception)
        {
            return new ErrorPrinter(console.Error).Print(exception, cancellationToken.IsCancellationRequested);
        }
    }

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal);
}
