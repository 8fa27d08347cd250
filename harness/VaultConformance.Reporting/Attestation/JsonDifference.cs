using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Attestation;

/// <summary>One place where two JSON documents differ.</summary>
/// <param name="Path">Where, for example <c>predicate.result</c> or <c>results[CORE-1].outcome</c>.</param>
/// <param name="Found">What is there; null when nothing is.</param>
/// <param name="Expected">What should be there; null when nothing should.</param>
internal sealed record JsonDifference(string Path, string? Found, string? Expected)
{
    private const int LongestValue = 120;

    // For people; what a terminal would act on is made visible afterwards.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// All differences. Objects in a list are told by their <c>id</c> where they have one, otherwise entries by their place.
    /// </summary>
    /// <param name="found">What is there.</param>
    /// <param name="expected">What should be there.</param>
    /// <param name="compared">Says by its name whether a member is compared, at any depth.</param>
    public static IReadOnlyList<JsonDifference> ListBetween(JsonNode? found, JsonNode? expected, Func<string, bool> compared) =>
        [.. Compare(string.Empty, found, expected, compared)];

    private static IEnumerable<JsonDifference> Compare(string path, JsonNode? found, JsonNode? expected, Func<string, bool> compared) =>
        (found, expected) switch
        {
            (JsonObject left, JsonObject right) =>
                CompareMembers(path, SelectNamed(left, compared), SelectNamed(right, compared), compared),
            (JsonArray left, JsonArray right) => CompareEntries(path, left, right, HasIds(left) && HasIds(right), compared),
            _ => JsonNode.DeepEquals(found, expected) ? [] : [new JsonDifference(path, Show(found), Show(expected))],
        };

    private static IEnumerable<JsonDifference> CompareMembers(
        string path, Dictionary<string, JsonNode?> found, Dictionary<string, JsonNode?> expected, Func<string, bool> compared)
    {
        foreach (var name in expected.Keys.Union(found.Keys))
        {
            var place = name.StartsWith('[') || path.Length == 0 ? path + name : $"{path}.{name}";
            var differences = (found.TryGetValue(name, out var left), expected.TryGetValue(name, out var right)) switch
            {
                (true, true) => Compare(place, left, right, compared),
                (true, false) => [new JsonDifference(place, Show(left), null)],
                _ => [new JsonDifference(place, null, Show(right))],
            };
            foreach (var difference in differences)
            {
                yield return difference;
            }
        }
    }

    private static Dictionary<string, JsonNode?> SelectNamed(JsonObject map, Func<string, bool> compared) =>
        map.Where(member => compared(member.Key)).ToDictionary(member => member.Key, member => member.Value, StringComparer.Ordinal);

    private static IEnumerable<JsonDifference> CompareEntries(
        string path, JsonArray found, JsonArray expected, bool byId, Func<string, bool> compared) =>
        CompareMembers(path, IndexEntries(found, byId), IndexEntries(expected, byId), compared);

    private static Dictionary<string, JsonNode?> IndexEntries(JsonArray list, bool byId) => list
        .Select((entry, at) => (Name: byId ? FindId(entry) : FormattableString.Invariant($"{at}"), entry))
        .ToDictionary(pair => $"[{pair.Name}]", pair => pair.entry, StringComparer.Ordinal);

    private static bool HasIds(JsonArray list)
    {
        var ids = list.Select(FindId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return ids.Count == list.Count;
    }

    private static string? FindId(JsonNode? entry) =>
        entry is JsonObject map && map["id"] is JsonValue value && value.TryGetValue<string>(out var id) ? id : null;

    private static string Show(JsonNode? node) => Printable.Cut(Printable.ToOneLine(node?.ToJsonString(Readable) ?? "null"), LongestValue);
}
