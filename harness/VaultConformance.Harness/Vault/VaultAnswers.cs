using System.Text.Json;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Vault;

/// <summary>Reads what Vault answers. Messages never contain the answer itself, which may hold keys and tokens.</summary>
internal static class VaultAnswers
{
    /// <summary>The answer as an object; an empty body is an empty object.</summary>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    internal static JsonObject ParseObject(string text) =>
        string.IsNullOrWhiteSpace(text) ? [] : JsonNode.Parse(text) as JsonObject
            ?? throw new JsonException("The answer is no JSON object.");

    /// <summary>The answer as an object; an empty one when it is something else, for example a page.</summary>
    internal static JsonObject TryParseObject(string text)
    {
        try
        {
            return ParseObject(text);
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>The texts of an error answer.</summary>
    internal static IReadOnlyList<string> ReadErrors(string text)
    {
        try
        {
            return [.. (ParseObject(text)["errors"] as JsonArray ?? []).Select(error => error?.ToString() ?? string.Empty)];
        }
        catch (JsonException)
        {
            return ["the answer is not Vault's: no JSON"];
        }
    }

    /// <summary>The <c>data</c> member, or the object itself on servers that do not wrap.</summary>
    internal static JsonObject ReadData(JsonObject answer) => (answer["data"] as JsonObject ?? answer).DeepClone().AsObject();

    internal static SealStatus SealStatus(JsonObject answer) => new(
        ReadRequired<string>(answer, "version"),
        ReadRequired<bool>(answer, "initialized"),
        ReadRequired<bool>(answer, "sealed"),
        ReadRequired<int>(answer, "t"),
        ReadRequired<int>(answer, "progress"),
        ReadRequired<string>(answer, "type"),
        FindValue<string>(answer, "storage_type") ?? string.Empty);

    internal static ServerHealth ReadHealth(JsonObject answer) => new(
        ReadRequired<string>(answer, "version"), ReadRequired<bool>(
            answer, "initialized"), ReadRequired<bool>(answer, "sealed"), ReadRequired<bool>(answer, "standby"));

    /// <summary>Keys and root token.</summary>
    internal static UnsealMaterial UnsealMaterial(JsonObject answer, bool autoUnseal)
    {
        var name = autoUnseal ? "recovery_keys_base64" : "keys_base64";
        var keys = answer[name] is JsonArray array ? array.Select(key => FindValue<string>(key, name)) : null;
        return UnsealMaterial(keys, name, FindValue<string>(answer, "root_token"), autoUnseal);
    }

    /// <summary>Keys and root token, whoever read them.</summary>
    /// <exception cref="UnreadableAnswerException">Something is missing, so that the server could never be unsealed.</exception>
    internal static UnsealMaterial UnsealMaterial(IEnumerable<string?>? keys, string name, string? rootToken, bool autoUnseal)
    {
        var made = (keys ?? []).Select(key => new SecretText(key ?? throw CreateMissing(name))).ToList();
        return made.Count == 0
            ? throw CreateMissing(name)
            : new UnsealMaterial(made, new SecretText(rootToken ?? throw CreateMissing("root_token")), autoUnseal);
    }

    /// <summary>The token of an authentication answer.</summary>
    internal static SecretText ReadClientToken(JsonObject answer) =>
        new((answer["auth"] is JsonObject auth ? FindValue<string>(auth, "client_token") : null)
            ?? throw CreateMissing("auth.client_token"));

    /// <summary>What to throw when a member is not there.</summary>
    internal static UnreadableAnswerException CreateMissing(string name) => new($"its answer is not Vault's: '{name}' is missing");

    private static T ReadRequired<T>(JsonObject answer, string name) =>
        answer[name] is null ? throw CreateMissing(name) : FindValue<T>(answer[name], name)!;

    private static T? FindValue<T>(JsonObject answer, string name) => FindValue<T>(answer[name], name);

    private static T? FindValue<T>(JsonNode? node, string name) => node switch
    {
        null => default,
        JsonValue value when value.TryGetValue<T>(out var read) => read,
        _ => throw new UnreadableAnswerException($"its answer is not Vault's: '{name}' is of another type"),
    };
}
