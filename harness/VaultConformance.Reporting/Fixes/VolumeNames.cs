namespace VaultConformance.Reporting.Fixes;

/// <summary>Names of volumes in values, and which of them a new volume may have.</summary>
internal static class VolumeNames
{
    private static readonly string[] OfChart = ["data", "audit", "config", "home", "vault-license"];
    private static readonly string[] Containers = ["extraContainers", "extraInitContainers"];

    /// <summary>The name of a volume of a kind: the one that is wanted, unless it is taken for something else.</summary>
    /// <param name="values">The user's values.</param>
    /// <param name="name">The name that is wanted.</param>
    /// <param name="kind">The kind, for example <c>emptyDir</c>.</param>
    public static string Choose(FixMap values, string name, string kind)
    {
        if (FindKind(values, name) == kind && !IsMounted(values, name))
        {
            return name;
        }

        string[] candidates = [name, $"{name}-fix", .. Enumerable.Range(2, 98).Select(number => $"{name}-fix-{number}")];
        return candidates.FirstOrDefault(candidate => !IsTaken(values, candidate))
            ?? throw new UnsafeFixException($"no name is left for a volume like '{name}'");
    }

    /// <summary>The kind of a volume in <c>server.volumes</c>; null when there is none of that name.</summary>
    /// <param name="values">The user's values.</param>
    /// <param name="name">Its name.</param>
    public static string? FindKind(FixMap values, string name) => ListItems(values, "volumes")
        .Where(volume => Read(volume, "name") == name)
        .Select(volume => GetKind(volume.Entries.Select(entry => entry.Key)))
        .FirstOrDefault();

    /// <summary>The key that says of what kind a volume is.</summary>
    /// <param name="keys">Its keys.</param>
    public static string GetKind(IEnumerable<string> keys) => keys.FirstOrDefault(key => key != "name") ?? string.Empty;

    private static bool IsTaken(FixMap values, string name) => OfChart.Contains(name)
        || FindKind(values, name) is not null
        || ListItems(values, "extraVolumes").Any(volume => $"userconfig-{Read(volume, "name")}" == name);

    /// <summary>True when a volume is also mounted somewhere else, or into another container.</summary>
    /// <param name="values">The user's values.</param>
    /// <param name="name">Its name.</param>
    /// <param name="paths">Where it is expected in the server's container.</param>
    public static bool IsShared(FixMap values, string name, IReadOnlyList<string> paths) => ListMountsOfOthers(values)
        .Concat(ListItems(values, "volumeMounts").Where(
            mount => Read(mount, "mountPath") is not { } path || !paths.Any(expected => PathText.AreSame(path, expected))))
        .Any(mount => Read(mount, "name") == name);

    private static bool IsMounted(FixMap values, string name) =>
        ListItems(values, "volumeMounts").Concat(ListMountsOfOthers(values)).Any(mount => Read(mount, "name") == name);

    private static IEnumerable<FixMap> ListMountsOfOthers(FixMap values) => Containers.SelectMany(key => ListItems(values, key))
        .SelectMany(container => (container.Find("volumeMounts") as FixList)?.Items.OfType<FixMap>() ?? []);

    private static IEnumerable<FixMap> ListItems(FixMap values, string key) =>
        (values.FindAt("server", key) as FixList)?.Items.OfType<FixMap>() ?? [];

    private static string? Read(FixMap map, string key) => (map.Find(key) as FixText)?.Text;
}
