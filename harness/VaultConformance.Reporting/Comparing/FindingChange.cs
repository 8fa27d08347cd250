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
    internal static IReadOnlyList<FindingChange> ListBetween(
        IReadOnlyList<Finding> was, IReadOnlyList<Finding> now, ComparisonNoises noise)
    {
        var before = IndexByFact(was, noise.Was);
        var after = IndexByFact(now, noise.Now);
        return
        [
            .. before.Keys.Concat(after.Keys).Distinct()
                .Select(key => FindBetween(before.GetValueOrDefault(key), after.GetValueOrDefault(key), noise))
                .OfType<FindingChange>(),
        ];
    }

    private static Dictionary<(string Fact, int Number), Finding> IndexByFact(IEnumerable<Finding> findings, ComparisonNoise noise) =>
        findings
            .GroupBy(finding => noise.Remove(finding.Fact), StringComparer.Ordinal)
            .SelectMany(group => group.Select((finding, number) => (Key: (group.Key, number), finding)))
            .ToDictionary(pair => pair.Key, pair => pair.finding);

    private static FindingChange? FindBetween(Finding? was, Finding? now, ComparisonNoises noise) => AreSame(was, now, noise)
        ? null
        : new FindingChange((now ?? was)!.Fact, was?.Actual, now?.Actual, (now ?? was)!.Expected, was?.Outcome, now?.Outcome);

    // Where they lie in the evidence, and what differs between any two runs, is no change.
    private static bool AreSame(Finding? was, Finding? now, ComparisonNoises noise) =>
        was is not null
        && now is not null
        && was.Outcome == now.Outcome
        && noise.Was.Remove(was.Expected) == noise.Now.Remove(now.Expected)
        && noise.Was.RemoveSeen(was.Fact, was.Actual) == noise.Now.RemoveSeen(now.Fact, now.Actual);
}

/// <summary>What is noise in each of two runs.</summary>
/// <param name="Was">In the earlier.</param>
/// <param name="Now">In the later.</param>
internal sealed record ComparisonNoises(ComparisonNoise Was, ComparisonNoise Now)
{
    /// <summary>What is noise in two runs.</summary>
    /// <param name="was">The earlier.</param>
    /// <param name="now">The later.</param>
    public static ComparisonNoises From(ComparedRun was, ComparedRun now) => new(ComparisonNoise.From(was), ComparisonNoise.From(now));
}
