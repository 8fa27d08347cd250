using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace VaultConformance.Cli.Tests.Scripts;

/// <summary>Runs <c>run.ps1</c> in a real PowerShell engine in this process.</summary>
internal static class PowerShellScript
{
    public static Task<ScriptResult> RunAsync(
        string path, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken) =>
        RunAsync(
            shell => shell.AddScript("param($path, $arguments) & $path @arguments; $LASTEXITCODE").AddArgument(path).AddArgument(arguments.ToArray()),
            variables,
            cancellationToken);

    /// <summary>Runs the script as a user types it, so that PowerShell itself reads the arguments.</summary>
    public static Task<ScriptResult> RunLineAsync(string path, string line, IReadOnlyDictionary<string, string?> variables) =>
        RunAsync(shell => shell.AddScript($"& '{path}' {line}; $LASTEXITCODE"), variables, CancellationToken.None);

    /// <summary>What PowerShell offers at the end of a line, after a script that registers completions.</summary>
    public static IReadOnlyList<string> Complete(string script, string line, IReadOnlyDictionary<string, string?> variables)
    {
        using var environment = new EnvironmentChange(variables);
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(script).Invoke();
        shell.Commands.Clear();
        return [.. CommandCompletion.CompleteInput(line, line.Length, [], shell).CompletionMatches.Select(match => match.CompletionText)];
    }

    private static async Task<ScriptResult> RunAsync(
        Action<PowerShell> prepare, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken)
    {
        using var console = ConsoleCapture.Begin();
        using var environment = new EnvironmentChange(variables);
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        prepare(shell);
        await using var stop = cancellationToken.Register(shell.Stop);
        var output = await shell.InvokeAsync();
        var lines = output.Take(output.Count - 1).Select(line => $"{line}\n");
        var errors = shell.Streams.Error.Select(error => $"{error}\n");
        return new ScriptResult((int)output[^1].BaseObject, string.Concat(lines), console.Error + string.Concat(errors));
    }
}
