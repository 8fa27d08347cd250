using System.Text.Json;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Config;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Takes secrets out of a tree of values. Names and structure stay, so that a reader sees that a secret was written there but not which.
/// </summary>
/// <param name="redactor">Knows secrets.</param>
internal sealed class SecretTree(SecretRedactor redactor)
{
    // What says where a secret is, and not what it is.
    private static readonly string[] References = [
        "name", "key", "envName", "path", "mountPath", "optional", "defaultMode", "mode", "audience", "expirationSeconds", "kind", "type",
        "namespace"
    ];
    private const int ShortestCopy = 5;
    private static readonly string[] ReferenceEndings = ["Name", "Path", "File", "Ref", "Namespace", "Class"];

    // What was masked as a whole: an alias or a copy repeats it under another name.
    private readonly HashSet<string> _masked = new(StringComparer.Ordinal);

    /// <summary>A copy without secrets.</summary>
    /// <param name="node">A mapping or a list.</param>
    public JsonNode Clean(JsonNode node)
    {
        // The first time shows what is secret, the second time it is taken out wherever it stands.
        _ = Clean(node, string.Empty, suspicious: false);
        return Clean(node, string.Empty, suspicious: false) ?? new JsonObject();
    }

    private JsonNode? Clean(JsonNode? node, string name, bool suspicious) => node switch
    {
        null => null,
        JsonObject mapping => RedactMapping(mapping, suspicious),
        JsonArray list => List(list, name, suspicious),
        _ => RedactScalar(node, name, suspicious),
    };

    private JsonObject RedactMapping(JsonObject mapping, bool suspicious)
    {
        var variable = (mapping["name"] ?? mapping["key"]) is JsonValue named && named.GetValueKind() == JsonValueKind.String
            ? named.GetValue<string>()
            : null;
        var result = new JsonObject();
        foreach (var (key, value) in mapping)
        {
            var reference = IsReference(key, mapping);
            var inside = !reference && (suspicious || (value is not JsonValue && Credentials.AreUsuallyIn(key)));
            result[key] = Clean(value, reference ? string.Empty : key == "value" && variable is not null ? variable : key, inside);
        }

        return result;
    }

    // Arguments belong together: a flag names the secret that follows it.
    private JsonArray List(JsonArray list, string name, bool suspicious)
    {
        var texts = list.All(item => item?.GetValueKind() == JsonValueKind.String) && !suspicious
            ? SecretScanner.Mask([.. list.Select(item => item!.GetValue<string>())])
            : null;
        return new JsonArray([.. list.Select((item, at) => Clean(texts is null ? item : JsonValue.Create(texts[at]), name, suspicious))]);
    }

    private JsonValue RedactScalar(JsonNode node, string name, bool suspicious) => node.GetValueKind() switch
    {
        JsonValueKind.String => JsonValue.Create(RedactText(node.GetValue<string>(), name, suspicious)),
        JsonValueKind.Number when suspicious => JsonValue.Create(SecretRedactor.Redacted),
        JsonValueKind.Number when Credentials.TraceInVariable(name, node.ToJsonString()) is var trace and not CredentialTrace.None =>
            JsonValue.Create(Credentials.Mark(trace, string.Empty)),
        _ => (JsonValue)node.DeepClone(),
    };

    private string RedactText(string text, string name, bool suspicious) => text switch
    {
        "" => text,
        _ when suspicious => Remember(text, SecretRedactor.Redacted),
        _ when IsConfiguration(name, text) => RedactRepeated(redactor.Redact(ConfigMasker.Mask(text))),
        _ => RedactRepeated(Remember(text, redactor.RedactKnown(DeclaredVariables.MaskEntry(name, text)))),
    };

    private string Remember(string text, string masked)
    {
        if (masked is Credentials.Masked or Credentials.Unclear
            && text is not (Credentials.Masked or Credentials.Unclear)
            && !SecretValues.IsSwitch(text))
        {
            _masked.Add(text.Trim());
        }

        return masked;
    }

    // A copy of a short or an ordinary word says nothing; a part of a text counts only where nothing else can be meant.
    private string RedactRepeated(string text)
    {
        if (text.Length >= ShortestCopy && _masked.Contains(text.Trim()))
        {
            return SecretRedactor.Redacted;
        }

        foreach (var secret in _masked.Where(secret =>
            secret.Length >= SecretRedactor.ShortestSecret && !SecretValues.IsPlainWord(secret) && !SecretValues.IsQuantity(secret)))
        {
            text = text.Replace(secret, SecretRedactor.Redacted, StringComparison.Ordinal);
        }

        return text;
    }

    private static bool IsReference(string key, JsonObject siblings) =>
        References.Contains(key, StringComparer.OrdinalIgnoreCase)
            || Array.Exists(ReferenceEndings, ending => key.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        || (key.Equals("secretKey", StringComparison.OrdinalIgnoreCase) && siblings.ContainsKey("secretName"));

    private static bool IsConfiguration(string name, string text) =>
        DeclaredVariables.IsConfiguration(name) || (text.Contains('\n', StringComparison.Ordinal)
            && (name.Equals("config", StringComparison.OrdinalIgnoreCase) || IsHcl(text)));

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
