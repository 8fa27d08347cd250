using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>What a container declares to be mounted, against what is.</summary>
public static class DeclaredMounts
{
    // Images link the one to the other.
    private const string Linked = "/var/run/";

    /// <summary>Every writable mount that is declared has to be among those that were seen; raw block devices are never needed.</summary>
    /// <param name="container">The server container.</param>
    /// <param name="mounts">Mounts that the container sees.</param>
    public static IEnumerable<Judgement> Judge(V1Container container, MountTable mounts)
    {
        yield return Judgement.None(
            "block devices that Vault is given", (container.VolumeDevices ?? []).Select(device => device.DevicePath))
            .Saying(found => $"Vault is given block devices: {found}.");
        var seen = mounts.Mounts.Select(mount => mount.MountPoint).ToHashSet(StringComparer.Ordinal);
        var missing =
            (container.VolumeMounts ?? []).Where(mount => mount.ReadOnlyProperty != true).Select(mount => mount.MountPath.TrimEnd('/'))
                .Where(path =>
                    !seen.Contains(path) && !(path.StartsWith(Linked, StringComparison.Ordinal) && seen.Contains(path["/var".Length..])))
                .ToList();
        if (missing.Count > 0)
        {
            yield return Judgement.Unknown("writable mounts that are declared and were not seen", "none", string.Join(", ", missing));
        }
    }
}
