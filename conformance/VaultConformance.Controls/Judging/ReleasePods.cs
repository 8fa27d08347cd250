using k8s.Models;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging;

/// <summary>The pods of the release beside the servers: injector and CSI provider.</summary>
internal static class ReleasePods
{
    private const string InstanceLabel = "app.kubernetes.io/instance";

    /// <summary>Server pods and the other pods of the same Helm release.</summary>
    /// <param name="objects">The objects.</param>
    public static IReadOnlyList<V1Pod> Of(AdmittedObjects objects)
    {
        var releases = objects.ServerPods.Select(pod => Label(pod, InstanceLabel)).OfType<string>().ToHashSet();
        return [.. objects.Pods.Where(pod => objects.ServerPods.Contains(pod) || (Label(pod, InstanceLabel) is { } release && releases.Contains(release)))];
    }

    /// <summary>True for the CSI provider, which needs hostPath by design and is judged under a profile of its own.</summary>
    /// <param name="pod">A pod.</param>
    public static bool IsCsiProvider(V1Pod pod) => Label(pod, "app.kubernetes.io/name")?.EndsWith("csi-provider", StringComparison.Ordinal) == true;

    private static string? Label(V1Pod pod, string name) => pod.Metadata.Labels is { } labels && labels.TryGetValue(name, out var value) ? value : null;
}
