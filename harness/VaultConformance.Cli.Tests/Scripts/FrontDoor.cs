namespace VaultConformance.Cli.Tests.Scripts;

/// <summary>Runs either script.</summary>
internal static class FrontDoor
{
    public static Task<ScriptResult> RunAsync(
        string script, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> variables, CancellationToken cancellationToken) =>
        script.EndsWith(".ps1", StringComparison.Ordinal)
            ? PowerShellScript.RunAsync(script, arguments, variables, cancellationToken)
            : ShellScript.RunAsync(script, arguments, variables, cancellationToken);
}
