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
    public static RuleMap Fit(RuleMap rules, FixMap values)
    {
        if (rules.Find("server") is not RuleMap server || server.Find(Mounts) is not RuleList mounts
            || server.Find(Volumes) is not RuleList volumes)
        {
            return rules;
        }

        foreach (var name in volumes.Items.OfType<RuleMap>().Select(volume => Read(volume, "name")!))
        {
            (volumes, mounts) = Fit(name, volumes, mounts, values);
        }

        return rules.With("server", server.With(Volumes, volumes).With(Mounts, mounts));
    }

    private static (RuleList Volumes, RuleList Mounts) Fit(string name, RuleList volumes, RuleList mounts, FixMap values)
    {
        var wanted = volumes.Items.OfType<RuleMap>().First(volume => Read(volume, "name") == name);
        var kind = GetKind(wanted.Entries.Select(entry => entry.Key));
        var own = mounts.Items.OfType<RuleMap>().Where(mount => Read(mount, "name") == name).ToList();
        var taken = own.Select(mount => FindVolumeAt(values, Read(mount, "mountPath")!)).OfType<string>().Distinct().ToList();

        // Something else that the user has there does as well, and is not touched.
        var others = taken.Where(volume => FindKind(values, volume) != kind).ToList();
        mounts = mounts with
        {
            Items = [.. mounts.Items.Where(item => !(own.Contains(item)
                && FindVolumeAt(values, Read((RuleMap)item, "mountPath")!) is { } there && others.Contains(there)))],
        };
        if (own.Count > 0 && !mounts.Items.Any(own.Contains))
        {
            return (volumes with { Items = [.. volumes.Items.Where(item => Read((RuleMap)item, "name") != name)] }, mounts);
        }

        var chosen = taken.Except(others).FirstOrDefault()
            ?? (FindKind(values, name) is { } other && other != kind ? $"{name}-fix" : name);
        return (Rename(volumes, name, chosen), Rename(mounts, name, chosen));
    }

    private static string? FindVolumeAt(FixMap values, string path) => ListItems(values, Mounts)
        .Where(mount => Read(mount, "mountPath") is { } own && (own.TrimEnd('/') == path.TrimEnd('/')
            || (mount.Find("subPath") is not null && own.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal))))
        .Select(mount => Read(mount, "name"))
        .FirstOrDefault();

    private static string? FindKind(FixMap values, string name) => ListItems(values, Volumes)
        .Where(volume => Read(volume, "name") == name)
        .Select(volume => GetKind(volume.Entries.Select(entry => entry.Key)))
        .FirstOrDefault();

    private static string GetKind(IEnumerable<string> keys) => keys.FirstOrDefault(key => key != "name") ?? string.Empty;

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
