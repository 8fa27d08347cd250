using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using k8s;
using k8s.Models;

namespace VaultConformance.Judging.Subjects;

/// <summary>
/// Whether a pod is what its workload declares. Admission may add to a pod; what is declared and not there means that the pod and the
/// declaration are not of the same release, or that one of them is not known whole.
/// </summary>
public static class DeclaredPod
{
    private const string Fact = "what the workload declares and the pod does not have";
    private const int Shown = 3;
    private const string Running = "Running";

    /// <summary>What is different; nothing when the pod is what is declared.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="objects">Holds the workloads.</param>
    public static IEnumerable<Judgement> Judge(V1Pod pod, AdmittedObjects objects)
    {
        var workload = Workload.List(objects).FirstOrDefault(candidate => candidate.Owns(pod));
        var unknown = ListUnlisted(pod).ToList();
        if (unknown.Count > 0)
        {
            yield return Judgement.Unknown(
                "containers that run and are not in the pod's specification", "none", string.Join(", ", unknown));
        }

        if (pod.Status?.Phase is { Length: > 0 } phase && phase != Running)
        {
            yield return Judgement.Unknown("state of the pod", "running", $"{phase}: what is recorded of it is not a running server");
        }

        var missing =
            workload?.Template?.Spec is { } template ? ListMissing(ToNode(template), ToNode(pod.Spec), string.Empty).ToList() : [];
        if (missing.Count > 0)
        {
            var more = missing.Count > Shown ? $" and {missing.Count - Shown} more" : string.Empty;
            yield return Judgement.Unknown(Fact, "nothing", $"{string.Join(", ", missing.Take(Shown))}{more} ({workload!.Subject})");
        }
    }

    private static IEnumerable<string> ListUnlisted(V1Pod pod)
    {
        var names = pod.ListAllContainers().Select(container => container.Name).ToHashSet(StringComparer.Ordinal);
        return (pod.Status?.ContainerStatuses ?? [])
            .Concat(pod.Status?.InitContainerStatuses ?? [])
            .Concat(pod.Status?.EphemeralContainerStatuses ?? [])
            .Select(status => status.Name)
            .Where(name => !names.Contains(name));
    }

    private static JsonNode? ToNode(V1PodSpec spec) => JsonNode.Parse(KubernetesJson.Serialize(spec));

    // Admission may change a value, and what it made of it is judged. It has no reason to take something away.
    private static IEnumerable<string> ListMissing(JsonNode? declared, JsonNode? admitted, string path) => declared switch
    {
        null => [],
        _ when admitted is null => [path.TrimStart('.')],
        JsonObject members =>
            members.SelectMany(member => ListMissing(member.Value, (admitted as JsonObject)?[member.Key], $"{path}.{member.Key}")),
        JsonArray items when items.Any(item => FindName(item) is not null) =>
            items.SelectMany(item => ListMissing(item, FindCounterpart(item, admitted as JsonArray), $"{path}[{FindName(item)}]")),
        JsonArray items => (admitted as JsonArray)?.Count >= items.Count ? [] : [path.TrimStart('.')],
        _ => [],
    };

    // Items with a name are told by it, because admission inserts others among them.
    private static JsonNode? FindCounterpart(JsonNode? item, JsonArray? admitted) =>
        admitted?.FirstOrDefault(other => FindName(other) == FindName(item) && HasSamePath(item, other));

    private static bool HasSamePath(JsonNode? item, JsonNode? other) =>
        JsonNode.DeepEquals((item as JsonObject)?["mountPath"], (other as JsonObject)?["mountPath"]);

    private static string? FindName(JsonNode? item) =>
        item is JsonObject named && named["name"] is JsonValue name && name.TryGetValue<string>(out var text) ? text : null;
}
