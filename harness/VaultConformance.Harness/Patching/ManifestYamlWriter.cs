using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Patching;

/// <summary>Writes JSON as block-style YAML that every YAML reader takes for the same value.</summary>
internal static class ManifestYamlWriter
{
    internal static string Write(JsonNode node)
    {
        var output = new StringBuilder();
        switch (node)
        {
            case JsonObject { Count: > 0 } mapping:
                Mapping(output, mapping, 0, startsInLine: false);
                break;
            case JsonArray { Count: > 0 } sequence:
                Sequence(output, sequence, 0);
                break;
            default:
                output.Append(Scalar(node, 0)).Append('\n');
                break;
        }

        return output.ToString();
    }

    private static void Mapping(StringBuilder output, JsonObject mapping, int indent, bool startsInLine)
    {
        foreach (var (key, value) in mapping)
        {
            if (!startsInLine)
                output.Append(' ', indent);
            startsInLine = false;
            output.Append(YamlScalars.IsSafePlain(key) ? key : Quoted(key)).Append(':');
            Value(output, value, indent);
        }
    }

    private static void Value(StringBuilder output, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } mapping:
                output.Append('\n');
                Mapping(output, mapping, indent + 2, startsInLine: false);
                break;
            case JsonArray { Count: > 0 } sequence:
                output.Append('\n');
                Sequence(output, sequence, indent);
                break;
            default:
                output.Append(' ').Append(Scalar(value, indent + 2)).Append('\n');
                break;
        }
    }

    private static void Sequence(StringBuilder output, JsonArray sequence, int indent)
    {
        foreach (var item in sequence)
        {
            output.Append(' ', indent).Append('-');
            switch (item)
            {
                case JsonObject { Count: > 0 } mapping:
                    output.Append(' ');
                    Mapping(output, mapping, indent + 2, startsInLine: true);
                    break;
                case JsonArray { Count: > 0 } nested:
                    output.Append('\n');
                    Sequence(output, nested, indent + 2);
                    break;
                default:
                    output.Append(' ').Append(Scalar(item, indent + 2)).Append('\n');
                    break;
            }
        }
    }

    private static string Scalar(JsonNode? node, int indent) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ when node.GetValueKind() == JsonValueKind.String => Text(node.GetValue<string>(), indent),
        _ => node.ToJsonString(),
    };

    private static string Text(string text, int indent)
    {
        if (YamlScalars.IsSafePlain(text))
            return text;
        return IsReadableBlock(text) ? Block(text, indent) : Quoted(text);
    }

    // A literal block keeps scripts and configurations readable; anything it could not keep exactly is quoted instead.
    private static bool IsReadableBlock(string text)
    {
        var body = text.EndsWith('\n') ? text[..^1] : text;
        return body.Contains('\n')
            && !body.StartsWith(' ') && !body.StartsWith('\n') && !body.EndsWith('\n')
            && body.Split('\n').All(line => line.Length == 0 || !string.IsNullOrWhiteSpace(line))
            && body.EnumerateRunes().All(rune => rune.Value is '\n' or '\t' || IsPrintable(rune))
            && !body.StartsWith('\t') && !body.Contains("\n\t", StringComparison.Ordinal);
    }

    private static string Block(string text, int indent)
    {
        var body = text.EndsWith('\n') ? text[..^1] : text;
        var margin = new string(' ', indent);
        var lines = body.Split('\n').Select(line => line.Length == 0 ? "" : margin + line);
        return (text.EndsWith('\n') ? "|\n" : "|-\n") + string.Join('\n', lines);
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            quoted.Append(rune.Value switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\r' => "\\r",
                _ when IsPrintable(rune) => rune.ToString(),
                <= 0xFFFF => string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"),
                _ => string.Create(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsPrintable(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
        && rune.Value != 0xFEFF;
}
