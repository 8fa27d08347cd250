using System.Text.Json;
using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Vault;

/// <summary>Reads what Vault answers. Messages never contain the answer itself, which may hold keys and tokens.</summary>
internal static class VaultAnswers
{
    /// <summary>The answer as an object; an empty body is an empty object.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    internal static JsonObject Object(string text) =>
        string.IsNullOrWhiteSpace(text) ? [] : JsonNode.Parse(text) as JsonObject ?? throw new JsonException("the answer is no JSON object");

    /// <summary>The texts of an error answer.</summary>
    internal static IReadOnlyList<string> Errors(string text)
    {
        try
        {
            return [.. (Object(text)["errors"] as JsonArray ?? []).Select(error => error?.ToString() ?? string.Empty)];
        }
        catch (JsonException)
        {
            return ["the answer is not Vault's: no JSON"];
        }
    }

    /// <summary>The <c>data</c> member, or the object itself on servers that do not wrap.</summary>
    internal static JsonObject Data(JsonObject answer) => (answer["data"] as JsonObject ?? answer).DeepClone().AsObject();

    /// <summary>Seal status.</summary>
    internal static SealStatus SealStatus(JsonObject answer) => new(
        Text(answer, "version"),
        answer["initialized"]?.GetValue<bool>() ?? Text(answer, "type").Length > 0,
        Flag(answer, "sealed"),
        Number(answer, "t"),
        Number(answer, "progress"),
        Text(answer, "type"),
        Text(answer, "storage_type"));

    /// <summary>Health.</summary>
    internal static ServerHealth Health(JsonObject answer) =>
        new(Text(answer, "version"), Flag(answer, "initialized"), Flag(answer, "sealed"), Flag(answer, "standby"));

    /// <summary>Keys and root token.</summary>
    internal static UnsealMaterial UnsealMaterial(JsonObject answer, bool autoUnseal)
    {
        var keys = answer[autoUnseal ? "recovery_keys_base64" : "keys_base64"] as JsonArray ?? [];
        return new UnsealMaterial(
            [.. keys.Select(key => new SecretText(key?.GetValue<string>() ?? throw new JsonException("a key is missing")))],
            new SecretText(Required(answer["root_token"], "root_token")),
            autoUnseal);
    }

    /// <summary>The token of an authentication answer.</summary>
    internal static SecretText ClientToken(JsonObject answer) => new(Required(answer["auth"]?["client_token"], "auth.client_token"));

    private static string Required(JsonNode? node, string name) => node?.GetValue<string>() ?? throw new JsonException($"'{name}' is missing in the answer");

    private static string Text(JsonObject answer, string name) => answer[name]?.GetValue<string>() ?? string.Empty;

    private static int Number(JsonObject answer, string name) => answer[name]?.GetValue<int>() ?? 0;

    private static bool Flag(JsonObject answer, string name) =>
        answer[name]?.GetValue<bool>() ?? throw new JsonException($"'{name}' is missing in the answer");
}
