using k8s.Models;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.PodSecurity;

/// <summary>
/// The Pod Security Standard <em>restricted</em>, evaluated here. Every container counts: init containers, native sidecars, and those that
/// were added for debugging.
/// </summary>
/// <param name="versions">The versions that may be the one of the cluster.</param>
internal sealed class RestrictedStandard(IReadOnlyList<StandardVersion> versions)
{
    /// <summary>The standard of a cluster.</summary>
    /// <param name="serverVersion">What the API server says of itself; null when nobody asked.</param>
    public static RestrictedStandard Of(string? serverVersion) => new(StandardVersion.List(serverVersion));

    /// <summary>What a pod violates whatever version the cluster has, and what it violates in some of them only.</summary>
    /// <param name="pod">The pod, or what makes it.</param>
    public (IReadOnlyList<Violation> Certain, IReadOnlyList<Violation> Open) Judge(V1Pod pod)
    {
        var all = versions.Select(version => List(pod, version)).ToList();
        var found = all.SelectMany(list => list).Distinct().ToList();
        var certain = found.Where(violation => !violation.IsUnknown && all.TrueForAll(list => list.Contains(violation))).ToList();
        return (certain, [.. found.Except(certain)]);
    }

    /// <summary>How the standard is named in findings.</summary>
    public override string ToString() =>
        versions.Count == 1 ? $"restricted of {versions[0]}" : $"restricted of {versions[0]} to {versions[^1]}";

    private static List<Violation> List(V1Pod pod, StandardVersion version)
    {
        var containers = pod.Spec.ListAllContainers();
        return
        [
            .. HostRules.List(pod, containers, version), .. ModuleRules.List(pod, containers, version),
            .. ContainerRules.List(pod, containers), .. UserRules.List(pod, containers, version), .. VolumeRules.List(pod, version),
        ];
    }
}
