using VaultConformance.Controls.Suite;
using VaultConformance.Harness.Vault;
using VaultConformance.Runs;
using VaultConformance.Runs.Engine;

namespace VaultConformance.Cli;

/// <summary>The process: composes the program.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => ProcessEntry.RunAsync((console, variables, cancellationToken) =>
    {
        var repository = RepositoryFolder.FindContaining(AppContext.BaseDirectory);
        var pipeline = new RunPipeline(repository, variables, TimeProvider.System, VaultApiFactories.Default, new SuiteJudge());
        var services = new CliServices(console, variables, Environment.CurrentDirectory, repository, TimeProvider.System, pipeline);
        return new CommandLineApp(services).RunAsync(arguments, cancellationToken);
    });
}
