using System.Globalization;
using System.Text.RegularExpressions;

namespace VaultConformance.Reporting.Fixes;

/// <summary>
/// Applies rules to values: mappings are merged deeply, lists by what identifies their items, scalars are replaced. What no rule mentions
/// stays as it is.
/// </summary>
/// <param name="mergeConfig">Merges the server's configuration: what is there, what is wanted.</param>
internal sealed class FixMerge(Func<string, string, string> mergeConfig)
{
    // Names of log levels, the most talkative first.
    private static readonly string[] Levels = ["trace", "debug", "info", "notice", "warn", "warning", "err", "error"];

    // What makes an item of a list that item, the most telling first.
    private static readonly string[] Identities = ["mountPath", "envName", "name", "key", "host"];

    /// <summary>The values as they should be.</summary>
    /// <param name="values">The values as they are.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="config">Path of the configuration that is in use.</param>
    /// <param name="configText">What it is where the values do not say it.</param>
    /// <exception cref="UnsafeFixException">The values are of a kind that the rules do not fit.</exception>
    public FixMap Apply(FixMap values, RuleMap rules, string[] config, string? configText)
    {
        var desired = values;
        var plain = TakeConfig(rules, out var wanted);
        if (wanted is not null)
        {
            desired = MergeConfig(values.FindAt(config), wanted, configText) is { } text ? desired.WithAt(config, text) : desired;
        }

        // What one place takes from another is known once the other is settled.
        var settled = (FixMap)Merge(TakeOver(desired, plain, []), plain, null, string.Empty)!;
        return (FixMap)Merge(settled, plain, settled, string.Empty)!;
    }

    // Where only the follower has a value, the model takes it: a limit is as large as the request that somebody chose.
    private static FixMap TakeOver(FixMap values, FixRule rule, string[] path) => rule switch
    {
        RuleMap map => map.Entries.Aggregate(values, (taken, entry) => TakeOver(taken, entry.Value, [.. path, entry.Key])),
        RuleSame same when values.FindAt(path) is FixText { IsNull: false } own && values.FindAt(same.Path) is null =>
            values.WithAt([.. same.Path], own),
        _ => values,
    };

    // Null when it is right as it is.
    private FixText? MergeConfig(FixNode? given, string wanted, string? usual)
    {
        var text = given switch
        {
            null => usual ?? throw new UnsafeFixException("the chart's default configuration is not known"),
            FixText { IsNothing: true } => usual ?? throw new UnsafeFixException("the chart's default configuration is not known"),
            FixText written => written.Text,
            _ => throw new UnsafeFixException("the server's configuration is a mapping, not text"),
        };
        var merged = mergeConfig(text, wanted);
        return merged == text ? null : new FixText(merged, IsQuoted: true);
    }

    // Pages write the configuration as that of a single server; it stands for the one that is in use.
    private static RuleMap TakeConfig(RuleMap rules, out string? config)
    {
        config = null;
        if (rules.Find("server") is not RuleMap server || server.Find("standalone") is not RuleMap standalone
            || standalone.Find("config") is not RuleText { Value.Text: var text })
        {
            return rules;
        }

        config = text;
        var rest = standalone.With("config", null);
        return rules.With("server", server.With("standalone", rest.Entries.Count == 0 ? null : rest));
    }

    private static FixNode? Merge(FixNode? given, FixRule rule, FixMap? root, string path) => rule switch
    {
        RuleText { Value.IsNull: true } => null,
        RuleMap map => MergeMap(given, map, root, path),
        RuleList list => MergeList(given, list, root, path),
        RuleText text => MergeText(given, text.Value, text.Mode),
        RuleSame same when root?.FindAt(same.Path) is FixText model => MergeText(given, model, same.Mode),
        _ => given,
    };

    private static FixNode? MergeMap(FixNode? given, RuleMap rule, FixMap? root, string path)
    {
        var isThere = given is FixMap { Entries.Count: > 0 };
        if ((rule.Mode == RuleMode.Keep && isThere) || (rule.Mode == RuleMode.IfThere && !isThere))
        {
            return given;
        }

        if (given is not (null or FixMap or FixText { IsNothing: true }))
        {
            throw new UnsafeFixException($"'{path}' is not a mapping");
        }

        var merged = given as FixMap ?? FixMap.Empty;
        foreach (var (key, inner) in rule.Entries)
        {
            var value = Merge(merged.Find(key), inner, root, path.Length == 0 ? key : $"{path}.{key}");
            merged = merged.With(key, value);
        }

        // A rule that only removes makes no mapping of its own.
        return merged.Entries.Count == 0 && given is not FixMap ? given : merged;
    }

    private static FixNode? MergeList(FixNode? given, RuleList rule, FixMap? root, string path)
    {
        if (rule.Mode == RuleMode.Keep && given is FixList { Items.Count: > 0 })
        {
            return given;
        }

        if (rule.Items.Count == 0)
        {
            return given;
        }

        if (rule.Items.All(item => item is RuleText))
        {
            var wanted = rule.Items.Cast<RuleText>().Select(item => (FixNode)item.Value).ToList();
            return given is FixList list && wanted.All(item => list.Items.Any(own => FixNode.AreSame(own, item)))
                ? given
                : new FixList(wanted);
        }

        var items = given switch
        {
            FixList list => list.Items.ToList(),
            null or FixText { IsNothing: true } => [],
            _ => throw new UnsafeFixException($"'{path}' is not a list"),
        };
        foreach (var item in rule.Items.OfType<RuleMap>())
        {
            MergeItem(items, item, root, path);
        }

        return items.Count == 0 ? given : new FixList(items);
    }

    private static void MergeItem(List<FixNode> items, RuleMap rule, FixMap? root, string path)
    {
        var identity = Identities.FirstOrDefault(key => rule.Find(key) is RuleText)
            ?? throw new UnsafeFixException($"nothing identifies the items of '{path}'");
        var wanted = ((RuleText)rule.Find(identity)!).Value.Text;
        var at = items.FindIndex(item => item is FixMap map && map.Find(identity) is FixText own && AreOne(identity, own.Text, wanted));
        if (at >= 0)
        {
            items[at] = MergeMap(items[at], rule.With(identity, null), root, $"{path}[{wanted}]")!;
        }
        else if (rule.Mode != RuleMode.IfThere)
        {
            items.Add(MergeMap(null, rule with { Mode = RuleMode.Replace }, root, $"{path}[{wanted}]")!);
        }
    }

    private static bool AreOne(string identity, string own, string wanted) =>
        identity == "mountPath" ? PathText.AreSame(own, wanted) : own == wanted;

    private static FixNode? MergeText(FixNode? given, FixText wanted, RuleMode mode)
    {
        var isThere = given is not (null or FixText { IsNothing: true });
        return mode switch
        {
            RuleMode.Keep when isThere => given,
            RuleMode.UnlessLocalhost when given is FixText { Text: "Localhost" } => given,
            RuleMode.IfThere when given is null => given,
            RuleMode.Without => given is FixText arguments ? TakeOut(arguments, wanted.Text) : given,
            RuleMode.Https => given is FixText { Text: var url } address && url.StartsWith("http://", StringComparison.Ordinal)
                ? address with { Text = "https://" + url["http://".Length..] }
                : given,
            RuleMode.AtLeastIfThere when !isThere => given,
            RuleMode.AtLeast or RuleMode.AtLeastIfThere when given is FixText own && TryRead(own.Text, out var has)
                && TryRead(wanted.Text, out var least) && has >= least => given,
            _ => given is FixText same && same.Text == wanted.Text && !same.IsNull ? given : wanted,
        };
    }

    private static FixText? TakeOut(FixText arguments, string name)
    {
        var rest = Regex.Replace(
            arguments.Text,
            $@"(^|\s+)-?{Regex.Escape(name)}(=(""[^""]*""|\S+)|\s+[^\s-]\S*)?(?=\s|$)",
            string.Empty,
            RegexOptions.CultureInvariant);
        return rest == arguments.Text ? arguments : rest.Trim().Length == 0 ? null : arguments with { Text = rest.Trim() };
    }

    private static bool TryRead(string text, out long number)
    {
        number = Array.IndexOf(Levels, text.ToLowerInvariant());
        return number >= 0 || long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out number);
    }
}
