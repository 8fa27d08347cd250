using k8s.Models;

namespace VaultConformance.Judging.PodSecurity;

/// <summary>What SELinux and AppArmor may be told about a pod.</summary>
internal static class ModuleRules
{
    private const string Annotation = "container.apparmor.security.beta.kubernetes.io/";
    private const string Profiles = "RuntimeDefault or Localhost";
    private const string None = Violation.NotSet;

    /// <summary>The violations of a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="containers">All its containers.</param>
    /// <param name="version">The version of the standard.</param>
    public static IEnumerable<Violation> List(V1Pod pod, IReadOnlyList<V1Container> containers, StandardVersion version)
    {
        var context = pod.Spec.SecurityContext;
        return
        [
            .. ListSelinux(null, context?.SeLinuxOptions, version),
            .. containers.SelectMany(container => ListSelinux(container.Name, container.SecurityContext?.SeLinuxOptions, version)),
            .. ListAppArmor(null, context?.AppArmorProfile),
            .. containers.SelectMany(container => ListAppArmor(container.Name, container.SecurityContext?.AppArmorProfile)),
            .. ListAnnotations(pod),
        ];
    }

    private static IEnumerable<Violation> ListSelinux(string? container, V1SELinuxOptions? options, StandardVersion version)
    {
        (string Field, bool Forbidden, string? Value, string Expected)[] parts =
        [
            ("type", !version.AllowsType(options?.Type), options?.Type, "a type for containers"),
            ("user", !string.IsNullOrEmpty(options?.User), options?.User, None),
            ("role", !string.IsNullOrEmpty(options?.Role), options?.Role, None),
        ];
        return parts.Where(part => part.Forbidden).Select(part => new Violation(
            "seLinuxOptions", container, $"securityContext.seLinuxOptions.{part.Field}", part.Expected, part.Value!));
    }

    private static IEnumerable<Violation> ListAppArmor(string? container, V1AppArmorProfile? profile)
    {
        if (profile is { Type: not ("RuntimeDefault" or "Localhost") })
        {
            yield return new Violation(
                "forbidden AppArmor profile", container, "securityContext.appArmorProfile.type", Profiles, profile.Type ?? None);
        }
    }

    // Old clusters say it by annotations, new ones by fields.
    private static IEnumerable<Violation> ListAnnotations(V1Pod pod) =>
        (pod.Metadata?.Annotations ?? new Dictionary<string, string>())
            .Where(pair => pair.Key.StartsWith(Annotation, StringComparison.Ordinal)
                && pair.Value is not ("" or "runtime/default") && !pair.Value.StartsWith("localhost/", StringComparison.Ordinal))
            .Select(pair => new Violation(
                "forbidden AppArmor profile", pair.Key[Annotation.Length..], "AppArmor annotation", "runtime/default or localhost/…",
                pair.Value));
}
