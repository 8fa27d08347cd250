namespace VaultConformance.Controls.Judging;

/// <summary>
/// What the kernel does with a core dump. The core limit is not enforced for dumps that are piped to a program or sent to a socket,
/// so the handler itself has to respect it.
/// </summary>
internal static class CoreHandler
{
    /// <summary>True when the pattern writes a plain file (the limit decides) or names an accepted handler.</summary>
    /// <param name="pattern">Content of <c>core_pattern</c>.</param>
    /// <param name="accepted">Names of handlers that respect the limit.</param>
    public static bool RespectsLimit(string pattern, IReadOnlyList<string> accepted) =>
        (!pattern.StartsWith('|') && !pattern.StartsWith('@')) || accepted.Contains(Name(pattern), StringComparer.Ordinal);

    private static string Name(string pattern) => Path.GetFileName(pattern[1..].Trim().Split(' ', 2)[0]);
}
