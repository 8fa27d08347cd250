namespace VaultConformance.Reporting.Values;

/// <summary>What is known about the values that a chart takes.</summary>
/// <param name="Title">The chart in words, for example <c>chart 'vault' 0.34.1</c>.</param>
/// <param name="TopLevel">Keys of the top level; empty when nothing is known.</param>
/// <param name="Mentioned">Further keys of the second level, for example <c>server.ha</c>.</param>
/// <param name="Defaults">Its values file; null when it has none.</param>
internal sealed record ChartShape(
    string Title, IReadOnlyList<string> TopLevel, IReadOnlySet<string> Mentioned, ValuesFile? Defaults)
{
    /// <summary>Sections whose own keys are known; other mappings may be free-form.</summary>
    private static readonly string[] Sections = ["global", "server", "injector", "csi", "ui"];

    /// <summary>Nothing is known.</summary>
    public static ChartShape Unknown { get; } = new(string.Empty, [], new HashSet<string>(), null);

    /// <summary>True when something can be said.</summary>
    public bool IsKnown => TopLevel.Count > 0;

    /// <summary>
    /// The keys that a section of the top level may have; empty when any key is possible, also where the chart shows only its switch.
    /// </summary>
    /// <param name="section">The key of the section.</param>
    public IReadOnlyList<string> ListBelow(string section) =>
        Sections.Contains(section) && Defaults?.Root?.Find(section)?.Value is ValuesMap { Entries.Count: > 0 } map
            && (map.Entries.Count > 1 || Mentioned.Count(key => key.StartsWith(section + ".", StringComparison.Ordinal)) > 1)
            ? [.. map.Entries.Keys.Concat(Mentioned
                .Where(key => key.StartsWith(section + ".", StringComparison.Ordinal))
                .Select(key => key[(section.Length + 1)..])).Distinct()]
            : [];
}
