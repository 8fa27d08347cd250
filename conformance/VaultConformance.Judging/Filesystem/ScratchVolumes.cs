using VaultConformance.Harness.Products;
using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>The emptyDir volumes that Vault can write.</summary>
public static class ScratchVolumes
{
    // The chart mounts a volume of its own here and offers no size for it.
    private static readonly IReadOnlyList<string> ChartHomes = [.. ServerProduct.All.Select(product => product.Home)];

    /// <summary>They should be bounded, and in memory only where memory cannot be swapped.</summary>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="container">The server container.</param>
    /// <param name="swapClosed">True when the container's memory cannot reach unencrypted swap; null when that is not known.</param>
    public static IEnumerable<Judgement> Judge(V1Pod pod, V1Container container, bool? swapClosed)
    {
        var mounts = container.VolumeMounts ?? [];
        var writable = mounts.Where(mount => mount.ReadOnlyProperty != true).Select(mount => mount.Name).ToHashSet();
        foreach (var volume in (pod.Spec.Volumes ?? []).Where(volume => volume.EmptyDir is not null && writable.Contains(volume.Name)))
        {
            if (!mounts.Where(mount => mount.Name == volume.Name).All(mount => ChartHomes.Contains(mount.MountPath.TrimEnd('/'))))
            {
                var limit = volume.EmptyDir.SizeLimit?.ToString();
                yield return Judgement.Of($"sizeLimit of emptyDir {volume.Name}", limit is not null, "set", limit ?? "not set")
                    .Saying($"The emptyDir {volume.Name} has no sizeLimit.")
                    .AsRecommendation();
            }

            if (volume.EmptyDir.Medium == "Memory")
            {
                var state = swapClosed switch { true => "closed", false => "open", null => "unknown" };
                yield return Judgement.Of($"swap under emptyDir {volume.Name} of medium Memory", swapClosed == true, "closed", state)
                    .Saying(swapClosed is null
                        ? $"Whether the emptyDir {volume.Name} in memory can be swapped to disk is not known."
                        : $"The emptyDir {volume.Name} in memory can be swapped to disk.")
                    .AsRecommendation();
            }
        }
    }
}
