using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Comparing;

/// <summary>What became of one pod, or other thing, in one control.</summary>
/// <param name="Subject">Pod or other thing.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Was">Its gravest outcome before; null when it was not checked.</param>
/// <param name="Now">Its gravest outcome now; null when it was not checked.</param>
/// <param name="Findings">What differs.</param>
public sealed record SubjectChange(string Subject, ChangeKind Kind, Outcome? Was, Outcome? Now, IReadOnlyList<FindingChange> Findings)
{
    /// <summary>
    /// True when more of it fails than before: it is new and fails, it fails and did not, or further facts of it fail although one failed
    /// already.
    /// </summary>
    internal bool FailsFurther => Now == Outcome.Failed && Kind switch
    {
        ChangeKind.Regressed or ChangeKind.Added => true,
        ChangeKind.Unchanged =>
            Findings.Any(finding => finding is { NowOutcome: Outcome.Failed, WasOutcome: Outcome.Passed or Outcome.NotApplicable })
                || Findings.Count(finding => finding is { NowOutcome: Outcome.Failed, WasOutcome: not Outcome.Failed })
                    > Findings.Count(finding => finding is { WasOutcome: Outcome.Failed, NowOutcome: not Outcome.Failed }),
        _ => false,
    };

    /// <summary>All subjects of a control of which something differs.</summary>
    internal static IReadOnlyList<SubjectChange> ListBetween(
        IReadOnlyList<Finding> was, IReadOnlyList<Finding> now, ComparisonNoises noise) =>
    [
        .. was.Concat(now).Select(finding => finding.Subject).Distinct(StringComparer.Ordinal)
            .Select(subject => Compare(
                subject,
                [.. was.Where(finding => finding.Subject == subject)],
                [.. now.Where(finding => finding.Subject == subject)],
                noise))
            .Where(change => change.Kind != ChangeKind.Unchanged || change.Findings.Count > 0),
    ];

    private static SubjectChange Compare(string subject, List<Finding> was, List<Finding> now, ComparisonNoises noise) => new(
        subject,
        was.Count == 0 ? ChangeKind.Added : now.Count == 0 ? ChangeKind.Removed : ChangeKinds.Classify(FindGravest(was), FindGravest(now)),
        FindGravest(was),
        FindGravest(now),
        FindingChange.ListBetween(was, now, noise));

    private static Outcome? FindGravest(List<Finding> findings) => findings.Count == 0
        ? null
        : findings.Select(finding => finding.Outcome).MinBy(outcome => outcome switch
        {
            Outcome.Failed => 0,
            Outcome.Inconclusive => 1,
            Outcome.Waived => 2,
            Outcome.Passed or Outcome.Declared => 3,
            _ => 4,
        });
}
