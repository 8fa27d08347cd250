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
        foreach (var volume in List(pod, container))
        {
            foreach (var size in JudgeSize(volume, container))
            {
                yield return size;
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

    /// <summary>They should be bounded.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The server container.</param>
    internal static IEnumerable<Judgement> JudgeSizes(V1Pod pod, V1Container container) =>
        List(pod, container).SelectMany(volume => JudgeSize(volume, container));

    private static IEnumerable<V1Volume> List(V1Pod pod, V1Container container)
    {
        var writable =
            (container.VolumeMounts ?? []).Where(mount => mount.ReadOnlyProperty != true).Select(mount => mount.Name).ToHashSet();
        return (pod.Spec.Volumes ?? []).Where(volume => volume.EmptyDir is not null && writable.Contains(volume.Name));
    }

    private static IEnumerable<Judgement> JudgeSize(V1Volume volume, V1Container container)
    {
        var mounts = (container.VolumeMounts ?? []).Where(mount => mount.Name == volume.Name);
        if (!mounts.All(mount => ChartHomes.Contains(mount.MountPath.TrimEnd('/'))))
        {
            var limit = volume.EmptyDir.SizeLimit?.ToString();
            yield return Judgement.Of($"sizeLimit of emptyDir {volume.Name}", limit is not null, "set", limit ?? "not set")
                .Saying($"The emptyDir {volume.Name} has no sizeLimit.")
                .AsRecommendation();
        }
    }
}
