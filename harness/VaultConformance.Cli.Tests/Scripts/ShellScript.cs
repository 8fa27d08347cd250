using CliWrap;
using CliWrap.Buffered;

namespace VaultConformance.Cli.Tests.Scripts;

/// <summary>Runs <c>run.sh</c> as a process.</summary>
internal static class ShellScript
{
    public static async Task<ScriptResult> RunAsync(
        string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        var result = await CliWrap.Cli.Wrap("/bin/sh")
            .WithArguments([path, .. arguments])
            .WithEnvironmentVariables(variables)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(cancellationToken);
        return new ScriptResult(result.ExitCode, result.StandardOutput, result.StandardError);
    }
}
