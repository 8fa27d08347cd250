using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>Files that are mounted one by one. A folder takes their place only where every file keeps its path.</summary>
internal static class MountedFiles
{
    private const string MountPath = "mountPath";

    /// <summary>Refuses a change by which a file would be gone, or would lie under a folder that hides it.</summary>
    /// <param name="before">The values before.</param>
    /// <param name="after">The values after.</param>
    /// <exception cref="UnsafeFixException">The change does that.</exception>
    public static void Refuse(FixMap before, FixMap after)
    {
        var folders =
            List(after).Where(mount => !IsFile(mount) && !List(before).Any(own => !IsFile(own) && AreAtOnePath(own, mount))).ToList();
        foreach (var folder in folders)
        {
            var files = List(before).Where(mount => IsFile(mount) && PathText.IsBelow(Read(mount, MountPath), Read(folder, MountPath)));
            if (files.FirstOrDefault(file => !Keeps(after, folder, file)) is { } lost)
            {
                throw new UnsafeFixException(
                    $"server.volumeMounts mounts {Read(lost, MountPath)} as a file by itself, and it would not be there in a mount of "
                        + "the whole "
                        + $"folder {Read(folder, MountPath)}; mount the Secret as a folder, and point the listener at the files in it");
            }
        }
    }

    // A key of a Secret is a file of its name; 'items' give it another one.
    private static bool Keeps(FixMap after, FixMap folder, FixMap file) => Read(file, "name") == Read(folder, "name")
        && Read(file, MountPath) == $"{Read(folder, MountPath).TrimEnd('/')}/{Read(file, "subPath")}"
        && ((after.FindAt("server", "volumes") as FixList)?.Items.OfType<FixMap>() ?? [])
            .Where(volume => Read(volume, "name") == Read(folder, "name"))
            .All(volume => volume.FindAt("secret", "items") is null && volume.Find("projected") is null);

    private static bool IsFile(FixMap mount) => mount.Find("subPath") is not null;

    private static bool AreAtOnePath(FixMap one, FixMap other) => PathText.AreSame(Read(one, MountPath), Read(other, MountPath));

    private static IEnumerable<FixMap> List(FixMap values) =>
        ((values.FindAt("server", "volumeMounts") as FixList)?.Items.OfType<FixMap>() ?? [])
            .Where(mount => Read(mount, MountPath).Length > 0);

    private static string Read(FixMap map, string key) => (map.Find(key) as FixText)?.Text ?? string.Empty;
}
