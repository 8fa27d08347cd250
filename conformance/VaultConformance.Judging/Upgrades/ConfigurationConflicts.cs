using VaultConformance.Harness.Config;
using VaultConformance.Harness.Secrets;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Upgrades;

/// <summary>
/// Whether the server's configuration is one: several files are merged, and where they say different things, their order decides. What a
/// folder's order is, nobody sees in the values.
/// </summary>
internal static class ConfigurationConflicts
{
    private const string Withheld = "?";

    // Of these a server may have several; what tells them apart is in them.
    private static readonly string[] Several = ["listener", "seal", "kms", "kms_library", "plugin", "initialize", "audit"];

    /// <summary>Judges everything that a server was started with.</summary>
    /// <param name="configurations">All texts that are loaded together.</param>
    public static IEnumerable<Judgement> Judge(IReadOnlyList<ServerConfiguration> configurations)
    {
        var settings = configurations.SelectMany(configuration => List(configuration.Path, configuration.Document.Root, string.Empty));
        var doubled = settings.GroupBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).ToList();
        var conflicts = doubled.Where(group => group.Where(setting => setting.Value != Withheld)
            .Select(setting => setting.Value).Distinct(StringComparer.Ordinal).Count() > 1).ToList();
        yield return Judgement.None("settings with more than one value", conflicts.Select(Describe))
            .Saying(found => $"Settings are given more than once with different values, so that the order of the files decides: {found}.");
        var open = doubled.Except(conflicts).Where(group => group.Any(setting => setting.Value == Withheld)).ToList();
        if (open.Count > 0)
        {
            yield return Judgement.Unknown(
                "settings that are given more than once and whose values are masked",
                "the same value",
                ShortList.Join(open.Select(Describe)));
        }

        yield return JudgeAddresses(configurations);
    }

    private static string Describe(IGrouping<string, Setting> group) =>
        $"{group.Key} ({string.Join(", ", group.Select(setting => setting.Place).Distinct())})";

    // Two listeners at one address: the second cannot be opened.
    private static Judgement JudgeAddresses(IReadOnlyList<ServerConfiguration> configurations)
    {
        var addresses = configurations.SelectMany(configuration => configuration.Document.Root.ListStanzas("listener")
            .Where(listener => listener.Label is "tcp" or "unix")
            .Select(listener => (Address: FindAddress(listener), Place: $"{Path.GetFileName(configuration.Path)} line {listener.Line}")));
        var shared = addresses.GroupBy(pair => pair.Address).Where(group => group.Count() > 1)
            .Select(group => $"{group.Key} ({string.Join(", ", group.Select(pair => pair.Place))})");
        return Judgement.None("addresses of more than one listener", shared)
            .Saying(found => $"More than one listener has the same address: {found}.");
    }

    private static string FindAddress(HclBlock listener) =>
        listener.Body.FindValue("address")?.AsText() ?? (listener.Label == "tcp" ? "127.0.0.1:8200" : "(none)");

    private static IEnumerable<Setting> List(string path, HclBody body, string prefix)
    {
        foreach (var attribute in body.Attributes.Where(attribute => !IsOfSeveral(prefix, attribute.Name)))
        {
            foreach (var setting in ListValue(path, attribute.Value, prefix + attribute.Name, attribute.Line))
            {
                yield return setting;
            }
        }

        foreach (var block in body.Blocks.Where(block => !IsOfSeveral(prefix, block.Type)))
        {
            var key = prefix + string.Join(' ', [block.Type, .. block.Labels.Select(label => $"\"{label}\"")]);
            if (prefix.Length == 0 && block.Labels.Count > 0)
            {
                yield return new Setting(
                    $"kind of {block.Type}", string.Join(' ', block.Labels), $"{Path.GetFileName(path)} line {block.Line}");
            }

            // Blocks below a stanza may be given several times: every one is a member of a list.
            foreach (var setting in prefix.Length == 0 ? List(path, block.Body, key + " / ") : [])
            {
                yield return setting;
            }
        }
    }

    private static IEnumerable<Setting> ListValue(string path, HclValue value, string key, int line) => value switch
    {
        HclObject single => List(path, single.Body, key + " / "),
        _ => [new Setting(key, Write(value), $"{Path.GetFileName(path)} line {line}")],
    };

    private static bool IsOfSeveral(string prefix, string name) => prefix.Length == 0 && Several.Contains(name.ToLowerInvariant());

    private static string Write(HclValue value) => value switch
    {
        HclString { Text: var text } when text.Contains(ConfigMasker.Masked, StringComparison.Ordinal) => Withheld,
        HclList list => $"[{string.Join(", ", list.Items.Select(Write))}]",
        HclObject single => $"{{{string.Join(", ", single.Body.Attributes.Select(member => $"{member.Name}={Write(member.Value)}"))}}}",
        HclNull => "null",
        _ => value.AsSwitch() is { } on && value is not HclNumber ? (on ? "true" : "false") : value.AsText() ?? string.Empty,
    };

    private sealed record Setting(string Key, string Value, string Place);
}
