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
            Prepare(before), Prepare(after), name, newName, contextLines: Context)
            .ReplaceLineEndings("\n");

    // What ends the last line is no line of its own.
    private static string Prepare(string text)
    {
        var lines = text.ReplaceLineEndings("\n");
        return lines.EndsWith('\n') ? lines[..^1] : lines;
    }
}
