namespace VaultConformance.Reporting.Fixes;

/// <summary>
/// Fits the volumes of a snippet to those that the user has: the same mount path is the same volume whatever its name is, and a name that
/// is taken for something else is not used again.
/// </summary>
internal static class VolumeRules
{
    private const string Volumes = "volumes";
    private const string Mounts = "volumeMounts";

    /// <summary>The rules with the user's names.</summary>
    /// <param name="rules">The rules of a snippet.</param>
    /// <param name="values">The user's values.</param>
    /// <param name="findObstacle">Why nothing can be mounted at a path, which may be read-only; null when something can.</param>
    /// <exception cref="UnsafeFixException">Something that the rules need cannot be mounted.</exception>
    public static RuleMap Fit(RuleMap rules, FixMap values, Func<string, bool, string?> findObstacle)
    {
        if (rules.Find("server") is not RuleMap server || server.Find(Volumes) is not RuleList volumes)
        {
            return rules;
        }

        var mounts = server.Find(Mounts) as RuleList ?? new RuleList(RuleMode.Replace, []);
        foreach (var name in volumes.Items.OfType<RuleMap>().Select(volume => Read(volume, "name")!))
        {
            (volumes, mounts) = Fit(name, volumes, mounts, values, findObstacle);
        }

        return rules.With("server", server.With(Volumes, volumes).With(Mounts, mounts));
    }

    private static (RuleList Volumes, RuleList Mounts) Fit(
        string name, RuleList volumes, RuleList mounts, FixMap values, Func<string, bool, string?> findObstacle)
    {
        var wanted = volumes.Items.OfType<RuleMap>().First(volume => Read(volume, "name") == name);
        var kind = GetKind(wanted.Entries.Select(entry => entry.Key));
        var own = mounts.Items.OfType<RuleMap>().Where(mount => Read(mount, "name") == name).ToList();
        if (own.Count == 0)
        {
            // It is about a volume that the user has under that name, and only about one of that kind and for that purpose.
            return ((FindKind(values, name) is { } other && other != kind) || VolumeNames.IsShared(values, name, [$"/{name}"])
                ? Without(volumes, name)
                : volumes, mounts);
        }

        var taken = own.Select(mount => FindVolumeAt(values, Read(mount, "mountPath")!)).OfType<string>().Distinct().ToList();

        // Something else that the user has there does as well, and is not touched; so does a folder that is used for more than this.
        string[] paths = [.. own.Select(mount => Read(mount, "mountPath")!)];
        var others = taken.Where(
            volume => FindKind(values, volume) != kind || (kind == "emptyDir" && VolumeNames.IsShared(values, volume, paths))).ToList();
        var fitting = own.Where(mount => Fits(mount, kind, values, others, findObstacle)).ToList();
        mounts = mounts with { Items = [.. mounts.Items.Where(item => !own.Contains(item) || fitting.Contains(item))] };
        if (fitting.Count == 0)
        {
            return (Without(volumes, name), mounts);
        }

        var chosen = fitting.Select(mount => FindVolumeAt(values, Read(mount, "mountPath")!)).OfType<string>().FirstOrDefault()
            ?? VolumeNames.Choose(values, name, kind);
        return (Rename(volumes, name, chosen), Rename(mounts, name, chosen));
    }

    // An empty folder can be left out; a certificate cannot.
    private static bool Fits(
        RuleMap mount, string kind, FixMap values, List<string> others, Func<string, bool, string?> findObstacle)
    {
        var path = Read(mount, "mountPath")!;
        if (FindVolumeAt(values, path) is { } there && others.Contains(there))
        {
            return false;
        }

        return findObstacle(path, Read(mount, "readOnly") == "true") is not { } obstacle
            || (kind == "emptyDir" ? false : throw new UnsafeFixException($"nothing can be mounted at {path}, because {obstacle}"));
    }

    private static RuleList Without(RuleList volumes, string name) =>
        volumes with { Items = [.. volumes.Items.Where(item => Read((RuleMap)item, "name") != name)] };

    private static string? FindVolumeAt(FixMap values, string path) => ListItems(values, Mounts)
        .Where(mount => Read(mount, "mountPath") is { } own && (PathText.AreSame(own, path)
            || (mount.Find("subPath") is not null && PathText.IsBelow(own, path))))
        .Select(mount => Read(mount, "name"))
        .FirstOrDefault();

    private static string? FindKind(FixMap values, string name) => VolumeNames.FindKind(values, name);

    private static string GetKind(IEnumerable<string> keys) => VolumeNames.GetKind(keys);

    private static IEnumerable<FixMap> ListItems(FixMap values, string key) =>
        (values.FindAt("server", key) as FixList)?.Items.OfType<FixMap>() ?? [];

    private static RuleList Rename(RuleList list, string name, string other) => list with
    {
        Items = [.. list.Items.Select(item => item is RuleMap map && Read(map, "name") == name
            ? map with
            {
                Entries = [.. map.Entries.Select(entry => entry is { Key: "name", Value: RuleText text }
                    ? KeyValuePair.Create(entry.Key, (FixRule)(text with { Value = new FixText(other) }))
                    : entry)],
            }
            : item)],
    };

    private static string? Read(RuleMap map, string key) => (map.Find(key) as RuleText)?.Value.Text;

    private static string? Read(FixMap map, string key) => (map.Find(key) as FixText)?.Text;
}
