using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Secrets;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Runs.Records;

/// <summary>Writes a member of the evidence on one line, short enough to be read.</summary>
internal static class ExcerptJson
{
    private const int LongestText = 120;
    private const int LongestLine = 240;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The member as JSON; texts within it are masked whole before they are cut.</summary>
    /// <param name="member">The member.</param>
    public static string Write(JsonElement member) =>
        Printable.Cut(Printable.ToOneLine(Shorten(member)?.ToJsonString(Readable) ?? "null"), LongestLine);

    private static JsonNode? Shorten(JsonElement member) => member.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(member.EnumerateObject()
            .GroupBy(part => SecretScanner.MaskShapes(part.Name), StringComparer.Ordinal)
            .Select(part => KeyValuePair.Create(part.Key, Shorten(part.Last().Value)))),
        JsonValueKind.Array => new JsonArray([.. member.EnumerateArray().Select(Shorten)]),
        JsonValueKind.String => JsonValue.Create(Printable.Cut(SecretScanner.MaskShapes(member.GetString()!), LongestText)),
        JsonValueKind.Null => null,
        _ => JsonValue.Create(member),
    };
}
