using k8s.Models;

namespace VaultConformance.Judging.PodSecurity;

/// <summary>What a pod must not take from its node.</summary>
internal static class HostRules
{
    private const string None = Violation.NotSet;

    /// <summary>The violations of a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="containers">All its containers.</param>
    /// <param name="version">The version of the standard.</param>
    public static IEnumerable<Violation> List(V1Pod pod, IReadOnlyList<V1Container> containers, StandardVersion version) =>
    [
        .. ListOfPod(pod.Spec, version),
        .. containers.SelectMany(container => ListOfContainer(container, container.SecurityContext)),
        .. version.ForbidsHosts ? containers.SelectMany(ListHosts) : [],
    ];

    private static IEnumerable<Violation> ListOfPod(V1PodSpec specification, StandardVersion version)
    {
        (string Field, bool? Value)[] shared =
        [
            ("hostNetwork", specification.HostNetwork), ("hostPID", specification.HostPID), ("hostIPC", specification.HostIPC),
        ];
        var context = specification.SecurityContext;
        return shared.Where(field => field.Value == true)
            .Select(field => new Violation("host namespaces", null, field.Field, "false", "true"))
            .Concat((context?.Sysctls ?? []).Where(sysctl => !version.Allows(sysctl.Name)).Select(
                sysctl => new Violation("forbidden sysctls", null, "securityContext.sysctls", "one of the safe ones", sysctl.Name)))
            .Concat(context?.WindowsOptions?.HostProcess == true
                ? [new Violation("hostProcess", null, "securityContext.windowsOptions.hostProcess", "false", "true")]
                : []);
    }

    private static IEnumerable<Violation> ListOfContainer(V1Container container, V1SecurityContext? context)
    {
        if (context?.Privileged == true)
        {
            yield return new Violation("privileged", container.Name, "securityContext.privileged", "false", "true");
        }

        foreach (var port in (container.Ports ?? []).Where(port => port.HostPort is not (null or 0)))
        {
            yield return new Violation("hostPort", container.Name, "ports.hostPort", None, $"{port.HostPort}");
        }

        if (context?.ProcMount is { } mount and not "Default")
        {
            yield return new Violation("procMount", container.Name, "securityContext.procMount", "Default", mount);
        }

        if (context?.WindowsOptions?.HostProcess == true)
        {
            yield return new Violation("hostProcess", container.Name, "securityContext.windowsOptions.hostProcess", "false", "true");
        }
    }

    // Through the host of a probe or a hook the kubelet would call any address for the pod.
    private static IEnumerable<Violation> ListHosts(V1Container container)
    {
        (string Field, V1HTTPGetAction? Get, V1TCPSocketAction? Socket)[] actions =
        [
            ("livenessProbe", container.LivenessProbe?.HttpGet, container.LivenessProbe?.TcpSocket),
            ("readinessProbe", container.ReadinessProbe?.HttpGet, container.ReadinessProbe?.TcpSocket),
            ("startupProbe", container.StartupProbe?.HttpGet, container.StartupProbe?.TcpSocket),
            ("lifecycle.preStop", container.Lifecycle?.PreStop?.HttpGet, container.Lifecycle?.PreStop?.TcpSocket),
            ("lifecycle.postStart", container.Lifecycle?.PostStart?.HttpGet, container.Lifecycle?.PostStart?.TcpSocket),
        ];
        return actions.SelectMany(action => new[] { ("httpGet", action.Get?.Host), ("tcpSocket", action.Socket?.Host) }
            .Where(part => !string.IsNullOrEmpty(part.Host))
            .Select(part => new Violation(
                "probe or lifecycle host", container.Name, $"{action.Field}.{part.Item1}.host", None, part.Host!)));
    }
}
