namespace VaultConformance.Judging.CoreDumps;

/// <summary>Sorts the files that should not be there.</summary>
internal static class Leftovers
{
    /// <summary>True for tokens and shell histories (FS-5); everything else is an artefact of memory (CORE-4).</summary>
    /// <param name="path">Full path.</param>
    public static bool IsSecretTrace(string path) =>
        Path.GetFileName(path) is var name
            && (name.EndsWith("_history", StringComparison.Ordinal) || name.Contains("token", StringComparison.Ordinal));
}
