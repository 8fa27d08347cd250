using System.Text;

namespace VaultConformance.Yaml;

/// <summary>
/// Makes YAML readable for a parser that is stricter than Helm's: a literal or folded block may begin with lines of blanks only. Each of
/// them becomes an empty line, which means the same. This file is compiled into every project that reads YAML, for they share no other
/// code.
/// </summary>
internal static class BlockScalars
{
    /// <summary>The text with empty lines for lines of blanks at the beginning of blocks; lines keep their numbers.</summary>
    /// <param name="text">YAML.</param>
    public static string Repair(string text)
    {
        if (!text.Contains('|', StringComparison.Ordinal) && !text.Contains('>', StringComparison.Ordinal))
        {
            return text;
        }

        var repaired = new StringBuilder(text.Length);
        var block = -1;
        var begins = false;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var newline ? newline + 1 : text.Length;
            var line = text.AsSpan(start, end - start);
            var indent = line.Length - line.TrimStart(' ').Length;
            var blank = line.Trim().IsEmpty;
            begins &= blank;
            repaired.Append(begins && blank && line.IndexOf('\t') < 0 ? line.TrimStart(' ') : line);
            block = blank || indent > block ? block : -1;
            if (block < 0 && !blank && Opens(line.TrimEnd()))
            {
                block = indent;
                begins = true;
            }

            start = end;
        }

        return repaired.ToString();
    }

    // 'key: |', '- >-', 'key: !!str |2 # why': the mark of a block is the last word of its line.
    private static bool Opens(ReadOnlySpan<char> line)
    {
        if (line.TrimStart().StartsWith("#"))
        {
            return false;
        }

        if (line.LastIndexOf(" #") is > 0 and var comment
            && line[..comment].TrimEnd() is { IsEmpty: false } before
            && IsMark(GetLastWord(before)))
        {
            return true;
        }

        return IsMark(GetLastWord(line));
    }

    private static ReadOnlySpan<char> GetLastWord(ReadOnlySpan<char> line) => line[(line.LastIndexOf(' ') + 1)..];

    private static bool IsMark(ReadOnlySpan<char> word) =>
        word.Length is >= 1 and <= 3 && word[0] is '|' or '>' && IsIndicator(word, 1) && IsIndicator(word, 2);

    private static bool IsIndicator(ReadOnlySpan<char> word, int at) =>
        word.Length <= at || char.IsAsciiDigit(word[at]) || word[at] is '+' or '-';
}
