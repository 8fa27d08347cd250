using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Fixes;

/// <summary>Applies snippets to the values of one release.</summary>
internal sealed class ReleaseFix
{
    private const string Variables = "extraEnvironmentVars";
    private readonly FixMap _given;
    private readonly FixMerge _merge;
    private readonly FixBindings _bindings;
    private readonly ChartMode _mode;
    private readonly string? _usual;
    private readonly MountedPaths _paths;
    private readonly ServerAddresses _addresses;

    /// <summary>Reads what the release is.</summary>
    /// <param name="values">Its values.</param>
    /// <param name="recorded">Name of the release and defaults of the chart.</param>
    /// <param name="profile">Parameters of the profile.</param>
    /// <param name="written">Paths that the server writes to although no values name them.</param>
    public ReleaseFix(FixMap values, RecordedValues recorded, ProfileParameters profile, IReadOnlyList<string> written)
    {
        _given = values;
        _mode = ChartMode.Read(values);
        _usual = recorded.Defaults.GetValueOrDefault(string.Join('.', _mode.Config));
        var config = ReadConfig(values);
        _paths = new MountedPaths(values, _mode, config, written);
        _bindings = new FixBindings(values, config, recorded.Release, profile);
        _addresses = new ServerAddresses(config, _bindings.FullName);
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

    /// <summary>The configuration that is in use.</summary>
    /// <param name="values">The values.</param>
    public string ReadConfig(FixMap values) =>
        values.FindAt(_mode.Config) is FixText { IsNothing: false } own ? own.Text : _usual ?? string.Empty;

    /// <summary>What the chart calls its objects.</summary>
    public string FullName => _bindings.FullName;

    /// <summary>Folders of the image that no change may close, and why, in sentences.</summary>
    public IReadOnlyList<string> ListOpen() => _paths.ListOpen();

    /// <summary>True when the platform chooses the user of the server.</summary>
    public bool LeavesUser => _bindings.LeavesUser;

    /// <summary>True when it does, and the profile does not know it.</summary>
    public bool HidesUser => _bindings.HidesUser;

    private FixMap Apply(FixMap values, string snippet, CertificatePlace place)
    {
        var rules = FixRuleReader.Read(_bindings.Apply(snippet, place));
        if (_mode.IsDevelopment && rules.Find("server") is RuleMap server && server.Find("standalone") is not null)
        {
            throw new UnsafeFixException(
                "the server runs in development mode, which takes no configuration; set server.dev.enabled to false");
        }

        var merged = Merge(values, rules, place);
        var after = IsTlsSwitch(rules) ? FollowTls(merged) : merged;
        if (!HasReadOnlyRoot(values) && HasReadOnlyRoot(after) && _paths.FindUnmounted() is { } path)
        {
            throw new UnsafeFixException(
                $"the server writes to {path}, which is on no volume; with a read-only root file system it could not");
        }

        LockedMemory.Refuse(values, after, ReadConfig(after));
        ListenerNeeds.RefuseLostPort(values, after, ReadConfig(after));
        return after;
    }

    private FixMap FollowTls(FixMap merged)
    {
        ListenerNeeds.RefuseMutualTls(merged, ReadConfig(merged));
        AuthorityFiles.Refuse(_given, merged);
        return _addresses.Follow(merged);
    }

    private FixMap Merge(FixMap values, RuleMap rules, CertificatePlace place)
    {
        rules = WithoutUnusedService(WithoutGivenVariables(rules, values), values);
        var own = place.ExtraVolume is { } extra ? UseExtraVolume(rules, extra) : rules;
        return MountWhole(
            _merge.Apply(values, VolumeRules.Fit(own, values, _paths.FindObstacle), _mode.Config, _usual), values);
    }

    // The chart writes names of variables in capitals, and takes some from Secrets: none is to be there twice.
    private static RuleMap WithoutGivenVariables(RuleMap rules, FixMap values)
    {
        if (rules.Find("server") is not RuleMap server || server.Find(Variables) is not RuleMap variables)
        {
            return rules;
        }

        bool IsGiven(string key) =>
            ListItems(values, "extraSecretEnvironmentVars").Any(item => ReadText(item, "envName") == key)
                || (values.FindAt("server", Variables) is FixMap given && given.Entries.Any(
                    entry => entry.Key != key && key.Equals(entry.Key.Replace('.', '_'), StringComparison.OrdinalIgnoreCase)));

        return rules.With("server", server.With(Variables, variables with
        {
            Entries = [.. variables.Entries.Where(entry => entry.Value is RuleText { Value.IsNull: true } || !IsGiven(entry.Key))],
        }));
    }

    // The chart makes the Service of the user interface only where it is switched on; without it the keys have no effect.
    private static RuleMap WithoutUnusedService(RuleMap rules, FixMap values) =>
        ChartMode.IsOn(values, "ui", "enabled") ? rules : rules.With("ui", null);

    private static bool HasReadOnlyRoot(FixMap values) =>
        values.FindAt("server", "statefulSet", "securityContext", "container", "readOnlyRootFilesystem") is FixText { Text: "true" };

    private static bool IsTlsSwitch(RuleMap rules) =>
        rules.Find("global") is RuleMap global && global.Find("tlsDisable") is RuleText { Value.Text: "false" };

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
        return Merge(values, rules, place);
    }

    private static bool MountsSecret(RuleMap server) => server.Find("volumes") is RuleList volumes
        && volumes.Items.Any(item => item is RuleMap volume && volume.Find("secret") is not null);

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
