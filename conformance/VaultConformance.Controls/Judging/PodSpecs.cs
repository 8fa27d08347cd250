using k8s.Models;

namespace VaultConformance.Controls.Judging;

/// <summary>What an admitted pod declares in effect: a container's setting wins over the pod's.</summary>
internal static class PodSpecs
{
    private static readonly string[] SandboxNames = ["gvisor", "runsc", "kata"];

    /// <summary>Init containers and containers; ephemeral containers are debugging, not the release.</summary>
    public static IReadOnlyList<V1Container> AllContainers(this V1Pod pod) => [.. pod.Spec.InitContainers ?? [], .. pod.Spec.Containers];

    /// <summary>Effective <c>runAsNonRoot</c>.</summary>
    public static bool RunsAsNonRoot(this V1Pod pod, V1Container container) =>
        container.SecurityContext?.RunAsNonRoot ?? pod.Spec.SecurityContext?.RunAsNonRoot ?? false;

    /// <summary>Effective <c>runAsUser</c>; null when the image decides.</summary>
    public static long? User(this V1Pod pod, V1Container container) => container.SecurityContext?.RunAsUser ?? pod.Spec.SecurityContext?.RunAsUser;

    /// <summary>Effective <c>runAsGroup</c>; null when the image decides.</summary>
    public static long? Group(this V1Pod pod, V1Container container) => container.SecurityContext?.RunAsGroup ?? pod.Spec.SecurityContext?.RunAsGroup;

    /// <summary>Effective seccomp profile type; <c>none</c> when nothing is declared, which means unconfined on most nodes.</summary>
    public static string SeccompProfile(this V1Pod pod, V1Container container) =>
        (container.SecurityContext?.SeccompProfile ?? pod.Spec.SecurityContext?.SeccompProfile)?.Type ?? "none";

    /// <summary>True when the container drops all capabilities.</summary>
    public static bool DropsAllCapabilities(this V1Container container) =>
        container.SecurityContext?.Capabilities?.Drop?.Contains("ALL", StringComparer.OrdinalIgnoreCase) == true;

    /// <summary>True when the container adds a capability.</summary>
    public static bool AddsCapability(this V1Container container, string name) =>
        container.SecurityContext?.Capabilities?.Add?.Any(added => added.Replace("CAP_", "", StringComparison.OrdinalIgnoreCase)
            .Equals(name, StringComparison.OrdinalIgnoreCase)) == true;

    /// <summary>Runtime class when it is a sandbox with a kernel view of its own (gVisor, Kata); null otherwise.</summary>
    public static string? Sandbox(this V1Pod pod) =>
        pod.Spec.RuntimeClassName is { } name && SandboxNames.Any(sandbox => name.Contains(sandbox, StringComparison.OrdinalIgnoreCase)) ? name : null;

    /// <summary>The volume mount that a path lies on; null when it lies on none.</summary>
    public static V1VolumeMount? MountHolding(this V1Container container, string path) => (container.VolumeMounts ?? [])
        .Where(mount => path == mount.MountPath || path.StartsWith(mount.MountPath.TrimEnd('/') + "/", StringComparison.Ordinal))
        .MaxBy(mount => mount.MountPath.Length);

    /// <summary>A volume by name; null when there is none.</summary>
    public static V1Volume? Volume(this V1Pod pod, string name) => pod.Spec.Volumes?.FirstOrDefault(volume => volume.Name == name);
}
