using VaultConformance.Cli;
using VaultConformance.Runs;

namespace VaultConformance.TestRunner;

/// <summary>The process that <c>run.sh</c> and <c>run.ps1</c> start for <c>test</c>.</summary>
internal static class Program
{
    private static Task<int> Main(string[] arguments) => ProcessEntry.RunAsync((console, variables, cancellationToken) =>
    {
        var services =
            new RunnerServices(console, variables, RepositoryFolder.FindContaining(AppContext.BaseDirectory).Root, TimeProvider.System);
        var app = new CommandLineApp(
            console,
            "Run the tests of VaultConformance itself. No part of the program vault-conformance.",
            TestVerb.Name,
            [new TestVerb(services)]);
        return app.RunAsync(arguments, cancellationToken);
    });
}
