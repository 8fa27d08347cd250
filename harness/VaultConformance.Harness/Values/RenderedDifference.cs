using System.Globalization;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Values;

/// <summary>Which fields of rendered objects differ. Only where, never what: values may be secret.</summary>
internal static class RenderedDifference
{
    /// <summary>The fields that only one of the two has, or that differ, as <c>Kind/name: path</c>.</summary>
    /// <param name="one">The objects.</param>
    /// <param name="other">The objects to compare with.</param>
    public static IEnumerable<string> List(RenderedManifests one, RenderedManifests other)
    {
        var (left, right) = (Index(one), Index(other));
        return left.Keys.Union(right.Keys).SelectMany(key => (left.GetValueOrDefault(key), right.GetValueOrDefault(key)) switch
        {
            ({ } mine, { } theirs) => ListFields(mine, theirs, string.Empty).Select(path => $"{key}: {path}"),
            _ => [$"{key}: the whole object"],
        });
    }

    /// <summary>The fields of an object that another form of it does not have.</summary>
    /// <param name="key">Kind and name.</param>
    /// <param name="rendered">The object as it was rendered.</param>
    /// <param name="admitted">The object as the cluster has it.</param>
    public static IEnumerable<string> ListMissing(string key, JsonObject rendered, JsonObject admitted) =>
        ListMissing(rendered, admitted, string.Empty).Select(path => $"{key}: {path}");

    // Objects of the same kind and name may be rendered for several versions.
    private static Dictionary<string, JsonObject> Index(RenderedManifests manifests) => manifests.Objects
        .GroupBy(item => item.ToString(), StringComparer.Ordinal)
        .SelectMany(group => group.Select((item, at) => (Key: at == 0 ? group.Key : $"{group.Key} ({at + 1})", item.Content)))
        .ToDictionary(pair => pair.Key, pair => pair.Content, StringComparer.Ordinal);

    private static IEnumerable<string> ListFields(JsonNode? one, JsonNode? other, string path) => (one, other) switch
    {
        (JsonObject mine, JsonObject theirs) => mine.Select(member => member.Key).Union(theirs.Select(member => member.Key))
            .SelectMany(key => ListFields(mine[key], theirs[key], path.Length == 0 ? key : $"{path}.{key}")),
        (JsonObject mine, null) when mine.Count > 0 => mine.SelectMany(member => ListFields(member.Value, null, $"{path}.{member.Key}")),
        (null, JsonObject theirs) when theirs.Count > 0 =>
            theirs.SelectMany(member => ListFields(null, member.Value, $"{path}.{member.Key}")),
        (JsonArray mine, JsonArray theirs) => ListItems(mine, theirs, path),
        _ => JsonNode.DeepEquals(one, other) ? [] : [path],
    };

    private static IEnumerable<string> ListItems(JsonArray mine, JsonArray theirs, string path)
    {
        var (left, right) = (Name(mine), Name(theirs));
        return left.Keys.Union(right.Keys)
            .SelectMany(name => ListFields(left.GetValueOrDefault(name), right.GetValueOrDefault(name), $"{path}[{name}]"));
    }

    private static IEnumerable<string> ListMissing(JsonNode? rendered, JsonNode? admitted, string path)
    {
        switch (rendered)
        {
            // The API server leaves out what is empty.
            case null or JsonObject { Count: 0 } or JsonArray { Count: 0 }:
                return [];
            case JsonObject members when admitted is null:
                return members.SelectMany(member => ListAll(member.Value, $"{path}.{member.Key}"));
            case JsonValue value when admitted is null:
                return value.ToString() is "" or "false" or "0" ? [] : [path];
            case JsonObject members:
                return members.SelectMany(member => ListMissing(
                    member.Value, (admitted as JsonObject)?[member.Key], path.Length == 0 ? member.Key : $"{path}.{member.Key}"));
            case JsonArray items:
                var named = Name(admitted as JsonArray ?? []);
                return Name(items).SelectMany(item => ListMissing(item.Value, named.GetValueOrDefault(item.Key), $"{path}[{item.Key}]"));
            default:
                return [];
        }
    }

    private static IEnumerable<string> ListAll(JsonNode? rendered, string path) => rendered switch
    {
        null => [],
        JsonObject members => members.SelectMany(member => ListAll(member.Value, $"{path}.{member.Key}")),
        _ => [path],
    };

    // Items are told by their names where they have them, else by their places.
    private static Dictionary<string, JsonNode?> Name(JsonArray items) => items
        .Select((item, at) => (Name: FindName(item) ?? at.ToString(CultureInfo.InvariantCulture), Item: item))
        .GroupBy(pair => pair.Name, StringComparer.Ordinal)
        .SelectMany(group => group.Select((pair, at) => (Key: at == 0 ? group.Key : $"{group.Key} ({at + 1})", pair.Item)))
        .ToDictionary(pair => pair.Key, pair => pair.Item, StringComparer.Ordinal);

    private static string? FindName(JsonNode? item) =>
        item is JsonObject named && named["name"] is JsonValue name && name.TryGetValue<string>(out var text) ? text : null;
}
