using DiffPlex.Renderer;

namespace VaultConformance.Reporting.Fixes;

/// <summary>Writes the difference of two texts as <c>diff -u</c> does.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The difference; empty when there is none.</summary>
    /// <param name="name">Name of the file before.</param>
    /// <param name="newName">Name of the file after.</param>
    /// <param name="before">The text before.</param>
    /// <param name="after">The text after.</param>
    public static string Write(string name, string newName, string before, string after) => before == after
        ? string.Empty
        : UnidiffRenderer.GenerateUnidiff(
            before.ReplaceLineEndings("\n"), after.ReplaceLineEndings("\n"), name, newName, contextLines: Context)
            .ReplaceLineEndings("\n");
}
