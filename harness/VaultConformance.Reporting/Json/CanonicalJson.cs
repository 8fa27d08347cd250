using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace VaultConformance.Reporting.Json;

/// <summary>
/// Writes JSON so that the same data always has the same bytes, after RFC 8785: members by the UTF-16 units of their names, no white space, the
/// shortest form of each number and text. One thing differs: whole numbers of up to 64 bits keep all their digits, because a limit of a kernel
/// that is rounded to a double is another limit.
/// </summary>
internal static class CanonicalJson
{
    /// <summary>The canonical form.</summary>
    /// <param name="json">JSON in UTF-8.</param>
    /// <exception cref="JsonException">It is refused; the message says why, as a sentence without a full stop.</exception>
    public static byte[] Of(ReadOnlyMemory<byte> json)
    {
        using var document = StrictJson.Parse(json);
        return Of(document.RootElement);
    }

    /// <summary>The canonical form.</summary>
    /// <param name="value">A value.</param>
    /// <exception cref="JsonException">It is refused; the message says why, as a sentence without a full stop.</exception>
    public static byte[] Of(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        try
        {
            Write(output, value);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("it holds text that is no Unicode", exception);
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
                Ascii(output, CanonicalNumber.Of(value.GetRawText()));
                break;
            default:
                Ascii(output, value.GetRawText());
                break;
        }
    }

    private static void WriteObject(ArrayBufferWriter<byte> output, JsonElement value)
    {
        var members = value.EnumerateObject().Select(member => (member.Name, member.Value)).ToList();
        members.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        Ascii(output, "{");
        for (var index = 0; index < members.Count; index++)
        {
            Ascii(output, index == 0 ? "" : ",");
            WriteText(output, members[index].Name);
            Ascii(output, ":");
            Write(output, members[index].Value);
        }

        Ascii(output, "}");
    }

    private static void WriteArray(ArrayBufferWriter<byte> output, JsonElement value)
    {
        var first = true;
        Ascii(output, "[");
        foreach (var item in value.EnumerateArray())
        {
            Ascii(output, first ? "" : ",");
            Write(output, item);
            first = false;
        }

        Ascii(output, "]");
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        var start = 0;
        Ascii(output, "\"");
        for (var index = 0; index < text.Length; index++)
        {
            if (Escaped(text[index]) is { } escaped)
            {
                Utf8(output, text.AsSpan(start, index - start));
                Ascii(output, escaped);
                start = index + 1;
            }
        }

        Utf8(output, text.AsSpan(start));
        Ascii(output, "\"");
    }

    private static string? Escaped(char character) => character switch
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

    private static void Utf8(ArrayBufferWriter<byte> output, ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, output);

    private static void Ascii(ArrayBufferWriter<byte> output, string text) => Encoding.ASCII.GetBytes(text, output);
}
