using k8s.Models;

namespace VaultConformance.Controls.Judging;

/// <summary>What a pod takes from its host.</summary>
internal static class HostSharing
{
    private static readonly HashSet<string> SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ping_group_range", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
        "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_rmem", "net.ipv4.tcp_syncookies", "net.ipv4.tcp_wmem",
    ];

    /// <summary>Every sharing of a pod, in words.</summary>
    /// <param name="pod">The pod as admitted.</param>
    public static IReadOnlyList<string> Of(V1Pod pod) => [.. OfPod(pod.Spec), .. pod.AllContainers().SelectMany(OfContainer)];

    private static IEnumerable<string> OfPod(V1PodSpec spec)
    {
        // The chart always renders hostNetwork; only true means something.
        IEnumerable<(bool? Set, string Name)> flags = [(spec.HostPID, "hostPID"), (spec.HostIPC, "hostIPC"), (spec.HostNetwork, "hostNetwork")];
        var paths = (spec.Volumes ?? []).Where(volume => volume.HostPath is not null).Select(volume => $"hostPath {volume.HostPath.Path} (volume {volume.Name})");
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

        foreach (var port in (container.Ports ?? []).Where(port => port.HostPort is > 0))
        {
            yield return $"hostPort {port.HostPort} (container {container.Name})";
        }
    }
}
