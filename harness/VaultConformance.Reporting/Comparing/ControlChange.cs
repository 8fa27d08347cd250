using System.Globalization;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Comparing;

/// <summary>What became of one control.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">The requirement.</param>
/// <param name="Level">The more binding of both levels; null when it ran in neither run.</param>
/// <param name="Kind">What became of it.</param>
/// <param name="Was">Outcome before; null when it did not run.</param>
/// <param name="Now">Outcome now; null when it did not run.</param>
/// <param name="Reason">Why it is so now; why it was so when it is not planned any more.</param>
/// <param name="Details">Level and revision where they differ.</param>
/// <param name="Subjects">Pods and other things of which something differs.</param>
public sealed record ControlChange(
    ControlId Id,
    string Title,
    Requirement? Level,
    ChangeKind Kind,
    Outcome? Was,
    Outcome? Now,
    string Reason,
    IReadOnlyList<FactChange> Details,
    IReadOnlyList<SubjectChange> Subjects)
{
    /// <summary>
    /// True when it must not go unnoticed: it fails now, it fails in a further pod or for a further fact, it passes with a recommendation
    /// that is not met any more, it is not judged any more, or, where it is required, it cannot be determined any more.
    /// </summary>
    public bool IsRegression =>
        Kind is ChangeKind.Regressed or ChangeKind.Removed
        || (Kind == ChangeKind.NewlyInconclusive && Required)
        || (Now is Outcome.Failed or Outcome.Passed && Kind == ChangeKind.Unchanged && Subjects.Any(subject => subject.FailsFurther))
        || (Now == Outcome.Inconclusive && Kind == ChangeKind.Unchanged && Required && HasFurther(ChangeKind.NewlyInconclusive));

    /// <summary>True when anything differs, be it only a value that was seen.</summary>
    public bool Differs => Kind != ChangeKind.Unchanged || Details.Count > 0 || Subjects.Count > 0;

    /// <summary>
    /// What of <see cref="Subjects"/> a person wants to see: where the control did not change, pods of only one run say nothing new.
    /// </summary>
    public IReadOnlyList<SubjectChange> Telling => Kind != ChangeKind.Unchanged || IsRegression
        ? Subjects
        : [.. Subjects.Where(subject => subject.Kind is not (ChangeKind.Added or ChangeKind.Removed))];

    // What did not run has no level; it counts as required.
    private bool Required => Level is null or Requirement.Must;

    private bool HasFurther(ChangeKind kind) => Subjects.Any(subject => subject.Kind == kind);

    /// <summary>The change of a control that both runs planned.</summary>
    internal static ControlChange Compare(ComparedControl was, ComparedControl now, ComparisonNoises noise) => new(
        now.Id,
        now.Title.Length > 0 ? now.Title : was.Title,
        ChooseHigher(was.Level, now.Level),
        ChangeKinds.Classify(was.Outcome, now.Outcome),
        was.Outcome,
        now.Outcome,
        now.Reason,
        was.Outcome is null || now.Outcome is null ? [] : FactChange.ListBetween(ListDetails(was), ListDetails(now)),
        SubjectChange.ListBetween(was.Findings, now.Findings, noise));

    /// <summary>The change of a control that only one run planned.</summary>
    internal static ControlChange FromOne(ComparedControl control, ChangeKind kind) => new(
        control.Id,
        control.Title,
        control.Level,
        kind,
        kind == ChangeKind.Removed ? control.Outcome : null,
        kind == ChangeKind.Removed ? null : control.Outcome,
        control.Reason,
        [],
        []);

    private static Requirement? ChooseHigher(Requirement? one, Requirement? other) => one is null || other > one ? other : one;

    private static List<(string Name, string Value)> ListDetails(ComparedControl control) =>
        [
            ("Level", control.Level?.ToString().ToUpperInvariant() ?? ""),
            ("Revision", control.Revision.ToString(CultureInfo.InvariantCulture))
        ];
}
