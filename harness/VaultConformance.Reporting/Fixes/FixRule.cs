namespace VaultConformance.Reporting.Fixes;

/// <summary>What a fix wants of one value.</summary>
/// <param name="Mode">When it counts.</param>
internal abstract record FixRule(RuleMode Mode);

/// <summary>A scalar; a null removes what is there.</summary>
/// <param name="Mode">When it counts.</param>
/// <param name="Value">The value.</param>
internal sealed record RuleText(RuleMode Mode, FixText Value) : FixRule(Mode);

/// <summary>The value that another place has in the end.</summary>
/// <param name="Mode">When it counts.</param>
/// <param name="Path">Keys from the root.</param>
internal sealed record RuleSame(RuleMode Mode, IReadOnlyList<string> Path) : FixRule(Mode);

/// <summary>Items that a list has to have.</summary>
/// <param name="Mode">When it counts.</param>
/// <param name="Items">The items.</param>
internal sealed record RuleList(RuleMode Mode, IReadOnlyList<FixRule> Items) : FixRule(Mode);

/// <summary>Entries that a mapping has to have.</summary>
/// <param name="Mode">When it counts.</param>
/// <param name="Entries">The entries.</param>
internal sealed record RuleMap(RuleMode Mode, IReadOnlyList<KeyValuePair<string, FixRule>> Entries) : FixRule(Mode)
{
    /// <summary>The rule of a key; null when there is none.</summary>
    /// <param name="key">The key.</param>
    public FixRule? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key).Value;

    /// <summary>The same with another rule for a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="rule">The rule; null to leave the key out.</param>
    public RuleMap With(string key, FixRule? rule) => this with
    {
        Entries = [.. Entries.Where(entry => entry.Key != key), .. rule is null ? [] : new[] { KeyValuePair.Create(key, rule) }],
    };
}

/// <summary>When a fix replaces what the user has. The comment at the end of a line of a snippet says it.</summary>
internal enum RuleMode
{
    /// <summary>Always.</summary>
    Replace,

    /// <summary><c># keep yours</c>: only where the user has nothing.</summary>
    Keep,

    /// <summary><c># at least</c>: only where the user has nothing or a lower number.</summary>
    AtLeast,

    /// <summary><c># at most</c>: only where the user has nothing, no limit, or a longer time.</summary>
    AtMost,

    /// <summary><c># if you have it</c>: only where the user has something.</summary>
    IfThere,

    /// <summary><c># https</c>: only the scheme of an address that the user has.</summary>
    Https,

    /// <summary><c># take this out of yours</c>: an argument goes, the others stay.</summary>
    Without,

    /// <summary><c># for a new one</c>: only in a block that the user does not have.</summary>
    New,

    /// <summary><c># unless yours is mounted</c>: only where the user's file is on no volume.</summary>
    UnlessMounted,

    /// <summary><c># unless yours is Localhost</c>: only where the user names no profile of the node.</summary>
    UnlessLocalhost,

    /// <summary><c># at least, if you have it</c>: only where the user has a lower number or a more talkative log level.</summary>
    AtLeastIfThere,
}

/// <summary>Reads marks.</summary>
internal static class RuleModes
{
    private static readonly (string Mark, RuleMode Mode)[] Marks =
    [
        ("# keep yours", RuleMode.Keep),
        ("# at least, if you have it", RuleMode.AtLeastIfThere),
        ("# at least", RuleMode.AtLeast),
        ("# at most", RuleMode.AtMost),
        ("# if you have it", RuleMode.IfThere),
        ("# https", RuleMode.Https),
        ("# take this out of yours", RuleMode.Without),
        ("# for a new one", RuleMode.New),
        ("# unless yours is mounted", RuleMode.UnlessMounted),
        ("# unless yours is Localhost", RuleMode.UnlessLocalhost),
        ("# with ui.enabled", RuleMode.Replace),
    ];

    /// <summary>The mode that a line of a snippet asks for.</summary>
    /// <param name="line">The line.</param>
    public static RuleMode Read(string line) =>
        Array.Find(Marks, mark => line.TrimEnd().EndsWith(mark.Mark, StringComparison.Ordinal)).Mode;

    /// <summary>A line without its mark, as it may stand in a file of the user's.</summary>
    /// <param name="line">The line.</param>
    public static string Strip(string line)
    {
        var (mark, _) = Array.Find(Marks, mark => line.TrimEnd().EndsWith(mark.Mark, StringComparison.Ordinal));
        return mark is null ? line : line[..line.LastIndexOf(mark, StringComparison.Ordinal)].TrimEnd();
    }
}
