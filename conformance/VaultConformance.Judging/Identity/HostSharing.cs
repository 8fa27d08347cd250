using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.Identity;

/// <summary>What a pod takes from its host.</summary>
internal static class HostSharing
{
    private static readonly HashSet<string> SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
    ];

    // Where the Secrets Store CSI driver looks for the sockets of its providers, and where it has kubelet mount what they provide.
    private static readonly string[] ProviderPaths =
        ["/etc/kubernetes/secrets-store-csi-providers", "/var/run/secrets-store-csi-providers", "/var/lib/kubelet/pods"];

    /// <summary>Judges a pod of the release.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="isServer">True for a server, to which no exception applies.</param>
    public static IEnumerable<Judgement> Judge(ReleasePod pod, bool isServer)
    {
        var byDesign = isServer ? [] : ByDesign(pod);
        yield return Judgement.None("sharing with the host", Of(pod.Pod.Spec, byDesign));
        foreach (var volume in byDesign)
        {
            yield return Judgement.Irrelevant(
                $"hostPath {volume.HostPath.Path} (volume {volume.Name})", "a provider of the Secrets Store CSI driver has its socket there by design");
        }
    }

    // A provider is told by what it needs and how it is made, not by its name: one pod on each node, and the driver's own folders.
    private static IReadOnlyList<V1Volume> ByDesign(ReleasePod pod) => pod.Owner == V1DaemonSet.KubeKind
        ? [.. (pod.Pod.Spec.Volumes ?? []).Where(volume => volume.HostPath is { } host && ProviderPaths.Contains(host.Path.TrimEnd('/')))]
        : [];

    private static IReadOnlyList<string> Of(V1PodSpec spec, IReadOnlyList<V1Volume> byDesign) =>
        [.. OfPod(spec, byDesign), .. spec.AllContainers().SelectMany(OfContainer)];

    private static IEnumerable<string> OfPod(V1PodSpec spec, IReadOnlyList<V1Volume> byDesign)
    {
        // The chart always renders hostNetwork; only true means something.
        IEnumerable<(bool? Set, string Name)> flags = [(spec.HostPID, "hostPID"), (spec.HostIPC, "hostIPC"), (spec.HostNetwork, "hostNetwork")];
        var paths = (spec.Volumes ?? []).Where(volume => volume.HostPath is not null && !byDesign.Contains(volume)).Select(volume => $"hostPath {volume.HostPath.Path} (volume {volume.Name})");
        var sysctls = (spec.SecurityContext?.Sysctls ?? []).Where(sysctl => !SafeSysctls.Contains(sysctl.Name)).Select(sysctl => $"unsafe sysctl {sysctl.Name}");
        return flags.Where(flag => flag.Set == true).Select(flag => flag.Name).Concat(paths).Concat(sysctls);
    }

    private static IEnumerable<string> OfContainer(V1Container container)
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
