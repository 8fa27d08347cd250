namespace VaultConformance.Harness.Observations;

/// <summary>The mounts that PID 1 of the container sees (<c>/proc/1/mountinfo</c>).</summary>
/// <param name="Mounts">In the kernel's order: a later mount at the same point hides an earlier one.</param>
public sealed record MountTable(IReadOnlyList<MountFacts> Mounts)
{
    /// <summary>The mount that a path lies on: the longest mount point that is a prefix, the last of equals.</summary>
    /// <param name="path">Absolute path inside the container.</param>
    public MountFacts? FindHolding(string path) => Mounts
        .Where(mount => mount.Holds(path))
        .OrderBy(mount => mount.MountPoint.Length)
        .LastOrDefault();
}

/// <summary>One mount.</summary>
/// <param name="MountPoint">Where.</param>
/// <param name="FileSystem">Type, for example <c>tmpfs</c>, <c>ext4</c>, <c>overlay</c>.</param>
/// <param name="Source">Device or name.</param>
/// <param name="Root">The directory of the file system that is mounted; tells subPath mounts.</param>
/// <param name="Options">Per-mount options, for example <c>ro</c>, <c>nosuid</c>.</param>
/// <param name="SuperOptions">Options of the file system, for example <c>rw</c>, <c>size=65536k</c>, <c>noswap</c>.</param>
public sealed record MountFacts(
    string MountPoint,
    string FileSystem,
    string Source,
    string Root,
    IReadOnlyList<string> Options,
    IReadOnlyList<string> SuperOptions)
{
    /// <summary>
    /// True when the mount or its file system is read-only. The kernel writes that first in either list; further down, <c>ro</c> can be
    /// part of a path.
    /// </summary>
    public bool ReadOnly => Options is ["ro", ..] || SuperOptions is ["ro", ..];

    /// <summary>True when the path is the mount point or below it.</summary>
    /// <param name="path">Absolute path.</param>
    public bool Holds(string path) =>
        MountPoint == "/" || path == MountPoint || path.StartsWith(MountPoint + "/", StringComparison.Ordinal);
}
