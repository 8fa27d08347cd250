using System.Globalization;

namespace VaultConformance.Reporting.Model;

/// <summary>Where the values decide a control, or that they do not.</summary>
internal static class DeclaredPlace
{
    private const int KeysShown = 3;
    private const int PlacesShown = 3;

    /// <summary>The key that decides it: as declared, else the first that could; null where no values decide.</summary>
    /// <param name="result">The result.</param>
    public static string? FindKey(ControlResult result) =>
        result.Declared is [var value, ..] ? value.Key : ListKeys(result).FirstOrDefault();

    /// <summary>That the values set none of the keys that decide it; null where they do, and where they are not known.</summary>
    /// <param name="report">The run.</param>
    /// <param name="result">The result.</param>
    public static IReadOnlyList<string> ListUnset(ConformanceReport report, ControlResult result) =>
        result.Declared.Count > 0 || !KnowsValues(report) ? [] : [.. ListKeys(result).Take(KeysShown)];

    /// <summary>What to do when it failed: at the places that its findings name, else what the control says in general.</summary>
    /// <param name="result">The result.</param>
    public static string DescribeFix(ControlResult result) =>
        result.Places.Count == 0 ? result.Control.Remediation : $"{DescribePlaces(result.Places)}.";

    /// <summary>Places with what is to be said about each, without a full stop.</summary>
    /// <param name="places">The places.</param>
    public static string DescribePlaces(IReadOnlyList<ValuePlace> places)
    {
        var shown = string.Join("; ", places.Take(PlacesShown).Select(place =>
            string.Create(CultureInfo.InvariantCulture, $"{place.File}:{place.Line} {place.Key}: {place.Text}")));
        return places.Count > PlacesShown
            ? string.Create(CultureInfo.InvariantCulture, $"{shown}; and {places.Count - PlacesShown} more")
            : shown;
    }

    // A run without values files has an empty list of them; evidence of older versions says nothing at all.
    private static bool KnowsValues(ConformanceReport report) =>
        report.ValuesFiles.Count > 0 || report.Subject.Any(fact => fact is { Name: "Values", Value: "" });

    private static IEnumerable<string> ListKeys(ControlResult result) =>
        result.Control.ValueKeys.Select(key => key.Split('#')[0]).Distinct(StringComparer.Ordinal);
}
