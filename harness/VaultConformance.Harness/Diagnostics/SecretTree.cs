using System.Text.Json;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Config;

namespace VaultConformance.Harness.Diagnostics;

/// <summary>Takes secrets out of a tree of values. Names and structure stay, so that a reader sees that a secret was written there but not which.</summary>
/// <param name="redactor">Knows secrets.</param>
internal sealed class SecretTree(SecretRedactor redactor)
{
    private static readonly string[] ConfigurationEndings = [".hcl", ".json"];

    /// <summary>A copy without secrets.</summary>
    /// <param name="node">A mapping or a list.</param>
    public JsonNode Clean(JsonNode node) => Clean(node, string.Empty, suspicious: false) ?? new JsonObject();

    private JsonNode? Clean(JsonNode? node, string name, bool suspicious) => node switch
    {
        null => null,
        JsonObject mapping => Mapping(mapping, suspicious),
        JsonArray list => new JsonArray([.. list.Select(item => Clean(item, name, suspicious))]),
        _ => Scalar(node, name, suspicious),
    };

    private JsonObject Mapping(JsonObject mapping, bool suspicious)
    {
        var named = mapping["name"] is JsonValue variable && variable.GetValueKind() == JsonValueKind.String && SensitiveKeys.Suggest(variable.GetValue<string>());
        var result = new JsonObject();
        foreach (var (key, value) in mapping)
        {
            var secret = !SensitiveKeys.IsReference(key, mapping) && (suspicious || SensitiveKeys.Suggest(key) || (named && key == "value"));
            result[key] = Clean(value, key, secret);
        }

        return result;
    }

    private JsonValue Scalar(JsonNode node, string name, bool suspicious) => node.GetValueKind() switch
    {
        JsonValueKind.String => JsonValue.Create(Text(node.GetValue<string>(), name, suspicious)),
        JsonValueKind.Number when suspicious => JsonValue.Create(SecretRedactor.Redacted),
        _ => (JsonValue)node.DeepClone(),
    };

    private string Text(string text, string name, bool suspicious) => text switch
    {
        "" => text,
        _ when suspicious => SecretRedactor.Redacted,
        _ when IsConfiguration(name, text) => redactor.Redact(ConfigMasker.Mask(text)),
        _ => redactor.Redact(SecretPatterns.MaskParts(text)),
    };

    private static bool IsConfiguration(string name, string text) =>
        Array.Exists(ConfigurationEndings, ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        || (text.Contains('\n', StringComparison.Ordinal) && (name.Equals("config", StringComparison.OrdinalIgnoreCase) || IsHcl(text)));

    private static bool IsHcl(string text)
    {
        try
        {
            return HclParser.Parse(text).Assignments.Count > 0;
        }
        catch (HclSyntaxException)
        {
            // Some other text, a script for example.
            return false;
        }
    }
}
