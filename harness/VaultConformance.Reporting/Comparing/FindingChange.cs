using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Comparing;

/// <summary>One fact of which something else was seen.</summary>
/// <param name="Fact">What was compared, in words.</param>
/// <param name="Was">What was seen before; null when it was not checked.</param>
/// <param name="Now">What was seen now; null when it was not checked.</param>
/// <param name="Expected">What is expected now; what was expected when it was not checked now.</param>
/// <param name="WasOutcome">Outcome before.</param>
/// <param name="NowOutcome">Outcome now.</param>
public sealed record FindingChange(string Fact, string? Was, string? Now, string Expected, Outcome? WasOutcome, Outcome? NowOutcome)
{
    /// <summary>
    /// The findings of one subject that differ. A fact may have been checked more than once; then the first is compared with the first.
    /// </summary>
    internal static IReadOnlyList<FindingChange> ListBetween(IReadOnlyList<Finding> was, IReadOnlyList<Finding> now)
    {
        var before = IndexByFact(was);
        var after = IndexByFact(now);
        return
        [
            .. before.Keys.Concat(after.Keys).Distinct()
                .Select(key => FindBetween(before.GetValueOrDefault(key), after.GetValueOrDefault(key)))
                .OfType<FindingChange>(),
        ];
    }

    private static Dictionary<(string Fact, int Number), Finding> IndexByFact(IEnumerable<Finding> findings) => findings
        .GroupBy(finding => finding.Fact, StringComparer.Ordinal)
        .SelectMany(group => group.Select((finding, number) => (Key: (group.Key, number), finding)))
        .ToDictionary(pair => pair.Key, pair => pair.finding);

    private static FindingChange? FindBetween(Finding? was, Finding? now) => was == now
        ? null
        : new FindingChange((now ?? was)!.Fact, was?.Actual, now?.Actual, (now ?? was)!.Expected, was?.Outcome, now?.Outcome);
}
