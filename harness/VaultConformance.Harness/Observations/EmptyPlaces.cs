using System.Text.Json;

namespace VaultConformance.Harness.Observations;

/// <summary>Places of an observation that hold nothing, and that are never empty where it was taken from.</summary>
internal static class EmptyPlaces
{
    private const string Name = "name";
    private const string Metadata = "metadata";
    private const string Pods = "pods";

    // What each item of a list of a Kubernetes object has, wherever the list is.
    private static readonly Dictionary<string, string[]> Members = new(StringComparer.Ordinal)
    {
        [Pods] = [Metadata, "spec"], ["services"] =
            [Metadata, "spec"], ["ingresses"] = [Metadata, "spec"], ["statefulSets"] = [Metadata], ["deployments"] = [Metadata],
        ["daemonSets"] = [Metadata], ["replicaSets"] =
            [Metadata], ["replicationControllers"] = [Metadata], ["podTemplates"] = [Metadata], ["jobs"] = [Metadata],
        ["cronJobs"] = [Metadata], ["configMaps"] =
            [Metadata], ["persistentVolumeClaims"] = [Metadata], ["serviceAccounts"] = [Metadata], ["ingressClasses"] = [Metadata],
        ["runtimeClasses"] = [Metadata], ["containers"] =
            [Name], ["initContainers"] = [Name], ["ephemeralContainers"] = [Name], ["env"] = [Name], ["volumes"] = [Name],
        ["volumeMounts"] = [Name, "mountPath"], ["containerStatuses"] =
            [Name], ["initContainerStatuses"] = [Name], ["ephemeralContainerStatuses"] = [Name],
        ["ownerReferences"] = ["kind", Name],
    };

    // What a map holds is text.
    private static readonly string[] Maps =
        ["labels", "annotations", "matchLabels", "selector", "nodeSelector", "data", "binaryData", "limits", "requests"];

    // These are kept as they came, whatever is in them.
    private static readonly string[] Free = ["routes", "gateways"];

    /// <summary>The places, with what is wrong there.</summary>
    /// <param name="element">Where to look.</param>
    /// <param name="path">How that place is called.</param>
    /// <param name="isObjects">True for Kubernetes objects.</param>
    public static IEnumerable<string> FindIn(JsonElement element, string path, bool isObjects) => element.ValueKind switch
    {
        JsonValueKind.Array =>
            element.EnumerateArray().SelectMany((item, place) =>
                item.ValueKind == JsonValueKind.Null ? [$"{path}[{place}]: it is null"] : FindIn(item, $"{path}[{place}]", isObjects)),
        JsonValueKind.Object => element.EnumerateObject().Where(member => !isObjects || !Free.Contains(member.Name))
            .SelectMany(
                member => (isObjects ? FindInObjects(member, path) : []).Concat(FindIn(member.Value, $"{path}.{member.Name}", isObjects))),
        _ => [],
    };

    private static IEnumerable<string> FindInObjects(JsonProperty member, string path)
    {
        var place = $"{path}.{member.Name}";
        if (member.Value.ValueKind == JsonValueKind.Array && Members.TryGetValue(member.Name, out var needed))
        {
            return member.Value.EnumerateArray()
                .SelectMany(
                    (item, number) => FindMissing(item, needed, $"{place}[{number}]")
                        .Concat(member.Name == Pods ? WithoutContainers(item, $"{place}[{number}]") : []));
        }

        return member.Value.ValueKind != JsonValueKind.Object ? []
            : member.Name == "namespace" ? FindMissing(member.Value, [Metadata], place)
            : Maps.Contains(member.Name) ? member.Value.EnumerateObject()
                .Where(entry => entry.Value.ValueKind == JsonValueKind.Null)
                .Select(entry => $"{place}.{entry.Name}: it is null")
            : [];
    }

    private static IEnumerable<string> WithoutContainers(JsonElement pod, string place) =>
        pod.ValueKind == JsonValueKind.Object && pod.TryGetProperty("spec", out var spec) && spec.ValueKind == JsonValueKind.Object
        && (!spec.TryGetProperty("containers", out var containers)
            || containers.ValueKind != JsonValueKind.Array
            || containers.GetArrayLength() == 0)
            ? [$"{place}.spec: it has no containers"]
            : [];

    private static IEnumerable<string> FindMissing(JsonElement item, IReadOnlyList<string> needed, string place)
    {
        foreach (var name in item.ValueKind == JsonValueKind.Object ? needed : [])
        {
            if (!item.TryGetProperty(name, out var member) || member.ValueKind == JsonValueKind.Null)
            {
                yield return $"{place}: it has no {name}";
            }
            else if (name == Metadata && (!member.TryGetProperty(Name, out var own) || own.ValueKind == JsonValueKind.Null))
            {
                yield return $"{place}.{Metadata}: it has no {Name}";
            }
        }
    }
}
