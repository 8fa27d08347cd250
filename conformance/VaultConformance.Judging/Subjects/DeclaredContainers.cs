using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.Subjects;

/// <summary>A container and where it is declared.</summary>
/// <param name="Subject">Pod or workload.</param>
/// <param name="Container">The container.</param>
public sealed record DeclaredContainer(string Subject, V1Container Container);

/// <summary>The containers of the release that are not in a server pod.</summary>
internal static class DeclaredContainers
{
    /// <summary>
    /// Containers of the other pods, and of every workload's template: what it declares is readable whether or not it has pods.
    /// </summary>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<DeclaredContainer> ListBesideServers(AdmittedObjects objects) =>
    [
        .. ReleasePods.List(objects)
            .Where(pod => !objects.ServerPods.Contains(pod.Pod))
            .SelectMany(pod => ListIn(pod.Subject, pod.Pod.Spec)),
        .. Workload.List(objects).SelectMany(workload => ListIn(workload.Subject, workload.Template?.Spec)),
    ];

    /// <summary>Containers of every pod, and of every workload's template.</summary>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<DeclaredContainer> ListAll(AdmittedObjects objects) =>
        objects.ServerPods.SelectMany(pod => ListIn(pod.Metadata.Name, pod.Spec)).Concat(ListBesideServers(objects));

    private static IEnumerable<DeclaredContainer> ListIn(string subject, V1PodSpec? specification) =>
        (specification?.ListAllContainers() ?? []).Select(container => new DeclaredContainer(subject, container));
}
