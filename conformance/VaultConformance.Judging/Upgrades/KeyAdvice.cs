using System.Text.RegularExpressions;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Judging.Upgrades;

/// <summary>Names the key that was probably meant by one that a chart does not know.</summary>
internal static partial class KeyAdvice
{
    private const int Shown = 3;

    /// <summary>The nearest keys, to append to a sentence; empty when none is near.</summary>
    /// <param name="value">A value whose key the chart does not know.</param>
    public static string Write(ValueFacts value)
    {
        var key = Split(value.Key);
        var candidates = (value.Candidates ?? []).Select(candidate => (Text: candidate, Path: Split(candidate))).ToList();
        return FindSlip(key, candidates) is { } near
            ? $"; the nearest key is {near}"
            : candidates.Where(candidate => candidate.Path[^1] == key[^1]).Select(candidate => candidate.Text).ToList() switch
            {
                [] => string.Empty,
                [var one] => $"; the chart has {one}",
                { Count: <= Shown } some => $"; the chart has {string.Join(" and ", some)}",
                _ => string.Empty,
            };
    }

    // A slip in one of the keys: the rest goes on below the one that was meant.
    private static string? FindSlip(string[] key, List<(string Text, string[] Path)> candidates)
    {
        var beside = candidates.Where(candidate => candidate.Path.Length <= key.Length
            && candidate.Path.SkipLast(1).SequenceEqual(key.Take(candidate.Path.Length - 1), StringComparer.Ordinal)).ToList();
        return beside.Count > 0
            && Nearest.Find(key[beside[0].Path.Length - 1], beside.Select(candidate => candidate.Path[^1])) is { } name
                ? string.Join('.', [.. key.Take(beside[0].Path.Length - 1), name, .. key.Skip(beside[0].Path.Length)])
                : null;
    }

    // A dot within a key is escaped.
    private static string[] Split(string key) => Dot.Split(key);

    [GeneratedRegex(@"(?<!\\)\.", RegexOptions.CultureInvariant)]
    private static partial Regex Dot { get; }
}
