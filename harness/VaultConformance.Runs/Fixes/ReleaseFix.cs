using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Fixes;

/// <summary>Applies snippets to the values of one release.</summary>
internal sealed class ReleaseFix
{
    private readonly FixMerge _merge;
    private readonly FixBindings _bindings;
    private readonly string[] _config;
    private readonly string? _usual;
    private readonly bool _isDevelopment;

    /// <summary>Reads what the release is.</summary>
    /// <param name="values">Its values.</param>
    /// <param name="recorded">Name of the release and defaults of the chart.</param>
    /// <param name="profile">Parameters of the profile.</param>
    public ReleaseFix(FixMap values, RecordedValues recorded, ProfileParameters profile)
    {
        _config = FindConfig(values);
        _usual = recorded.Defaults.GetValueOrDefault(string.Join('.', _config));
        _isDevelopment = IsOn(values, "server", "dev", "enabled");
        var config = values.FindAt(_config) is FixText { IsNothing: false } own ? own.Text : _usual ?? string.Empty;
        _bindings = new FixBindings(values, config, recorded.Release, profile);
        _merge = new FixMerge(new ConfigMerge(_bindings.IsMounted).Apply);
    }

    /// <summary>The values with what a snippet asks for.</summary>
    /// <param name="values">The values.</param>
    /// <param name="snippet">The snippet of a page.</param>
    /// <exception cref="UnsafeFixException">They cannot be changed safely.</exception>
    public FixMap Apply(FixMap values, string snippet)
    {
        var places = _bindings.ListCertificates();
        var after = Apply(values, snippet, places[0]);

        // Every further certificate has a volume of its own; the configuration is whole by now.
        return places.Skip(1).Aggregate(after, (merged, place) => ApplyVolumes(merged, snippet, place));
    }

    private FixMap Apply(FixMap values, string snippet, CertificatePlace place)
    {
        var rules = FixRuleReader.Read(_bindings.Apply(snippet, place));
        if (_isDevelopment && rules.Find("server") is RuleMap server && server.Find("standalone") is not null)
        {
            throw new UnsafeFixException(
                "the server runs in development mode, which takes no configuration; set server.dev.enabled to false");
        }

        rules = place.ExtraVolume is { } extra ? UseExtraVolume(rules, extra) : VolumeRules.Fit(rules, values);
        return MountWhole(_merge.Apply(values, rules, _config, _usual), values);
    }

    private FixMap ApplyVolumes(FixMap values, string snippet, CertificatePlace place)
    {
        var rules = FixRuleReader.Read(_bindings.Apply(snippet, place));
        if (rules.Find("server") is not RuleMap server || !MountsSecret(server))
        {
            return values;
        }

        var own = new RuleMap(
            RuleMode.Replace,
            [.. server.Entries.Where(entry => entry.Key is "volumes" or "volumeMounts")]);
        rules = new RuleMap(RuleMode.Replace, [KeyValuePair.Create("server", (FixRule)own)]);
        rules = place.ExtraVolume is { } extra ? UseExtraVolume(rules, extra) : VolumeRules.Fit(rules, values);
        return MountWhole(_merge.Apply(values, rules, _config, _usual), values);
    }

    private static bool MountsSecret(RuleMap server) => server.Find("volumes") is RuleList volumes
        && volumes.Items.Any(item => item is RuleMap volume && volume.Find("secret") is not null);

    /// <summary>What has to be there before changed values are installed.</summary>
    /// <param name="before">The values before.</param>
    /// <param name="after">The values after.</param>
    public static IReadOnlyList<string> ListNeeds(FixMap before, FixMap after)
    {
        var names = ListItems(before, "volumes").Select(volume => ReadText(volume, "name")).ToHashSet();
        var needs = ListItems(after, "volumes")
            .Where(volume => !names.Contains(ReadText(volume, "name")))
            .Select(volume => (volume.FindAt("secret", "secretName") as FixText)?.Text)
            .OfType<string>()
            .Select(secret => $"Secret '{secret}' with tls.crt, tls.key and ca.crt in the namespace of the release (kubectl create secret "
                + "generic; VaultConformance makes one for its own runs).")
            .ToList();
        if (after.FindAt("server", "ha", "apiAddr") is FixText address
            && before.FindAt("server", "ha", "apiAddr") is null or FixText { IsNothing: true })
        {
            needs.Add($"A certificate that covers the host of server.ha.apiAddr, '{address.Text}', for every pod; a wildcard is enough.");
        }

        if (after.FindAt("server", "resources", "limits", "memory") is FixText memory
            && before.FindAt("server", "resources", "limits", "memory") is null)
        {
            needs.Add($"A measured memory limit: {memory.Text} is a starting point.");
        }

        return needs;
    }

    // The first of the chart's configurations that is switched on.
    private static string[] FindConfig(FixMap values) => IsOn(values, "server", "ha", "enabled")
        ? IsOn(values, "server", "ha", "raft", "enabled") ? ["server", "ha", "raft", "config"] : ["server", "ha", "config"]
        : ["server", "standalone", "config"];

    private static bool IsOn(FixMap values, params string[] path) => values.FindAt(path) is FixText { Text: "true" };

    // The chart mounts the Secret itself; a second mount at the same place would be refused.
    private static RuleMap UseExtraVolume(RuleMap rules, string name)
    {
        if (rules.Find("server") is not RuleMap server || !MountsSecret(server))
        {
            return rules;
        }

        var item = new RuleMap(RuleMode.Replace,
        [
            KeyValuePair.Create("name", (FixRule)new RuleText(RuleMode.Replace, new FixText(name))),
            KeyValuePair.Create("defaultMode", (FixRule)new RuleText(RuleMode.Replace, new FixText("256"))),
        ]);
        return rules.With("server", server.With("volumes", null).With("volumeMounts", null)
            .With("extraVolumes", new RuleList(RuleMode.Replace, [item])));
    }

    // Files that were mounted one by one are in the folder that is now mounted as a whole.
    private static FixMap MountWhole(FixMap after, FixMap before)
    {
        var whole = ListItems(after, "volumeMounts").Where(mount => mount.Find("subPath") is null)
            .Where(mount => !ListItems(before, "volumeMounts").Any(own =>
                ReadText(own, "mountPath") == ReadText(mount, "mountPath") && own.Find("subPath") is null))
            .ToList();
        bool IsInside(FixMap mount) => mount.Find("subPath") is not null && whole.Exists(folder =>
            ReadText(folder, "name") == ReadText(mount, "name")
                && ReadText(mount, "mountPath")?.StartsWith(ReadText(folder, "mountPath") + "/", StringComparison.Ordinal) == true);
        return whole.Count > 0 && after.FindAt("server", "volumeMounts") is FixList mounts
            ? after.WithAt(
                ["server", "volumeMounts"],
                new FixList([.. mounts.Items.Where(item => item is not FixMap map || !IsInside(map))]))
            : after;
    }

    private static IEnumerable<FixMap> ListItems(FixMap values, string key) =>
        (values.FindAt("server", key) as FixList)?.Items.OfType<FixMap>() ?? [];

    private static string? ReadText(FixMap map, string key) => (map.Find(key) as FixText)?.Text;
}
