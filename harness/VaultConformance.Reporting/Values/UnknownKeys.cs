using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Values;

/// <summary>
/// Top-level keys of values files that the chart takes no notice of: Helm ignores them in silence, and the chart's defaults are tested.
/// </summary>
internal static class UnknownKeys
{
    /// <summary>Names them, one sentence each.</summary>
    /// <param name="files">The values files.</param>
    /// <param name="known">Keys that the chart knows; empty when nothing can be said.</param>
    /// <param name="chart">The chart in words, for example <c>chart vault 0.34.1</c>.</param>
    public static IReadOnlyList<string> Describe(IReadOnlyList<ValuesFile> files, IReadOnlyList<string> known, string chart)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(known);
        return known.Count == 0
            ? []
            : [.. from file in files
                  from entry in (file.Root?.Entries ?? new Dictionary<string, ValuesEntry>()).OrderBy(entry => entry.Value.Line)
                  // YAML anchors are often kept under keys of this form.
                  where !known.Contains(entry.Key) && !entry.Key.StartsWith("x-", StringComparison.Ordinal)
                  select $"'{entry.Key}' ({file.Name} line {entry.Value.Line}) is not a key of {chart}, which ignores "
                      + $"it{WriteHint(entry.Key, entry.Value, known)}."
                  ];
    }

    private static string WriteHint(string key, ValuesEntry entry, IReadOnlyList<string> known)
    {
        var keys = (entry.Value as ValuesMap)?.Entries.Keys ?? [];
        List<string> below = [.. keys.Where(known.Contains).Order(StringComparer.Ordinal)];
        return below.Count > 0
            ? $": these values seem to be for a chart that contains this one; move {string.Join(", ", below.Select(name => $"'{name}'"))} "
                + "to the top level"
            : Nearest.WriteHint(key, known);
    }
}
