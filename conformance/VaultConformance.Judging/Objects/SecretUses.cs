using k8s.Models;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Objects;

/// <summary>A place where a pod takes something out of a Secret.</summary>
/// <param name="Secret">Name of the Secret.</param>
/// <param name="Place">The volume, or the container and its variable.</param>
internal sealed record SecretUse(string Secret, string Place);

/// <summary>The Secrets that a pod uses, in whatever way.</summary>
internal static class SecretUses
{
    /// <summary>Every use of a Secret: as a volume, as a part of a projected one, and as variables of every container.</summary>
    /// <param name="pod">The pod.</param>
    public static IEnumerable<SecretUse> List(V1Pod pod) => ListVolumes(pod).Concat(ListVariables(pod)).Where(use => use.Secret.Length > 0);

    private static IEnumerable<SecretUse> ListVolumes(V1Pod pod) =>
        from volume in pod.Spec.Volumes ?? []
        from name in (volume.Projected?.Sources ?? []).Select(source => source.Secret?.Name).Append(volume.Secret?.SecretName)
        where name is not null
        select new SecretUse(name, $"volume {volume.Name}");

    private static IEnumerable<SecretUse> ListVariables(V1Pod pod) =>
        from container in pod.ListAllContainers()
        from use in (container.Env ?? []).Select(variable => (variable.ValueFrom?.SecretKeyRef?.Name, Variable: variable.Name))
            .Concat((container.EnvFrom ?? []).Select(source => (source.SecretRef?.Name, Variable: "all variables")))
        where use.Name is not null
        select new SecretUse(use.Name, $"{container.Name}/{use.Variable}");
}
