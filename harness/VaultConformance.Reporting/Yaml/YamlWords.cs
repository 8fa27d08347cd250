namespace VaultConformance.Yaml;

/// <summary>
/// Says in plain words why text is not YAML. The parser's own words speak of tokens and contexts. This file is compiled into every project
/// that reads YAML, for they share no other code.
/// </summary>
internal static class YamlWords
{
    private static readonly (string Said, string Meant)[] Known =
    [
        ("expected ',' or '}'", "a '{' is not closed, or a comma is missing"),
        ("expected ',' or ']'", "a '[' is not closed, or a comma is missing"),
        ("<document end>", "this line does not belong to what stands above it; check its indentation"),
        ("expected key", "the indentation does not fit the lines above, or a ':' is missing"),
        ("'-' indicator", "the indentation does not fit the list above, or a '-' is missing"),
        ("invalid mapping", "a ':' is not allowed here; put the text in quotes, or check the indentation"),
        ("mapping values are not allowed", "a ':' is not allowed here; put the text in quotes, or check the indentation"),
        ("unexpected end of stream", "a quotation mark is not closed"),
        ("unexpected document indicator", "a quotation mark is not closed"),
        ("unknown escape", "a '\\' in double quotes begins an unknown escape; use single quotes, or write '\\\\'"),
        ("cannot start any token", "a plain text cannot begin with this character; put it in quotes"),
        ("could not find expected ':'", "a ':' is missing"),
        ("alias", "an alias ('*name') has no anchor ('&name') before it"),
    ];

    /// <summary>Explains what the parser said.</summary>
    /// <param name="said">The parser's words.</param>
    /// <param name="text">The text that was read.</param>
    /// <param name="line">Line where the parser gave up, from 1.</param>
    /// <returns>The line that has to be changed, and what is wrong with it, as a part of a sentence.</returns>
    public static (long Line, string Words) Explain(string said, string text, long line)
    {
        if (said.Contains(" tab ", StringComparison.OrdinalIgnoreCase) && FindTab(text, line) is { } tab)
        {
            return (tab, "it is indented with a tab; YAML takes only spaces");
        }

        var known = Array.Find(Known, pair => said.Contains(pair.Said, StringComparison.OrdinalIgnoreCase));
        return (line, known.Meant ?? $"it cannot be understood here ({said.TrimEnd('.', ' ')})");
    }

    // The parser may have gone on a little, or stopped a line early.
    private static long? FindTab(string text, long line)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var indented = lines.Index()
            .Where(entry => entry.Item[..(entry.Item.Length - entry.Item.TrimStart().Length)].Contains('\t', StringComparison.Ordinal))
            .Select(entry => (long)entry.Index + 1)
            .ToList();
        return indented.Count == 0 ? null : indented.MinBy(candidate => Math.Abs(candidate - line));
    }
}
