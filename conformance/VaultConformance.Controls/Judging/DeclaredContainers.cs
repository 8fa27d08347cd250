using k8s.Models;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging;

/// <summary>A container and where it is declared.</summary>
/// <param name="Subject">Pod or workload.</param>
/// <param name="Container">The container.</param>
internal sealed record DeclaredContainer(string Subject, V1Container Container);

/// <summary>Every container that a specification declares: the server's, those beside it, init containers, and those added for debugging.</summary>
internal static class DeclaredContainers
{
    /// <summary>All containers of a pod's specification.</summary>
    /// <param name="specification">The specification.</param>
    public static IReadOnlyList<V1Container> Of(V1PodSpec? specification) =>
    [
        .. specification?.InitContainers ?? [], .. specification?.Containers ?? [],
        .. (specification?.EphemeralContainers ?? []).Select(debugging => new V1Container
        {
            Name = debugging.Name, Command = debugging.Command, Args = debugging.Args, Env = debugging.Env, EnvFrom = debugging.EnvFrom, Lifecycle = debugging.Lifecycle,
            LivenessProbe = debugging.LivenessProbe, ReadinessProbe = debugging.ReadinessProbe, StartupProbe = debugging.StartupProbe,
        }),
    ];

    /// <summary>Containers of the release's other pods and of its workloads, which may have no pod yet.</summary>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<DeclaredContainer> BesideServers(AdmittedObjects objects) =>
    [
        .. ReleasePods.Of(objects).Except(objects.ServerPods).SelectMany(pod => Of(pod.Spec).Select(container => new DeclaredContainer(pod.Metadata.Name, container))),
        .. objects.StatefulSets.SelectMany(workload => In("statefulset", workload.Metadata, workload.Spec?.Template)),
        .. objects.Deployments.SelectMany(workload => In("deployment", workload.Metadata, workload.Spec?.Template)),
        .. objects.DaemonSets.SelectMany(workload => In("daemonset", workload.Metadata, workload.Spec?.Template)),
    ];

    private static IEnumerable<DeclaredContainer> In(string kind, V1ObjectMeta metadata, V1PodTemplateSpec? template) =>
        Of(template?.Spec).Select(container => new DeclaredContainer($"{kind}/{metadata.Name}", container));
}
