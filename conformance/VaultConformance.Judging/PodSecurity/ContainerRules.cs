using k8s.Models;

namespace VaultConformance.Judging.PodSecurity;

/// <summary>What every container has to declare about privileges, capabilities and system calls. Windows has none of them.</summary>
internal static class ContainerRules
{
    private const string Windows = "windows";
    private const string All = "ALL";
    private const string Harmless = "NET_BIND_SERVICE";
    private const string None = Violation.NotSet;
    private const string Profiles = "RuntimeDefault or Localhost";
    private const string Seccomp = "securityContext.seccompProfile.type";

    /// <summary>The violations of a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="containers">All its containers.</param>
    public static IEnumerable<Violation> List(V1Pod pod, IReadOnlyList<V1Container> containers) => pod.Spec.Os?.Name == Windows
        ? []
        : [.. containers.SelectMany(ListPrivileges), .. ListSeccomp(pod.Spec.SecurityContext?.SeccompProfile, containers)];

    private static IEnumerable<Violation> ListPrivileges(V1Container container)
    {
        var context = container.SecurityContext;
        if (context?.AllowPrivilegeEscalation != false)
        {
            yield return new Violation(
                "allowPrivilegeEscalation != false", container.Name, "securityContext.allowPrivilegeEscalation", "false",
                context?.AllowPrivilegeEscalation is null ? None : "true");
        }

        // The standard takes this word as it is written; a runtime may not.
        var dropped = context?.Capabilities?.Drop ?? [];
        if (!dropped.Contains(All))
        {
            yield return CreateCapabilities(container, "drop", All, dropped.Count == 0 ? None : string.Join(", ", dropped));
        }

        var added = (context?.Capabilities?.Add ?? []).Where(name => name != Harmless).ToList();
        if (added.Count > 0)
        {
            yield return CreateCapabilities(container, "add", $"at most {Harmless}", string.Join(", ", added));
        }
    }

    private static Violation CreateCapabilities(V1Container container, string list, string expected, string actual) =>
        new("unrestricted capabilities", container.Name, $"securityContext.capabilities.{list}", expected, actual);

    // A container that says nothing takes what the pod says. A pod that says something bad is refused whatever its containers say.
    private static IEnumerable<Violation> ListSeccomp(V1SeccompProfile? ofPod, IReadOnlyList<V1Container> containers)
    {
        if (ofPod is not null && !IsGood(ofPod))
        {
            yield return new Violation("seccompProfile", null, Seccomp, Profiles, ofPod.Type ?? None);
        }

        foreach (var container in containers)
        {
            var own = container.SecurityContext?.SeccompProfile;
            if (own is null ? ofPod is null : !IsGood(own))
            {
                yield return new Violation("seccompProfile", container.Name, Seccomp, Profiles, own?.Type ?? None);
            }
        }
    }

    private static bool IsGood(V1SeccompProfile profile) => profile.Type is "RuntimeDefault" or "Localhost";
}
