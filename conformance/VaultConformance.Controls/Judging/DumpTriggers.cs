using k8s.Models;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging;

/// <summary>Settings that make Vault write its memory somewhere.</summary>
/// <param name="Found">The settings, as written.</param>
/// <param name="Unknown">Why one could not be told; null when all could.</param>
internal sealed record DumpTriggers(IReadOnlyList<string> Found, string? Unknown)
{
    private const string Traceback = "GOTRACEBACK";
    private const string StackTraceFile = "VAULT_STACKTRACE_WRITE_TO_FILE";
    private const string ProfileFolder = "-pprof-dump-dir";

    private static readonly string[] CoreWritingTracebacks = ["crash", "wer"];

    /// <summary>Looks at the process; where its environment is not readable (a binary with file capabilities hides it), at the pod.</summary>
    /// <param name="server">The server process.</param>
    /// <param name="container">Its container as admitted.</param>
    public static DumpTriggers Of(ProcessFacts server, V1Container container)
    {
        var names = server.Environment?.Names ?? [.. (container.Env ?? []).Select(variable => variable.Name)];
        var traceback = server.Environment?.Settings.GetValueOrDefault(Traceback) ?? Literal(container, Traceback);
        var found = server.CommandLine.Where(argument => argument.TrimStart('-').StartsWith(ProfileFolder[1..], StringComparison.Ordinal)).ToList();
        if (names.Contains(StackTraceFile))
        {
            found.Add(StackTraceFile);
        }

        if (CoreWritingTracebacks.Contains(traceback))
        {
            found.Add($"{Traceback}={traceback}");
        }

        var hidden = names.Contains(Traceback) && traceback is null;
        return new DumpTriggers(found, hidden ? $"{Traceback} is set, but its value is not known" : null);
    }

    private static string? Literal(V1Container container, string name) =>
        container.Env?.LastOrDefault(variable => variable.Name == name)?.Value;
}
