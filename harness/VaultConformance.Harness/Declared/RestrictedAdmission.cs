using k8s.Models;

namespace VaultConformance.Harness.Declared;

/// <summary>
/// What OpenShift's security context constraint <c>restricted-v2</c> puts into a pod that does not say it. Which constraint a pod gets, and
/// which numbers, only a cluster knows.
/// </summary>
internal static class RestrictedAdmission
{
    private const string All = "ALL";

    /// <summary>Fills a pod in, or what makes pods.</summary>
    /// <param name="specification">What the pod looks like; it is changed.</param>
    public static void Complete(V1PodSpec specification)
    {
        specification.SecurityContext ??= new V1PodSecurityContext();
        specification.SecurityContext.RunAsNonRoot ??= true;
        specification.SecurityContext.SeccompProfile ??= new V1SeccompProfile { Type = "RuntimeDefault" };
        foreach (var container in (specification.Containers ?? []).Concat(specification.InitContainers ?? []))
        {
            container.SecurityContext ??= new V1SecurityContext();
            container.SecurityContext.AllowPrivilegeEscalation ??= false;
            container.SecurityContext.Capabilities ??= new V1Capabilities();
            container.SecurityContext.Capabilities.Drop ??= [];
            if (!container.SecurityContext.Capabilities.Drop.Contains(All))
            {
                container.SecurityContext.Capabilities.Drop = [.. container.SecurityContext.Capabilities.Drop, All];
            }
        }
    }
}
