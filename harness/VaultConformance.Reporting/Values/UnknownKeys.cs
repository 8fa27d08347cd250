using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Values;

/// <summary>
/// Keys of values files that the chart takes no notice of: Helm ignores them in silence, and the chart's defaults are tested.
/// </summary>
internal static class UnknownKeys
{
    /// <summary>Names them, one sentence each: those of the top level, and those right below the chart's own sections.</summary>
    /// <param name="files">The values files.</param>
    /// <param name="chart">What the chart knows.</param>
    public static IReadOnlyList<string> Describe(IReadOnlyList<ValuesFile> files, ChartShape chart)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(chart);
        return chart.IsKnown ? [.. files.SelectMany(file => Describe(file, chart))] : [];
    }

    private static IEnumerable<string> Describe(ValuesFile file, ChartShape chart)
    {
        foreach (var (key, entry) in ListEntries(file.Root))
        {
            if (!chart.TopLevel.Contains(key))
            {
                // YAML anchors are often kept under keys of this form.
                if (!key.StartsWith("x-", StringComparison.Ordinal))
                {
                    yield return Write(key, entry, chart, WriteHint(key, entry, chart.TopLevel));
                }

                continue;
            }

            var known = chart.ListBelow(key);
            foreach (var (below, inner) in ListEntries(known.Count > 0 ? entry.Value as ValuesMap : null)
                .Where(pair => !known.Contains(pair.Key)))
            {
                yield return Write($"{key}.{below}", inner, chart, WriteHintBelow(key, below, known));
            }
        }
    }

    private static string Write(string key, ValuesEntry entry, ChartShape chart, string hint) =>
        $"'{key}' ({entry.File.Name} line {entry.Line}) is not a key of {chart.Title}{hint}; the chart ignores it.";

    private static IEnumerable<KeyValuePair<string, ValuesEntry>> ListEntries(ValuesMap? map) =>
        (map?.Entries ?? new Dictionary<string, ValuesEntry>()).OrderBy(entry => entry.Value.Line);

    private static string WriteHintBelow(string section, string key, IReadOnlyList<string> known) =>
        Nearest.Find(key, known) is { } near ? $" (did you mean '{section}.{near}'?)" : string.Empty;

    private static string WriteHint(string key, ValuesEntry entry, IReadOnlyList<string> known)
    {
        if (key.Split('.') is [var section, _, ..] && known.Contains(section))
        {
            return " (dots are for Helm's --set; in a values file write the keys one below the other)";
        }

        var keys = (entry.Value as ValuesMap)?.Entries.Keys ?? [];
        List<string> below = [.. keys.Where(known.Contains).Order(StringComparer.Ordinal)];
        return below.Count > 0
            ? $" (these values seem to be for a chart that contains this one; move {string.Join(", ", below.Select(name => $"'{name}'"))} "
                + "to the top level)"
            : Nearest.WriteHint(key, known);
    }
}
