using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Patching;

/// <summary>One change to rendered objects.</summary>
/// <param name="Origin">Where it was written: <c>patch 'a.yaml'</c>, with the document's number when there are several.</param>
/// <param name="Target">Which objects it changes.</param>
/// <param name="Change">An object is a strategic-merge patch, a list is a JSON patch.</param>
internal sealed record Patch(string Origin, PatchTarget Target, JsonNode Change)
{
    /// <summary>Changes one object.</summary>
    /// <param name="item">An object that the target matches.</param>
    /// <exception cref="PatchException">The patch does not fit the object, or would give it another identity.</exception>
    public ManifestObject Apply(ManifestObject item)
    {
        var changed = item with
        {
            Content = Change is JsonArray operations
                ? new JsonPatch(operations, Origin).Apply(item.Content)
                : new StrategicMerge(item.Kind, Origin).Apply(item.Content, (JsonObject)Change),
        };
        return changed.ToString() == item.ToString() && changed.ApiVersion == item.ApiVersion
            ? changed
            : throw new PatchException(
                $"The {Origin} would turn {item} into {changed}. A patch must not change apiVersion, kind or metadata.name.");
    }
}
