using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>Whether the file of authorities that a change names is there.</summary>
internal static class AuthorityFiles
{
    private static readonly string[] Variables = ["server", "extraEnvironmentVars"];

    /// <summary>Refuses a change that names a file which a volume of the user's is known not to hold.</summary>
    /// <param name="before">The values before.</param>
    /// <param name="after">The values after.</param>
    /// <exception cref="UnsafeFixException">It does.</exception>
    public static void Refuse(FixMap before, FixMap after)
    {
        if (Find(before, after) is { Volume: { } volume } found && ListFiles(volume) is { } files && !files.Contains(found.File))
        {
            throw new UnsafeFixException(
                $"volume '{found.Name}' holds {string.Join(", ", files)} and no {found.File} with the authorities, which the pod's own "
                    + "client needs; "
                    + "add it, or name the file in " + ChartNames.AuthorityVariable);
        }
    }

    /// <summary>The file that has to be on a volume of the user's; null when the change names none there.</summary>
    /// <param name="before">The values before.</param>
    /// <param name="after">The values after.</param>
    public static string? Describe(FixMap before, FixMap after) => Find(before, after) is not { } found
        ? null
        : found.Volume?.FindAt("secret", "secretName") is FixText secret
            ? $"{found.File} with the authorities in Secret '{secret.Text}' ({ChartNames.AuthorityVariable} names {found.Path})."
            : $"{found.File} with the authorities on volume '{found.Name}' ({ChartNames.AuthorityVariable} names {found.Path}).";

    private static (string Name, FixMap? Volume, string File, string Path)? Find(FixMap before, FixMap after)
    {
        if ((after.FindAt(Variables) as FixMap)?.Entries.FirstOrDefault(entry => ChartNames.IsVariable(entry.Key, "CACERT")).Value
                is not FixText { Text: var path }
            || (before.FindAt(Variables) as FixMap)?.Entries.Any(entry => ChartNames.IsVariable(entry.Key, "CACERT")) == true)
        {
            return null;
        }

        if (ListItems(before, "extraVolumes").FirstOrDefault(volume => IsBelow(path, GetPath(volume))) is { } extra)
        {
            var name = Read(extra, "name")!;
            return (name, new FixMap([new("secret", new FixMap([new("secretName", new FixText(name))]))]), path[(GetPath(extra).Length
                + 1)..], path);
        }

        return ListItems(before, "volumeMounts").FirstOrDefault(mount =>
            mount.Find("subPath") is null && Read(mount, "mountPath")?.TrimEnd('/') is { } folder && IsBelow(path, folder)) is { } own
            ? (Read(own, "name") ?? string.Empty,
                ListItems(before, "volumes").FirstOrDefault(volume => Read(volume, "name") == Read(own, "name")),
                path[(Read(own, "mountPath")!.TrimEnd('/').Length + 1)..],
                path)
            : null;
    }

    // Only a list of items says what is there.
    private static List<string>? ListFiles(FixMap volume) => (volume.FindAt("secret", "items") as FixList)?.Items.OfType<FixMap>()
        .Select(item => Read(item, "path"))
        .OfType<string>()
        .ToList();

    private static string GetPath(FixMap volume) =>
        $"{(Read(volume, "path") ?? ChartNames.UserConfig).TrimEnd('/')}/{Read(volume, "name")}";

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);

    private static IEnumerable<FixMap> ListItems(FixMap values, string key) =>
        (values.FindAt("server", key) as FixList)?.Items.OfType<FixMap>() ?? [];

    private static string? Read(FixMap map, string key) => map.Find(key) is FixText { IsNull: false } text ? text.Text : null;
}
