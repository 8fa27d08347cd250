using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>
/// Looks for unseal keys, recovery keys and Vault tokens in objects before they are masked, and keeps where they stood: see
/// <see cref="AdmittedObjects.UnsealMaterial"/>.
/// </summary>
internal sealed class UnsealMaterialPlaces
{
    private readonly SortedSet<string> _places = new(StringComparer.Ordinal);

    /// <summary>All places, in order.</summary>
    public IReadOnlyList<string> All => [.. _places];

    /// <summary>Looks into ConfigMaps.</summary>
    /// <param name="maps">The ConfigMaps as they were read.</param>
    public void AddMaps(IEnumerable<V1ConfigMap> maps) =>
        _places.UnionWith(maps.Where(ConfigMapEntries.HoldUnsealMaterial).Select(map => $"configmap/{map.Metadata.Name}"));

    /// <summary>Looks into the variables of containers.</summary>
    /// <param name="items">Pods or workloads as they were read.</param>
    /// <param name="prefix">What stands before their names.</param>
    /// <param name="specification">What their pods look like.</param>
    public void AddAll<T>(IEnumerable<T> items, string prefix, Func<T, V1PodSpec?> specification)
        where T : IKubernetesObject<V1ObjectMeta>
    {
        foreach (var item in items)
        {
            _places.UnionWith(ListContainers(specification(item)).SelectMany(
                container => ListNames(container.Variables).Select(name => $"{prefix}{item.Metadata.Name}/{container.Name}/{name}")));
        }
    }

    private static IEnumerable<string> ListNames(IEnumerable<V1EnvVar>? variables)
    {
        var literals = (variables ?? [])
            .Where(variable => !string.IsNullOrEmpty(variable.Value))
            .Select(variable => (variable.Name, variable.Value))
            .ToList();
        return literals.Zip(MaskedKeys.FindInVariables(literals))
            .Where(item => item.Second == KeyTrace.Found)
            .Select(item => item.First.Name);
    }

    private static IEnumerable<(string Name, IEnumerable<V1EnvVar>? Variables)> ListContainers(V1PodSpec? specification) =>
    [
        .. (specification?.InitContainers ?? [])
            .Concat(specification?.Containers ?? [])
            .Select(container => (container.Name, (IEnumerable<V1EnvVar>?)container.Env)),
        .. (specification?.EphemeralContainers ?? []).Select(container => (container.Name, (IEnumerable<V1EnvVar>?)container.Env)),
    ];
}
