namespace VaultConformance.Reporting.Model;

/// <summary>Where the values decide a control, or that they do not.</summary>
internal static class DeclaredPlace
{
    private const int KeysShown = 3;

    /// <summary>The key that decides it: as declared, else the first that could; null where no values decide.</summary>
    /// <param name="result">The result.</param>
    public static string? FindKey(ControlResult result) =>
        result.Declared is [var value, ..] ? value.Key : ListKeys(result).FirstOrDefault();

    /// <summary>That the values set none of the keys that decide it; null where they do, and where they are not known.</summary>
    /// <param name="report">The run.</param>
    /// <param name="result">The result.</param>
    public static IReadOnlyList<string> ListUnset(ConformanceReport report, ControlResult result) =>
        result.Declared.Count > 0 || !KnowsValues(report) ? [] : [.. ListKeys(result).Take(KeysShown)];

    // A run without values files has an empty list of them; evidence of older versions says nothing at all.
    private static bool KnowsValues(ConformanceReport report) =>
        report.ValuesFiles.Count > 0 || report.Subject.Any(fact => fact is { Name: "Values", Value: "" });

    private static IEnumerable<string> ListKeys(ControlResult result) =>
        result.Control.ValueKeys.Select(key => key.Split('#')[0]).Distinct(StringComparer.Ordinal);
}
