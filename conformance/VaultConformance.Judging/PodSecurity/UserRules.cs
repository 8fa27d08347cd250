using k8s.Models;

namespace VaultConformance.Judging.PodSecurity;

/// <summary>That no container may run as root.</summary>
internal static class UserRules
{
    private const string NonRoot = "securityContext.runAsNonRoot";
    private const string User = "securityContext.runAsUser";

    /// <summary>The violations of a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="containers">All its containers.</param>
    /// <param name="version">The version of the standard.</param>
    public static IEnumerable<Violation> List(V1Pod pod, IReadOnlyList<V1Container> containers, StandardVersion version) =>
        version.TrustsUserNamespaces && pod.Spec.HostUsers == false
            ? []
            : [.. ListNonRoot(pod.Spec.SecurityContext, containers), .. ListUsers(pod.Spec.SecurityContext, containers)];

    // A container that says nothing takes what the pod says. A pod that says something bad is refused whatever its containers say.
    private static IEnumerable<Violation> ListNonRoot(V1PodSecurityContext? ofPod, IReadOnlyList<V1Container> containers)
    {
        if (ofPod?.RunAsNonRoot == false)
        {
            yield return CreateNonRoot(null, "false");
        }

        foreach (var container in containers)
        {
            var own = container.SecurityContext?.RunAsNonRoot;
            if (own == false || (own is null && ofPod?.RunAsNonRoot is null))
            {
                yield return CreateNonRoot(container.Name, own is null ? Violation.NotSet : "false");
            }
        }
    }

    private static Violation CreateNonRoot(string? container, string actual) =>
        new("runAsNonRoot != true", container, NonRoot, "true", actual);

    private static IEnumerable<Violation> ListUsers(V1PodSecurityContext? ofPod, IReadOnlyList<V1Container> containers) =>
        containers.Where(container => container.SecurityContext?.RunAsUser == 0).Select(container => (string?)container.Name)
            .Concat(ofPod?.RunAsUser == 0 ? [null] : [])
            .Select(container => new Violation("runAsUser=0", container, User, "another than 0", "0"));
}
