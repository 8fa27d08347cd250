namespace VaultConformance.Reporting.Comparing;

/// <summary>What differs in the same way in several pods, as one row.</summary>
/// <param name="Subjects">Pods or other things, in the order in which they were checked.</param>
/// <param name="Kind">What became of them.</param>
/// <param name="Finding">What differs.</param>
internal sealed record ChangedRow(IReadOnlyList<string> Subjects, ChangeKind Kind, FindingChange Finding)
{
    /// <summary>The subjects in words.</summary>
    public string Where => string.Join(", ", Subjects);

    /// <summary>The rows that a person wants to see of a control.</summary>
    /// <param name="change">The control.</param>
    public static IReadOnlyList<ChangedRow> ListFrom(ControlChange change) =>
    [
        .. change.Telling.SelectMany(subject => subject.Findings.Select(finding => (subject, finding)))
            .GroupBy(pair => (pair.subject.Kind, pair.finding))
            .Select(group => new ChangedRow(
                [.. group.Select(pair => pair.subject.Subject).Distinct(StringComparer.Ordinal)], group.Key.Kind, group.Key.finding)),
    ];
}
