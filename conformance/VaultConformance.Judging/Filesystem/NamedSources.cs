using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>Whether every ConfigMap and Secret that a pod names was read: what was not read cannot be judged.</summary>
public static class NamedSources
{
    /// <summary>Judges a pod; nothing when all were read.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<Judgement> Judge(V1Pod pod, AdmittedObjects objects)
    {
        var maps = objects.ConfigMaps.Select(map => map.Metadata.Name).ToHashSet(StringComparer.Ordinal);
        var secrets = objects.Secrets.Select(secret => secret.Name).ToHashSet(StringComparer.Ordinal);
        var missing = Maps(pod).Where(name => !maps.Contains(name)).Select(name => $"ConfigMap {name}")
            .Concat(ListSecrets(pod).Where(name => !secrets.Contains(name)).Select(name => $"Secret {name}"))
            .Distinct()
            .ToList();
        if (missing.Count > 0)
        {
            yield return Judgement.Unknown("sources that the pod names and that were not read", "none", string.Join(", ", missing));
        }
    }

    private static IEnumerable<string> Maps(V1Pod pod) =>
    [
        .. ListVolumes(pod).Where(volume => volume.ConfigMap is { Optional: not true }).Select(volume => volume.ConfigMap.Name),
        .. ListProjections(pod).Where(source => source.ConfigMap is { Optional: not true }).Select(source => source.ConfigMap.Name),
        .. pod.ListAllContainers()
            .SelectMany(container => container.EnvFrom ?? [])
            .Where(source => source.ConfigMapRef is { Optional: not true })
            .Select(source => source.ConfigMapRef.Name),
        .. ListVariables(pod)
            .Select(source => source.ConfigMapKeyRef)
            .OfType<V1ConfigMapKeySelector>()
            .Where(reference => reference.Optional != true)
            .Select(reference => reference.Name),
    ];

    // A variable that is taken from a Secret is a finding of its own, whether or not the Secret was read.
    private static IEnumerable<string> ListSecrets(V1Pod pod) =>
    [
        .. ListVolumes(pod).Where(volume => volume.Secret is { Optional: not true }).Select(volume => volume.Secret.SecretName),
        .. ListProjections(pod).Where(source => source.Secret is { Optional: not true }).Select(source => source.Secret.Name),
        .. pod.ListAllContainers()
            .SelectMany(container => container.EnvFrom ?? [])
            .Where(source => source.SecretRef is { Optional: not true })
            .Select(source => source.SecretRef.Name),
    ];

    private static IEnumerable<V1EnvVarSource> ListVariables(V1Pod pod) =>
        pod.ListAllContainers()
            .SelectMany(container => container.Env ?? [])
            .Select(variable => variable.ValueFrom)
            .OfType<V1EnvVarSource>();

    private static IList<V1Volume> ListVolumes(V1Pod pod) => pod.Spec.Volumes ?? [];

    private static IEnumerable<V1VolumeProjection> ListProjections(V1Pod pod) =>
        ListVolumes(pod).SelectMany(volume => volume.Projected?.Sources ?? []);
}
