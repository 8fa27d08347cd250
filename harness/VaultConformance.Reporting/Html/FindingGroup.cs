using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Html;

/// <summary>Findings that say the same about several pods or other things, as one row.</summary>
/// <param name="Subjects">Where it was seen, in natural order.</param>
/// <param name="Fact">What was compared.</param>
/// <param name="Expected">What was expected.</param>
/// <param name="Actual">What was seen.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Evidence">Parts of the evidence that the findings rest on.</param>
internal sealed record FindingGroup(
    IReadOnlyList<string> Subjects, string Fact, string Expected, string Actual, Outcome Outcome, IReadOnlyList<string> Evidence)
{
    /// <summary>
    /// The rows for some findings: what failed first, then what could not be told; otherwise in the order in which it was checked.
    /// </summary>
    /// <param name="findings">The findings.</param>
    public static IReadOnlyList<FindingGroup> ListFrom(IEnumerable<Finding> findings) =>
    [
        .. findings
            .GroupBy(finding => (finding.Fact, finding.Expected, finding.Actual, finding.Outcome))
            .Select(group => new FindingGroup(
                [.. group.Select(finding => finding.Subject).Distinct(StringComparer.Ordinal).Order(SubjectComparer.Natural)],
                group.Key.Fact,
                group.Key.Expected,
                group.Key.Actual,
                group.Key.Outcome,
                [.. group.SelectMany(finding => finding.Evidence).Distinct().Order(StringComparer.Ordinal)]))
            .OrderBy(group => Weigh(group.Outcome)),
    ];

    /// <summary>How much an outcome matters to a reader; the smallest matters most.</summary>
    /// <param name="outcome">The outcome.</param>
    public static int Weigh(Outcome outcome) => outcome switch
    {
        Outcome.Failed => 0,
        Outcome.Inconclusive => 1,
        Outcome.Waived => 2,
        Outcome.Passed or Outcome.Declared => 3,
        _ => 4,
    };
}
