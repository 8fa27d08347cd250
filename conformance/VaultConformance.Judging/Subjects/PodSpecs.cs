using k8s.Models;

namespace VaultConformance.Judging.Subjects;

/// <summary>What an admitted pod declares in effect: a container's setting wins over the pod's.</summary>
internal static class PodSpecs
{
    /// <summary>Every container of a pod: init containers, containers, and those that were added for debugging.</summary>
    public static IReadOnlyList<V1Container> ListAllContainers(this V1Pod pod) => pod.Spec.ListAllContainers();

    /// <summary>Every container of a specification: init containers, containers, and those that were added for debugging.</summary>
    public static IReadOnlyList<V1Container> ListAllContainers(this V1PodSpec spec) =>
        [.. spec.InitContainers ?? [], .. spec.Containers ?? [], .. (spec.EphemeralContainers ?? []).Select(AsContainer)];

    /// <summary>True when a container was added to the running pod for debugging; such containers have no resources of their own.</summary>
    public static bool IsEphemeral(this V1Pod pod, V1Container container) =>
        (pod.Spec.EphemeralContainers ?? []).Any(other => other.Name == container.Name);

    /// <summary>True for a container for debugging that has ended; it never starts again.</summary>
    public static bool HasEndedDebugging(this V1Pod pod, V1Container container) => pod.IsEphemeral(container)
        && pod.Status?.EphemeralContainerStatuses?.FirstOrDefault(status => status.Name == container.Name)?.State?.Terminated is not null;

    /// <summary>Effective <c>runAsNonRoot</c>.</summary>
    public static bool RunsAsNonRoot(this V1Pod pod, V1Container container) =>
        container.SecurityContext?.RunAsNonRoot ?? pod.Spec.SecurityContext?.RunAsNonRoot ?? false;

    /// <summary>Effective <c>runAsUser</c>; null when the image decides.</summary>
    public static long? GetUser(this V1Pod pod, V1Container container) =>
        container.SecurityContext?.RunAsUser ?? pod.Spec.SecurityContext?.RunAsUser;

    /// <summary>Effective <c>runAsGroup</c>; null when the image decides.</summary>
    public static long? Group(this V1Pod pod, V1Container container) =>
        container.SecurityContext?.RunAsGroup ?? pod.Spec.SecurityContext?.RunAsGroup;

    /// <summary>Effective seccomp profile type; <c>none</c> when nothing is declared, which means unconfined on most nodes.</summary>
    public static string DescribeSeccompProfile(this V1Pod pod, V1Container container) =>
        (container.SecurityContext?.SeccompProfile ?? pod.Spec.SecurityContext?.SeccompProfile)?.Type ?? "none";

    /// <summary>True when the container drops all capabilities.</summary>
    public static bool DropsAllCapabilities(this V1Container container) =>
        container.SecurityContext?.Capabilities?.Drop?.Contains("ALL", StringComparer.OrdinalIgnoreCase) == true;

    /// <summary>The capabilities that the container adds, by name in upper case without <c>CAP_</c>.</summary>
    public static IReadOnlyList<string> ListAddedCapabilities(this V1Container container) =>
    [
        .. (container.SecurityContext?.Capabilities?.Add ?? []).Select(added => added.ToUpperInvariant())
            .Select(added => added.StartsWith("CAP_", StringComparison.Ordinal) ? added[4..] : added),
    ];

    /// <summary>True when the container adds a capability, by name or with all others.</summary>
    public static bool AddsCapability(this V1Container container, string name) =>
        container.ListAddedCapabilities().Any(added => added == name || added == "ALL");

    /// <summary>The volume mount that a path lies on; null when it lies on none.</summary>
    public static V1VolumeMount? MountHolding(this V1Container container, string path) => (container.VolumeMounts ?? [])
        .Where(mount => path == mount.MountPath || path.StartsWith(mount.MountPath.TrimEnd('/') + "/", StringComparison.Ordinal))
        .MaxBy(mount => mount.MountPath.Length);

    /// <summary>A volume by name; null when there is none.</summary>
    public static V1Volume? FindVolume(this V1Pod pod, string name) => pod.Spec.Volumes?.FirstOrDefault(volume => volume.Name == name);

    private static V1Container AsContainer(V1EphemeralContainer container) => new()
    {
        Name = container.Name,
        Image = container.Image,
        Command = container.Command,
        Args = container.Args,
        Env = container.Env,
        EnvFrom = container.EnvFrom,
        Ports = container.Ports,
        SecurityContext = container.SecurityContext,
        VolumeMounts = container.VolumeMounts,
        Resources = container.Resources,
        Lifecycle = container.Lifecycle,
    };
}
