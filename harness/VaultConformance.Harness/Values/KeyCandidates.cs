using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Values;

/// <summary>Finds keys of a chart that may have been meant by one that it does not know.</summary>
internal static class KeyCandidates
{
    private const int ShortestName = 4;

    /// <summary>
    /// The keys in the place of the first one that is unknown, and those below the same section that have the same name as the last.
    /// </summary>
    /// <param name="defaults">The chart's own values.</param>
    /// <param name="path">The keys from the root, which the chart does not know.</param>
    public static IReadOnlyList<string> List(JsonObject defaults, IReadOnlyList<string> path)
    {
        var (map, depth) = (defaults, 0);
        while (depth < path.Count - 1 && map[path[depth]] is JsonObject { Count: > 0 } below)
        {
            (map, depth) = (below, depth + 1);
        }

        var known = path.Take(depth).ToList();
        var beside = map.Select(member => Write([.. known, member.Key]));
        return [.. beside.Concat(ListNamed(defaults, path)).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> ListNamed(JsonObject defaults, IReadOnlyList<string> path)
    {
        // A name like 'size' is everywhere, and below another section it means another thing.
        var name = path[^1];
        return name.Length >= ShortestName && path.Count > 1 && defaults[path[0]] is JsonObject section
            ? Walk(section, [path[0]]).Where(key => key[^1] == name).Select(Write)
            : [];
    }

    private static IEnumerable<IReadOnlyList<string>> Walk(JsonObject map, IReadOnlyList<string> path) =>
        map.SelectMany(member => (IEnumerable<IReadOnlyList<string>>)
            [[.. path, member.Key], .. member.Value is JsonObject below ? Walk(below, [.. path, member.Key]) : []]);

    private static string Write(IReadOnlyList<string> path) => new ValueLeaf(path, 0, null, HoldsAnchor: false).Key;
}
