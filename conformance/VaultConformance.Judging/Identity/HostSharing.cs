using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.Identity;

/// <summary>What a pod takes from its host.</summary>
public static class HostSharing
{
    private static readonly HashSet<string> SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
    ];

    // Where the Secrets Store CSI driver looks for the sockets of its providers, and where it has kubelet mount what they provide.
    private static readonly string[] SocketPaths = ["/etc/kubernetes/secrets-store-csi-providers", "/var/run/secrets-store-csi-providers"];
    private const string PodsPath = "/var/lib/kubelet/pods";

    /// <summary>Judges a pod of the release.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="isServer">True for a server, to which no exception applies.</param>
    public static IEnumerable<Judgement> Judge(ReleasePod pod, bool isServer)
    {
        var byDesign = isServer ? [] : ListByDesign(pod);
        yield return Judgement.None("sharing with the host", List(pod.Pod.Spec, byDesign))
            .Saying(found => $"The pod shares resources with the host: {found}.");
        foreach (var volume in byDesign)
        {
            yield return Judgement.Irrelevant($"hostPath {volume.HostPath.Path} (volume {volume.Name})", IsAt(volume, PodsPath)
                ? "a provider of the Secrets Store CSI driver, whose socket is beside it, sees there what the driver mounts into pods, "
                    + "by design"
                : "a provider of the Secrets Store CSI driver has its socket there by design");
        }

        if (ListDevices(pod.Pod.Spec).ToList() is { Count: > 0 } devices)
        {
            yield return Judgement.Unknown(
                "devices of the host", "none", $"{string.Join(", ", devices)}; what a device plugin or driver gives for it is not known");
        }
    }

    // A provider is told by what it needs and how it is made, not by its name: one pod on each node, and the driver's own folders.
    private static IReadOnlyList<V1Volume> ListByDesign(ReleasePod pod)
    {
        var volumes = pod.Owner == V1DaemonSet.KubeKind ? pod.Pod.Spec.Volumes ?? [] : [];
        var sockets = volumes.Where(volume => Array.Exists(SocketPaths, path => IsAt(volume, path))).ToList();
        return sockets.Count == 0
            ? []
            : [.. sockets, .. volumes.Where(volume => IsAt(volume, PodsPath) && IsOnlySeen(pod.Pod.Spec, volume))];
    }

    private static bool IsAt(V1Volume volume, string path) => volume.HostPath?.Path?.TrimEnd('/') == path;

    // The folder holds the Secrets of every pod of the node. The chart's provider has it to see mounts of the host, and has no need to
    // write.
    private static bool IsOnlySeen(V1PodSpec spec, V1Volume volume) =>
        spec.ListAllContainers().SelectMany(container => container.VolumeMounts ?? [])
            .Where(mount => mount.Name == volume.Name)
            .All(mount => mount.ReadOnlyProperty == true || mount.MountPropagation == "HostToContainer");

    private static IEnumerable<string> ListDevices(V1PodSpec spec) =>
    [
        .. from container in spec.ListAllContainers()
        from name in (container.Resources?.Limits?.Keys ?? []).Concat(container.Resources?.Requests?.Keys ?? []).Distinct()
        where name.Contains('/', StringComparison.Ordinal)
        select $"resource {name} (container {container.Name})",
        .. (spec.ResourceClaims ?? []).Select(claim => $"resource claim {claim.Name}"),
    ];

    private static IReadOnlyList<string> List(V1PodSpec spec, IReadOnlyList<V1Volume> byDesign) =>
        [.. ListPod(spec, byDesign), .. spec.ListAllContainers().SelectMany(ListContainer)];

    private static IEnumerable<string> ListPod(V1PodSpec spec, IReadOnlyList<V1Volume> byDesign)
    {
        // The chart always renders hostNetwork; only true means something.
        IEnumerable<(bool? Set, string Name)> flags =
            [(spec.HostPID, "hostPID"), (spec.HostIPC, "hostIPC"), (spec.HostNetwork, "hostNetwork")];
        var paths = (spec.Volumes ?? [])
            .Where(volume => volume.HostPath is not null && !byDesign.Contains(volume))
            .Select(volume => $"hostPath {volume.HostPath.Path} (volume {volume.Name})");
        var sysctls = (spec.SecurityContext?.Sysctls ?? [])
            .Where(sysctl => !SafeSysctls.Contains(sysctl.Name))
            .Select(sysctl => $"unsafe sysctl {sysctl.Name}");
        return flags.Where(flag => flag.Set == true).Select(flag => flag.Name).Concat(paths).Concat(sysctls);
    }

    private static IEnumerable<string> ListContainer(V1Container container)
    {
        if (container.SecurityContext?.Privileged == true)
        {
            yield return $"privileged (container {container.Name})";
        }

        if (container.SecurityContext?.ProcMount is { } mount && mount != "Default")
        {
            yield return $"procMount {mount} (container {container.Name})";
        }

        foreach (var shared in (container.VolumeMounts ?? []).Where(volume => volume.MountPropagation == "Bidirectional"))
        {
            yield return $"mount propagation to the host at {shared.MountPath} (container {container.Name})";
        }

        foreach (var port in (container.Ports ?? []).Where(port => port.HostPort is > 0))
        {
            yield return $"hostPort {port.HostPort} (container {container.Name})";
        }
    }
}
