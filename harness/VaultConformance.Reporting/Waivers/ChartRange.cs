using Semver;

namespace VaultConformance.Reporting.Waivers;

/// <summary>A range of chart versions: comparisons with <c>&gt;= &gt; &lt; &lt;= =</c>, a space for "and", <c>||</c> for "or".</summary>
/// <remarks>
/// Pre-release and build parts of a version do not count: a chart 0.36.0-rc.1 is judged as 0.36.0, so that <c>&lt;0.36.0</c> ends before
/// it.
/// </remarks>
internal sealed class ChartRange
{
    private readonly SemVersionRange _range;

    private ChartRange(SemVersionRange range)
    {
        _range = range;
    }

    /// <summary>True when there is a version after which it holds no more.</summary>
    public bool IsBounded => _range.All(part => part.End is not null);

    /// <summary>Reads a range.</summary>
    /// <param name="text">For example <c>&gt;=0.30.0 &lt;0.36.0</c>.</param>
    /// <returns>The range; null when the text is none, names a pre-release, or holds no version at all.</returns>
    public static ChartRange? TryParse(string? text) =>
        text is not null
        && !text.Contains('-', StringComparison.Ordinal)
        && SemVersionRange.TryParse(text, SemVersionRangeOptions.Strict, out var range)
        && range.Count > 0
            ? new ChartRange(range)
            : null;

    /// <summary>Whether a version is in the range; false for a version that is none.</summary>
    /// <param name="version">For example <c>0.34.1</c>.</param>
    public bool Contains(string? version) =>
        SemVersion.TryParse(version, SemVersionStyles.AllowLowerV, out var parsed) && _range.Contains(parsed.WithoutPrereleaseOrMetadata());
}
