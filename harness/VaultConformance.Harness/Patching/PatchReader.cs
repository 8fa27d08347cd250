using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Patching;

/// <summary>Reads patch documents in the forms that users know from kustomize.</summary>
internal static class PatchReader
{
    private static readonly string[] TargetFields = ["kind", "name", "apiVersion", "labelSelector"];

    internal static IEnumerable<Patch> Read(string text, string fileName)
    {
        var documents = ManifestYaml.Read(text, $"patch '{fileName}'");
        if (documents.Count == 0)
        {
            throw new PatchException($"The patch '{fileName}' is empty.");
        }

        return documents.SelectMany((document, index) =>
            FromDocument(document, documents.Count == 1 ? $"patch '{fileName}'" : $"patch '{fileName}' (document {index + 1})"));
    }

    private static IEnumerable<Patch> FromDocument(JsonNode document, string origin)
    {
        if (document is not JsonObject content)
        {
            throw new PatchException(
                $"The {origin} is not an object. Write 'target:' and 'patch:', or a partial object with kind and metadata.name.");
        }

        if (content["patches"] is JsonArray patches && content.Count == 1)
        {
            return patches.SelectMany((patch, index) => FromDocument(patch ?? new JsonObject(), $"{origin} (item {index + 1})"));
        }

        return [content.ContainsKey("target") || content.ContainsKey("patch") ? ReadTargeted(content, origin) : ReadBare(content, origin)];
    }

    private static Patch ReadTargeted(JsonObject content, string origin)
    {
        RefuseOthers(content, ["target", "patch"], "", origin);
        var target = content["target"] as JsonObject ?? throw new PatchException($"The {origin} has no 'target:' with at least a kind.");
        RefuseOthers(target, TargetFields, "target.", origin);
        return new Patch(origin, ReadTarget(target, origin), Change(content["patch"], origin));
    }

    private static PatchTarget ReadTarget(JsonObject target, string origin)
    {
        var kind = target["kind"]?.ToString() ?? throw new PatchException($"The {origin} has no 'target.kind'.");
        var name = target["name"]?.ToString();
        if (name is not null)
        {
            RefuseBrokenPattern(name, origin);
        }

        return new PatchTarget(
            kind, name, target["apiVersion"]?.ToString(), ParseLabels(target["labelSelector"]?.ToString() ?? "", origin));
    }

    private static void RefuseBrokenPattern(string name, string origin)
    {
        try
        {
            _ = new Regex(name, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new PatchException($"The {origin} has a 'target.name' that is not a regular expression: {exception.Message}", exception);
        }
    }

    private static Dictionary<string, string> ParseLabels(string selector, string origin)
    {
        var pairs = selector.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(pair => pair.Split('=', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var labels = new Dictionary<string, string>();
        foreach (var pair in pairs)
        {
            if (pair is not [var key, var value] || key.EndsWith('!'))
            {
                throw new PatchException($"The {origin} has a 'target.labelSelector' other than 'key=value,key=value'.");
            }

            labels[key] = value;
        }

        return labels;
    }

    // kustomize writes the patch as a text block; a nested object or list says the same.
    private static JsonNode Change(JsonNode? patch, string origin) => patch switch
    {
        JsonObject merge => WithoutIdentity(merge),
        JsonArray operations => operations.DeepClone(),
        JsonValue text when text.TryGetValue<string>(out var inner) && ManifestYaml.Read(inner, origin) is [var node] and not [JsonValue] =>
            Change(node, origin),
        _ => throw new PatchException(
            $"The {origin} has no 'patch:' that is an object (strategic-merge patch) or a list of operations (JSON patch)."),
    };

    private static Patch ReadBare(JsonObject content, string origin)
    {
        var kind = content["kind"]?.ToString();
        var name = (content["metadata"] as JsonObject)?["name"]?.ToString();
        if (kind is null || name is null)
        {
            throw new PatchException($"The {origin} does not say what it changes. Write 'target:' and 'patch:', or give the partial "
                + "object kind and metadata.name.");
        }

        return new Patch(
            origin,
            new PatchTarget(kind, Regex.Escape(name), content["apiVersion"]?.ToString(), new Dictionary<string, string>()),
            WithoutIdentity(content));
    }

    // With a target given, kind and name inside the patch only help the reader.
    private static JsonObject WithoutIdentity(JsonObject patch)
    {
        var change = (JsonObject)patch.DeepClone();
        change.Remove("apiVersion");
        change.Remove("kind");
        if (change["metadata"] is JsonObject metadata)
        {
            metadata.Remove("name");
        }

        return change;
    }

    private static void RefuseOthers(JsonObject content, string[] known, string prefix, string origin)
    {
        var unknown = content.Select(field => field.Key).Where(key => !known.Contains(key)).ToList();
        if (unknown.Count > 0)
        {
            throw new PatchException($"The {origin} has the unknown field '{prefix}{unknown[0]}'. Known are: "
                + $"{string.Join(", ", known.Select(field => prefix + field))}.");
        }
    }
}
