namespace VaultConformance.Cli.Tests.Scripts;

/// <summary>What a script came to.</summary>
internal sealed record ScriptResult(int ExitCode, string Output, string Error);
