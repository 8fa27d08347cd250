using System.Text.Json;
using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Secrets;

/// <summary>
/// Credentials in what a server says of its configuration. The server takes out what it knows to be secret; passwords in addresses, tokens
/// of telemetry and what a newer version has are not among that.
/// </summary>
internal static class SanitizedConfiguration
{
    private const int LongestType = 12;

    /// <summary>A copy without credentials.</summary>
    /// <param name="config">The configuration as the server gave it, or as evidence has it.</param>
    public static JsonObject Mask(JsonObject config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var copy = (JsonObject)config.DeepClone();
        foreach (var (place, trace, value) in ListValues(copy).ToList())
        {
            var masked = Credentials.Mark(trace, SecretScanner.Mask(value.ToString()));
            if (masked != value.ToString())
            {
                value.ReplaceWith(masked);
            }
        }

        return copy;
    }

    /// <summary>Every value that is a credential or may be one, by its place.</summary>
    /// <param name="config">The configuration as evidence has it.</param>
    public static IEnumerable<(string Place, CredentialTrace Trace)> Find(JsonObject config) => ListValues(config)
        .Select(
            item => (item.Place, Trace: (CredentialTrace)Math.Max(
                (int)item.Trace, (int)Credentials.Trace(SecretScanner.Mask(item.Value.ToString())))))
        .Where(item => item.Trace != CredentialTrace.None);

    private static IEnumerable<(string Place, CredentialTrace Trace, JsonValue Value)> ListValues(
        JsonNode node, IReadOnlyList<string>? path = null, string name = "") => node switch
    {
        JsonObject members => members.Where(member => member.Value is not null)
            .SelectMany(member => ListValues(
                member.Value!, name.Length == 0 ? path ?? [] : [.. path ?? [], path is { Count: > 0 } ? name : Block(name)], member.Key)),
        JsonArray items => items.OfType<JsonNode>().SelectMany(item => ListValues(item, path, name)),
        JsonValue value when value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number =>
            [(Place(path ?? [], name), Trace(path ?? [], name, value.ToString()), value)],
        _ => [],
    };

    // What a block is for stands in a member here: pkcs11, s3.
    private static CredentialTrace Trace(IReadOnlyList<string> path, string name, string value) =>
        name == "type" && value.Length <= LongestType && value.All(char.IsAsciiLetterOrDigit)
            ? CredentialTrace.None
            : Credentials.TraceInSetting(path, name, value);

    // The server lists blocks under their name in the plural.
    private static string Block(string name) => name.EndsWith('s') && HarmlessSettings.Closes(name[..^1]) ? name[..^1] : name;

    private static string Place(IReadOnlyList<string> path, string name) => string.Join('.', path.Append(name));
}
