using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace VaultConformance.Judging.PodSecurity;

/// <summary>Which kinds of volumes a pod may have.</summary>
internal static class VolumeRules
{
    private const string Expected = "a volume of a kind that is neither the node's nor a network file system";

    /// <summary>The violations of a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="version">The version of the standard.</param>
    public static IEnumerable<Violation> List(V1Pod pod, StandardVersion version) =>
        (pod.Spec.Volumes ?? []).Where(volume => !IsAllowed(volume, version)).Select(volume => FindKind(volume) is { } kind
            ? new Violation("restricted volume types", null, $"volume {volume.Name}", Expected, kind)
            : new Violation("restricted volume types", null, $"volume {volume.Name}", Expected, "a kind that this program does not know")
            {
                IsUnknown = true,
            });

    private static bool IsAllowed(V1Volume volume, StandardVersion version) => volume switch
    {
        { ConfigMap: not null } or { Csi: not null } or { DownwardAPI: not null } or { EmptyDir: not null } or { Ephemeral: not null }
            or { PersistentVolumeClaim: not null } or { Projected: not null } or { Secret: not null } => true,
        { Image: not null } => version.AllowsImageVolumes,
        _ => false,
    };

    private static string? FindKind(V1Volume volume) =>
        (JsonNode.Parse(KubernetesJson.Serialize(volume)) as JsonObject)?.FirstOrDefault(member => member.Key != "name").Key;
}
