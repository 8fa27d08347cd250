namespace VaultConformance.Cli.Output;

/// <summary>Breaks lines between words. A word that is longer than a line stays whole, so that a path can still be copied.</summary>
internal static class LineWrap
{
    /// <summary>The text in lines.</summary>
    /// <param name="text">Text on one line; blanks at its beginning are kept.</param>
    /// <param name="width">Columns; null to break nothing.</param>
    /// <param name="indent">Blanks before each further line.</param>
    public static IEnumerable<string> Break(string text, int? width, int indent)
    {
        if (width is not { } columns || text.Length <= columns)
        {
            return [text];
        }

        var lines = new List<string>();
        var line = new string(' ', text.Length - text.TrimStart(' ').Length);
        var isNew = true;
        foreach (var word in text.TrimStart(' ').Split(' '))
        {
            // Several blanks in a row align what follows; none of them begins a line.
            if (word.Length == 0 && isNew)
            {
                continue;
            }

            if (!isNew && line.Length + 1 + word.Length > columns)
            {
                lines.Add(line);
                (line, isNew) = (new string(' ', indent), true);
            }

            line += isNew ? word : ' ' + word;
            isNew = false;
        }

        return [.. lines, line];
    }
}
