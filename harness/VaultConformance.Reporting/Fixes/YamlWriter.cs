using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace VaultConformance.Reporting.Fixes;

/// <summary>Writes values as people write them: blocks, and one line for each item of a list.</summary>
internal static partial class YamlWriter
{
    /// <summary>A value in one line.</summary>
    /// <param name="node">The value.</param>
    public static string WriteFlow(FixNode node) => node switch
    {
        FixText text => WriteScalar(text),
        FixList list => $"[{string.Join(", ", list.Items.Select(WriteFlow))}]",
        FixMap map => $"{{{string.Join(", ", map.Entries.Select(entry => $"{WriteKey(entry.Key)}: {WriteFlow(entry.Value)}"))}}}",
        _ => "null",
    };

    /// <summary>An entry of a mapping in lines.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="indent">Blanks before the key.</param>
    public static IEnumerable<string> WriteEntry(string key, FixNode value, int indent)
    {
        var (first, rest) = WriteValue(value, indent);
        return [$"{Blanks(indent)}{WriteKey(key)}:{first}", .. rest];
    }

    /// <summary>A value behind its key: what stands on the line of the key, and the lines below it.</summary>
    /// <param name="value">The value.</param>
    /// <param name="indent">Blanks before the key.</param>
    public static (string Head, IReadOnlyList<string> Below) WriteValue(FixNode value, int indent) => value switch
    {
        FixMap { Entries.Count: > 0 } map =>
            (string.Empty, [.. map.Entries.SelectMany(entry => WriteEntry(entry.Key, entry.Value, indent + 2))]),
        FixList { Items.Count: > 0 } list when list.Items.Any(item => item is FixMap) || WriteFlow(list).Length > 60 =>
            (string.Empty, [.. list.Items.SelectMany(item => WriteItem(item, indent))]),
        FixText { IsNull: false } text when IsBlock(text.Text) => (GetHeader(text.Text), [.. WriteBlock(text.Text, indent + 2)]),
        _ => (" " + WriteFlow(value), []),
    };

    /// <summary>An item of a list in lines.</summary>
    /// <param name="item">The item.</param>
    /// <param name="indent">Blanks before the dash.</param>
    public static IEnumerable<string> WriteItem(FixNode item, int indent) => item is FixText { IsNull: false } text && IsBlock(text.Text)
        ? [$"{Blanks(indent)}-{GetHeader(text.Text)}", .. WriteBlock(text.Text, indent + 2)]
        : [$"{Blanks(indent)}- {WriteFlow(item)}"];

    /// <summary>The lines of a block.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="indent">Blanks before each line.</param>
    public static IEnumerable<string> WriteBlock(string text, int indent) =>
        text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? string.Empty : Blanks(indent) + line);

    private static string Blanks(int count) => new(' ', count);

    private static bool IsBlock(string text) =>
        text.TrimEnd('\n').Contains('\n', StringComparison.Ordinal) && text[0] is not (' ' or '\n' or '\t')
            && !text.EndsWith("\n\n", StringComparison.Ordinal)
            && text.All(letter => letter is '\n' or '\t' || !char.IsControl(letter));

    private static string GetHeader(string text) => text.EndsWith('\n') ? " |" : " |-";

    private static string WriteKey(string key) => PlainWord.IsMatch(key) && !IsTyped(key) ? key : Quote(key);

    // A number or a switch in a snippet is one; anything else that looks like one is a text.
    private static string WriteScalar(FixText text) => text switch
    {
        { IsNull: true } => "null",
        { IsQuoted: false } when PlainScalar.IsMatch(text.Text) && !text.Text.Contains(": ", StringComparison.Ordinal) => text.Text,
        _ when PlainWord.IsMatch(text.Text) && !IsTyped(text.Text) => text.Text,
        _ => Quote(text.Text),
    };

    private static bool IsTyped(string text) =>
        text.ToUpperInvariant() is "" or "NULL" or "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N";

    private static string Quote(string text)
    {
        if (!text.Any(letter => char.IsControl(letter)) && !text.Contains('\'', StringComparison.Ordinal))
        {
            return text.Contains('"', StringComparison.Ordinal) || text.Contains('\\', StringComparison.Ordinal)
                ? $"'{text}'" : $"\"{text}\"";
        }

        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            quoted.Append(letter switch
            {
                '"' or '\\' => $"\\{letter}",
                '\n' => "\\n",
                '\t' => "\\t",
                _ when char.IsControl(letter) => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)letter:x2}"),
                _ => letter.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    [GeneratedRegex(@"^[A-Za-z/_][A-Za-z0-9_./\-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainWord { get; }

    [GeneratedRegex(@"^[A-Za-z0-9/_.$(-][A-Za-z0-9_./$():+-]*(?<!:)\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainScalar { get; }
}
