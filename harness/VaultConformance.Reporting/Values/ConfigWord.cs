using System.Text.RegularExpressions;

namespace VaultConformance.Reporting.Values;

/// <summary>
/// Finds a word of a server's configuration in the lines of a values file. The file is checked as it was written, because unfolding and
/// unescaping move lines.
/// </summary>
internal static partial class ConfigWord
{
    /// <summary>The line where a word stands, an assignment before anything else; null when it stands nowhere but in comments.</summary>
    /// <param name="scalar">The configuration.</param>
    /// <param name="word">The word.</param>
    public static int? Find(ValuesScalar scalar, string word)
    {
        var form = new Regex($@"(?<![\w.-]){Regex.Escape(word)}(?![\w-])(?<assigned>\\?""?\s*[=:])?", RegexOptions.CultureInvariant);
        int? mentioned = null;
        foreach (var (line, text) in ListLines(scalar))
        {
            var match = form.Match(text);
            if (match.Groups["assigned"].Success)
            {
                return line;
            }

            mentioned ??= match.Success ? line : null;
        }

        return mentioned;
    }

    /// <summary>The value that a line gives to a word and nothing else; null when the line is not a plain assignment.</summary>
    /// <param name="line">The line as it was written.</param>
    /// <param name="word">The word.</param>
    public static string? FindAssigned(string line, string word)
    {
        var match = Regex.Match(
            line,
            $@"^\s*""?{Regex.Escape(word)}""?\s*[=:]\s*(?<value>""[^""\\]*""|[\w.+-]+)\s*(,|#.*|//.*)?$",
            RegexOptions.CultureInvariant);
        return match.Success ? match.Groups["value"].Value : null;
    }

    private static IEnumerable<(int Line, string Text)> ListLines(ValuesScalar scalar)
    {
        var inComment = false;
        for (var line = scalar.Line; line <= scalar.LastLine && line <= scalar.File.Lines.Count; line++)
        {
            var text = StripComment(scalar.File.Lines[line - 1], ref inComment);
            // What follows the sign of a block on its own line is a comment of the YAML file.
            yield return (line, line == scalar.Line && BlockSign.Match(text) is { Success: true } sign ? text[..sign.Index] : text);
        }
    }

    private static string StripComment(string text, ref bool inComment)
    {
        if (inComment)
        {
            var end = text.IndexOf("*/", StringComparison.Ordinal);
            inComment = end < 0;
            text = inComment ? string.Empty : text[(end + 2)..];
        }

        var trimmed = text.TrimStart();
        if (trimmed.StartsWith('#') || trimmed.StartsWith("//", StringComparison.Ordinal))
        {
            return string.Empty;
        }

        if (trimmed.StartsWith("/*", StringComparison.Ordinal))
        {
            inComment = !text.Contains("*/", StringComparison.Ordinal);
            return string.Empty;
        }

        return text;
    }

    [GeneratedRegex(@"[|>][+-]?[0-9]?[+-]?\s*(#.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex BlockSign { get; }
}
