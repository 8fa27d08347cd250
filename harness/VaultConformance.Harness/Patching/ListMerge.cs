using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Patching;

/// <summary>Merges a list whose items are told apart by one of their fields. Old items keep their place, new ones come last.</summary>
/// <param name="merge">Merges the items themselves.</param>
/// <param name="path">Where the list is.</param>
/// <param name="mergeKey">The field.</param>
internal sealed class ListMerge(StrategicMerge merge, string path, string mergeKey)
{
    internal JsonArray Apply(JsonArray old, JsonArray change)
    {
        List<JsonObject> items = [.. old.OfType<JsonObject>().Select(item => (JsonObject)item.DeepClone())];
        foreach (var node in change)
        {
            var entry = ReadEntry(node);
            var place = items.FindIndex(item => IsSame(item, entry));
            if (place >= 0)
            {
                Change(items, place, entry);
            }
            else if (merge.FindDirective(entry, path) != "delete")
            {
                items.Add((JsonObject)merge.CreateFresh(entry, path));
            }
        }

        return new JsonArray([.. items]);
    }

    private JsonObject ReadEntry(JsonNode? node) => node is JsonObject entry && entry[mergeKey] is not null
        ? entry
        : throw merge.CreateProblem(path, $"every item needs the field '{mergeKey}', which tells items of this list apart");

    private void Change(List<JsonObject> items, int place, JsonObject entry)
    {
        var merged = merge.MergeItem(items[place], entry, path);
        items.RemoveAt(place);
        if (merged is not null)
        {
            items.Insert(place, merged);
        }
    }

    private bool IsSame(JsonObject item, JsonObject entry) =>
        JsonNode.DeepEquals(item[mergeKey], entry[mergeKey]) && (mergeKey != "containerPort" || IsSameProtocol(item, entry));

    // One port number may be open for TCP and for UDP; a patch that names no protocol means the first.
    private static bool IsSameProtocol(JsonObject item, JsonObject entry) =>
        entry["protocol"] is null || entry["protocol"]!.ToString() == (item["protocol"]?.ToString() ?? "TCP");
}
