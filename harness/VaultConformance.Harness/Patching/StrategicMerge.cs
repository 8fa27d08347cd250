using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Patching;

/// <summary>Strategic-merge patch with the semantics of the Kubernetes API server for its built-in kinds.</summary>
/// <param name="kind">Kind of the object; it decides which lists are merged.</param>
/// <param name="origin">Where the patch comes from, for messages.</param>
internal sealed class StrategicMerge(string kind, string origin)
{
    private const string Directive = "$patch";

    internal JsonObject Apply(JsonObject original, JsonObject patch)
    {
        var result = (JsonObject)original.DeepClone();
        return MergeInto(result, patch, "")
            ?? throw CreateProblem("", $"'{Directive}: delete' would delete the whole object; remove it by values instead");
    }

    // Null means: the patch deletes the object.
    private JsonObject? MergeInto(JsonObject target, JsonObject patch, string path)
    {
        switch (FindDirective(patch, path))
        {
            case "delete":
                return null;
            case "replace":
                return (JsonObject)CreateFresh(patch, path);
        }

        foreach (var (key, value) in patch)
        {
            if (key != Directive)
            {
                MergeField(target, key, value, path);
            }
        }

        return target;
    }

    private void MergeField(JsonObject target, string key, JsonNode? value, string path)
    {
        var list = FindDeletionList(key);
        if (list is not null)
        {
            DeleteValues(target, list, value, Join(path, list));
            return;
        }

        RefuseUnknownDirective(key, path);
        var here = Join(path, key);
        var merged = (target[key], value) switch
        {
            (_, null) => null,
            (JsonObject old, JsonObject change) => MergeInto(old, change, here),
            (JsonArray old, JsonArray change) => MergeList(old, change, here),
            (_, JsonObject change) when FindDirective(change, here) == "delete" => null,
            _ => CreateFresh(value, here),
        };
        if (merged is null)
        {
            target.Remove(key);
        }
        else if (!ReferenceEquals(merged, target[key]))
        {
            target[key] = merged;
        }
    }

    private JsonArray MergeList(JsonArray old, JsonArray change, string path)
    {
        if (change.Any(item => item is JsonObject entry && FindDirective(entry, path) == "replace" && entry.Count == 1))
        {
            return (JsonArray)CreateFresh(change, path);
        }

        if (MergeKeys.IsMergedSet(path))
        {
            return new JsonArray([.. old.Concat(change).Select(item => item?.DeepClone()).DistinctBy(item => item?.ToJsonString())]);
        }

        return MergeKeys.Find(kind, path) is { } mergeKey
            ? new ListMerge(this, path, mergeKey).Apply(old, change)
            : (JsonArray)CreateFresh(change, path);
    }

    internal JsonObject? MergeItem(JsonObject item, JsonObject change, string path) => MergeInto(item, change, path);

    // New content must not carry nulls or directives into the object.
    internal JsonNode CreateFresh(JsonNode? node, string path)
    {
        switch (node)
        {
            case JsonObject mapping:
                var fresh = new JsonObject();
                foreach (var (key, value) in mapping)
                {
                    if (key == Directive || value is null || FindDeletionList(key) is not null)
                    {
                        continue;
                    }

                    RefuseUnknownDirective(key, path);
                    fresh[key] = CreateFresh(value, Join(path, key));
                }

                return fresh;
            case JsonArray sequence:
                return new JsonArray([.. sequence.Where(item => !IsDirectiveOnly(item, path)).Select(item => CreateFresh(item, path))]);
            case null:
                throw CreateProblem(path, "a list item is null");
            default:
                return node.DeepClone();
        }
    }

    // '{$patch: replace}' speaks of the list and '{$patch: delete, …}' of an item that is to go: neither is an item.
    private bool IsDirectiveOnly(JsonNode? item, string path) =>
        item is JsonObject entry && (FindDirective(entry, path) == "delete" || (entry.Count == 1 && entry[Directive] is not null));

    internal string? FindDirective(JsonObject patch, string path) => patch[Directive]?.ToString() switch
    {
        null => null,
        "merge" => null,
        "delete" or "replace" => patch[Directive]!.ToString(),
        var other => throw CreateProblem(path, $"'{Directive}: {other}' is not known; use delete, replace or merge"),
    };

    internal PatchException CreateProblem(string path, string problem) =>
        new($"The {origin} cannot be applied to a {kind}: at '{(path.Length == 0 ? "/" : path)}': {problem}.");

    private static void DeleteValues(JsonObject target, string list, JsonNode? values, string path)
    {
        if (target[list] is not JsonArray old || !MergeKeys.IsMergedSet(path))
        {
            return;
        }

        var unwanted = (values as JsonArray ?? []).Select(value => value?.ToJsonString()).ToHashSet();
        target[list] = new JsonArray([.. old.Where(item => !unwanted.Contains(item?.ToJsonString())).Select(item => item?.DeepClone())]);
    }

    private static string? FindDeletionList(string key) =>
        key.StartsWith("$deleteFromPrimitiveList/", StringComparison.Ordinal) ? key["$deleteFromPrimitiveList/".Length..] : null;

    private void RefuseUnknownDirective(string key, string path)
    {
        if (key == "$retainKeys")
        {
            throw CreateProblem(
                path, "'$retainKeys' is not supported; use '$patch: replace' with the complete content, or null for each field to remove");
        }

        if (key.StartsWith('$'))
        {
            throw CreateProblem(path, $"the directive '{key}' is not supported; use '$patch' or a JSON patch");
        }
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
