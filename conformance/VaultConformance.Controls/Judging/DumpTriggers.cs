using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging;

/// <summary>Settings that make Vault write its memory somewhere.</summary>
/// <param name="Found">The settings, as written.</param>
/// <param name="Unknown">Which could not be told, and why.</param>
internal sealed record DumpTriggers(IReadOnlyList<string> Found, IReadOnlyList<string> Unknown)
{
    private const string Traceback = "GOTRACEBACK";
    private const string ProfileFolder = "-pprof-dump-dir";

    private static readonly string[] StackTraceFiles = ["VAULT_STACKTRACE_WRITE_TO_FILE", "BAO_STACKTRACE_WRITE_TO_FILE"];
    private static readonly string[] CoreWritingTracebacks = ["crash", "wer"];

    /// <summary>Looks at the process and its environment.</summary>
    /// <param name="server">The server process.</param>
    /// <param name="environment">Its environment.</param>
    public static DumpTriggers Of(ProcessFacts server, EffectiveEnvironment environment)
    {
        var found = server.CommandLine.Where(argument => argument.TrimStart('-').StartsWith(ProfileFolder[1..], StringComparison.Ordinal)).ToList();
        var unknown = new List<string>();
        foreach (var name in StackTraceFiles.Append(Traceback))
        {
            var variable = environment.Find(name);
            if (variable.Present is null || (name == Traceback && !variable.IsKnown))
            {
                unknown.Add(variable.Present is null ? $"{name}: {variable.Source}" : $"{name} is set, but its value is not known");
            }
            else if (variable.Present == true && (name != Traceback || CoreWritingTracebacks.Contains(variable.Value)))
            {
                found.Add(name == Traceback ? $"{name}={variable.Value}" : name);
            }
        }

        return new DumpTriggers(found, unknown);
    }
}
