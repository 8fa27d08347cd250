using k8s;

namespace VaultConformance.Harness.Deployment;

/// <summary>The StorageClasses of a cluster.</summary>
/// <param name="Names">All of them.</param>
/// <param name="Default">The one that claims without a class get; null when there is none.</param>
internal sealed record StorageClasses(IReadOnlySet<string> Names, string? Default)
{
    private const string DefaultMark = "storageclass.kubernetes.io/is-default-class";

    /// <summary>Asks the API server.</summary>
    internal static async Task<StorageClasses> ReadAsync(IKubernetes client, CancellationToken cancellationToken)
    {
        var classes = (await client.StorageV1.ListStorageClassAsync(cancellationToken: cancellationToken)).Items;
        // A volume that is there already needs no class of that name.
        var volumes = (await client.CoreV1.ListPersistentVolumeAsync(cancellationToken: cancellationToken)).Items;
        return new StorageClasses(
            classes.Select(item => item.Metadata.Name)
                .Concat(volumes.Select(volume => volume.Spec?.StorageClassName).OfType<string>())
                .ToHashSet(StringComparer.Ordinal),
            classes.FirstOrDefault(
                item => item.Metadata.Annotations?.TryGetValue(DefaultMark, out var mark) == true && mark == "true")?.Metadata.Name);
    }
}
