using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Declared;

/// <summary>Reads rendered objects as objects of Kubernetes.</summary>
/// <param name="objects">The objects.</param>
internal sealed class ManifestReader(IReadOnlyList<ManifestObject> objects)
{
    private static readonly string[] Quantities = ["limits", "requests"];

    /// <summary>All objects of a kind and API group.</summary>
    /// <param name="group">Group, without its version; empty for the core one.</param>
    /// <param name="kind">The kind.</param>
    /// <exception cref="HarnessException">One of them has a field of a wrong type, so that no API server would take it.</exception>
    public IReadOnlyList<T> List<T>(string group, string kind)
        where T : class =>
        [.. objects.Where(item => item.Kind == kind && GetGroup(item) == group).Select(Read<T>)];

    /// <summary>The API group of an object; empty for the core one.</summary>
    /// <param name="item">The object.</param>
    public static string GetGroup(ManifestObject item) =>
        item.ApiVersion.Split('/') is [var group, _] ? group : string.Empty;

    private static T Read<T>(ManifestObject item)
        where T : class
    {
        var content = (JsonObject)item.Content.DeepClone();
        WriteQuantities(content);
        try
        {
            return KubernetesJson.Deserialize<T>(content.ToJsonString());
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            var place = (exception as JsonException)?.Path is { Length: > 2 } path ? $" at {path[2..]}" : string.Empty;
            throw new HarnessException(
                FailureKind.Configuration,
                $"{item} is rendered with a value of a wrong type{place}, which no API server takes. Put numbers and switches in quotes "
                    + "where Kubernetes wants a text, as in environment variables and annotations.",
                exception);
        }
    }

    // Kubernetes takes a quantity as a number too.
    private static void WriteQuantities(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray items:
                foreach (var item in items)
                {
                    WriteQuantities(item);
                }

                return;
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (name == "sizeLimit" && value?.GetValueKind() == JsonValueKind.Number)
                    {
                        members[name] = value.ToJsonString();
                    }
                    else if (Quantities.Contains(name) && value is JsonObject quantities)
                    {
                        WriteAsTexts(quantities);
                    }
                    else
                    {
                        WriteQuantities(value);
                    }
                }

                return;
            default:
                return;
        }
    }

    private static void WriteAsTexts(JsonObject quantities)
    {
        foreach (var (name, value) in quantities.ToList())
        {
            if (value?.GetValueKind() == JsonValueKind.Number)
            {
                quantities[name] = value.ToJsonString();
            }
        }
    }
}
