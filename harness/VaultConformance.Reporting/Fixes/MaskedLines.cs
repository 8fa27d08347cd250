using System.Globalization;

namespace VaultConformance.Reporting.Fixes;

/// <summary>Finds the lines of a file in which a secret is masked; such a file is not usable as it is.</summary>
internal static class MaskedLines
{
    private const string Mask = "***";

    // What cannot be read is left out as a whole, behind a comment.
    private const string Withheld = "*** withheld";
    private const string Head = "# NOT USABLE AS IT IS: secrets are masked with *** here. Put your own values back first, in";

    /// <summary>The lines, from 1, in which a value is masked; comments do not count.</summary>
    /// <param name="text">The file.</param>
    public static IReadOnlyList<int> List(string text) => [.. text.Split('\n').Index()
        .Where(line => line.Item.Contains(Withheld, StringComparison.Ordinal)
            || (!line.Item.TrimStart().StartsWith('#') && WithoutComment(line.Item).Contains(Mask, StringComparison.Ordinal)))
        .Select(line => line.Index + 1)];

    /// <summary>The file with a line at its top that says so; the file itself where nothing is masked.</summary>
    /// <param name="text">The file.</param>
    public static string Mark(string text)
    {
        var lines = List(text);
        if (lines.Count == 0 || text.TrimStart('\uFEFF').StartsWith(Head, StringComparison.Ordinal))
        {
            return text;
        }

        var mark = text.StartsWith('\uFEFF') ? 1 : 0;
        var end = text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        return text.Insert(mark, $"{Head} {Describe([.. lines.Select(line => line + 1)])}.{end}");
    }

    /// <summary>The lines in words.</summary>
    /// <param name="lines">The lines.</param>
    public static string Describe(IReadOnlyList<int> lines) => lines.Count == 1
        ? $"line {lines[0].ToString(CultureInfo.InvariantCulture)}"
        : $"lines {string.Join(", ", lines.Select(line => line.ToString(CultureInfo.InvariantCulture)))}";

    private static string WithoutComment(string line) =>
        line.IndexOf(" #", StringComparison.Ordinal) is >= 0 and var at && !line[..at].Contains('"', StringComparison.Ordinal)
            ? line[..at]
            : line;
}
