using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Comparing;

/// <summary>Says a comparison in words.</summary>
public static class ComparisonText
{
    /// <summary>The comparison in one sentence, regressions by name.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Write(RunComparison comparison)
    {
        var counts = string.Join(", ", comparison.Controls
            .GroupBy(control => control.Kind)
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Count()} {Write(group.Key)}"));
        // Each way to become worse is said once, with the controls that did.
        var regressions = string.Join("; ", comparison.Regressions
            .GroupBy(control => (Level: DescribeLevel(control), Change: ExplainChange(control)))
            .Select(group => $"{string.Join(", ", group.Select(control => control.Id))} ({group.Key.Level}) {group.Key.Change}"));
        var rest = counts.Length == 0 ? "no controls" : counts;
        return comparison.HasRegression ? $"Regression: {regressions}. In all: {rest}." : $"No regression: {rest}.";
    }

    /// <summary>A change in words, for example <c>newly inconclusive</c>.</summary>
    /// <param name="kind">The change.</param>
    public static string Write(ChangeKind kind) => kind switch
    {
        ChangeKind.NewlyInconclusive => "newly inconclusive",
        ChangeKind.NewlyTold => "newly determined",
        _ => kind.ToString().ToLowerInvariant(),
    };

    /// <summary>The same beside something that differs: that is not unchanged, only its outcome is.</summary>
    /// <param name="kind">The change.</param>
    public static string WriteShown(ChangeKind kind) => kind == ChangeKind.Unchanged ? "same outcome" : Write(kind);

    /// <summary>An outcome in words; for a control that did not run or was not planned too.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="planned">False when there was no such control.</param>
    public static string Write(Outcome? outcome, bool planned) => outcome?.ToString() ?? (planned ? "NotRun" : "");

    /// <summary>A level in words.</summary>
    /// <param name="change">The control.</param>
    public static string DescribeLevel(ControlChange change) => change.Level?.ToString().ToUpperInvariant() ?? "level unknown";

    private static string ExplainChange(ControlChange change) => change.Kind switch
    {
        ChangeKind.Unchanged when change.Now == Outcome.Failed => string.Join(" and ", ListFurther(change)),
        ChangeKind.Unchanged when change.Now == Outcome.Passed =>
            $"passes, but meets a recommendation less in {Join(change.Subjects.Where(subject => subject.FailsFurther))}",
        ChangeKind.Unchanged => $"cannot be determined in {DescribeSubjects(change, ChangeKind.NewlyInconclusive)} either",
        var kind => Write(kind),
    };

    private static IEnumerable<string> ListFurther(ControlChange change)
    {
        var further = change.Subjects.Where(subject => subject.FailsFurther).ToLookup(subject => subject.Kind == ChangeKind.Unchanged);
        if (further[false].Any())
        {
            yield return $"fails in {Join(further[false])} too";
        }

        if (further[true].Any())
        {
            yield return $"fails for further facts in {Join(further[true])}";
        }
    }

    private static string DescribeSubjects(ControlChange change, ChangeKind kind) =>
        Join(change.Subjects.Where(subject => subject.Kind == kind));

    private static string Join(IEnumerable<SubjectChange> subjects) => string.Join(", ", subjects.Select(subject => subject.Subject));
}
