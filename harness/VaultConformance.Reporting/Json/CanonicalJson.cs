using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace VaultConformance.Reporting.Json;

/// <summary>
/// Writes JSON so that the same data always has the same bytes, after RFC 8785: members by the UTF-16 units of their names, no white space,
/// the shortest form of each number and text. One thing differs: whole numbers of up to 64 bits keep all their digits, because a limit of a
/// kernel that is rounded to a double is another limit.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>The canonical form.</summary>
    /// <param name="json">JSON in UTF-8.</param>
    /// <exception cref="JsonException">It is refused; the message says why, as a sentence without a full stop.</exception>
    public static byte[] Write(ReadOnlyMemory<byte> json)
    {
        using var document = StrictJson.Parse(json);
        return Write(document.RootElement);
    }

    /// <summary>The canonical form.</summary>
    /// <param name="value">A value.</param>
    /// <exception cref="JsonException">It is refused; the message says why, as a sentence without a full stop.</exception>
    public static byte[] Write(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        try
        {
            Write(output, value);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("it holds text that is not Unicode", exception);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value);
                break;
            case JsonValueKind.String:
                WriteText(output, value.GetString()!);
                break;
            case JsonValueKind.Number:
                WriteAscii(output, CanonicalNumber.Write(value.GetRawText()));
                break;
            default:
                WriteAscii(output, value.GetRawText());
                break;
        }
    }

    private static void WriteObject(ArrayBufferWriter<byte> output, JsonElement value)
    {
        var members = value.EnumerateObject().Select(member => (member.Name, member.Value)).ToList();
        members.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        WriteAscii(output, "{");
        for (var index = 0; index < members.Count; index++)
        {
            WriteAscii(output, index == 0 ? "" : ",");
            WriteText(output, members[index].Name);
            WriteAscii(output, ":");
            Write(output, members[index].Value);
        }

        WriteAscii(output, "}");
    }

    private static void WriteArray(ArrayBufferWriter<byte> output, JsonElement value)
    {
        var first = true;
        WriteAscii(output, "[");
        foreach (var item in value.EnumerateArray())
        {
            WriteAscii(output, first ? "" : ",");
            Write(output, item);
            first = false;
        }

        WriteAscii(output, "]");
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        var start = 0;
        WriteAscii(output, "\"");
        for (var index = 0; index < text.Length; index++)
        {
            if (FindEscape(text[index]) is { } escaped)
            {
                WriteUtf8(output, text.AsSpan(start, index - start));
                WriteAscii(output, escaped);
                start = index + 1;
            }
        }

        WriteUtf8(output, text.AsSpan(start));
        WriteAscii(output, "\"");
    }

    private static string? FindEscape(char character) => character switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
        _ => null,
    };

    private static void WriteUtf8(ArrayBufferWriter<byte> output, ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, output);

    private static void WriteAscii(ArrayBufferWriter<byte> output, string text) => Encoding.ASCII.GetBytes(text, output);
}
