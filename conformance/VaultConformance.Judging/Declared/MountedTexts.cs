using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using VaultConformance.Judging.Subjects;
using k8s.Models;

namespace VaultConformance.Judging.Declared;

/// <summary>Configuration texts of ConfigMaps at the place where a container mounts them.</summary>
internal static class MountedTexts
{
    /// <summary>The texts at a path, which may be a file or a folder; none when nothing that the chart renders lies there.</summary>
    /// <param name="path">Absolute path in the container.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container.</param>
    /// <param name="objects">Holds the ConfigMaps.</param>
    public static IReadOnlyList<ConfigText> List(string path, V1Pod pod, V1Container container, AdmittedObjects objects)
    {
        if (container.MountHolding(path) is not { } mount || pod.FindVolume(mount.Name) is not { } volume)
        {
            return [];
        }

        var below = path[Math.Min(path.Length, mount.MountPath.TrimEnd('/').Length)..].Trim('/');
        var wanted = string.IsNullOrEmpty(mount.SubPath) ? below : $"{mount.SubPath.Trim('/')}/{below}".Trim('/');
        return
        [
            .. ListFiles(volume, objects)
                .Where(file => wanted.Length == 0 ? DeclaredVariables.IsConfiguration(file.Name) : file.Name == wanted)
                .Select(file => file.Text),
        ];
    }

    private static IEnumerable<(string Name, ConfigText Text)> ListFiles(V1Volume volume, AdmittedObjects objects)
    {
        IEnumerable<(string? Map, IList<V1KeyToPath>? Items)> sources =
        [
            (volume.ConfigMap?.Name, volume.ConfigMap?.Items),
            .. (volume.Projected?.Sources ?? []).Select(source => (source.ConfigMap?.Name, source.ConfigMap?.Items)),
        ];
        return from source in sources
               from map in objects.ConfigMaps
               where map.Metadata.Name == source.Map
               from entry in ConfigMapEntries.List(map)
               from name in ListNames(entry.Key, source.Items)
               select (name, new ConfigText($"configmap/{map.Metadata.Name}/{entry.Key}", entry.Value));
    }

    private static IEnumerable<string> ListNames(string key, IList<V1KeyToPath>? items) =>
        items is { Count: > 0 } ? items.Where(item => item.Key == key).Select(item => item.Path) : [key];
}
