using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>Where the variables of a container come from by its specification.</summary>
/// <param name="container">The container as admitted.</param>
/// <param name="objects">The release's objects.</param>
internal sealed class VariableSources(V1Container container, AdmittedObjects objects)
{
    private readonly HashSet<string> _known =
    [
        .. (container.Env ?? []).Select(variable => variable.Name),
        .. (container.EnvFrom ?? []).SelectMany(source => ListKeys(source, objects).Select(key => source.Prefix + key)),
    ];

    /// <summary>True when the variable is declared, and so judged where it is declared.</summary>
    /// <param name="name">Name of the variable.</param>
    public bool Explain(string name) => _known.Contains(name);

    private static IEnumerable<string> ListKeys(V1EnvFromSource source, AdmittedObjects objects) =>
        (source.ConfigMapRef?.Name is { } map
            ? (IEnumerable<string>?)objects.ConfigMaps.FirstOrDefault(item => item.Metadata.Name == map)?.Data?.Keys
            : objects.Secrets.FirstOrDefault(item => item.Name == source.SecretRef?.Name)?.Keys) ?? [];
}
