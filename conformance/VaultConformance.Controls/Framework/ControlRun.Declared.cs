using VaultConformance.Judging;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Framework;

/// <content>A control of which only what is declared was judged.</content>
internal sealed partial class ControlRun
{
    private const string Nothing = "Nothing that is declared";
    private const string Admission = "what the API server makes of these objects, and what else changes them";

    private bool _isLeftToRun;

    /// <summary>Adds what is declared about a control beyond what it found in the objects; nothing in a run.</summary>
    /// <param name="id">The control.</param>
    public void AddDeclared(ControlId id)
    {
        if (session.Declared is not { } declared)
        {
            return;
        }

        // What cannot be told is for the run, and is said once for the whole control.
        foreach (var (subject, judgement) in declared.Judge(id, session.Profile.Parameters)
            .Where(item => item.Judgement.Outcome is Outcome.Passed or Outcome.Failed))
        {
            Add(new Finding(subject, judgement.Fact, judgement.Expected, judgement.Actual, judgement.Outcome), judgement);
        }
    }

    // Objects are no evidence of anything that runs, and the pods of a workload are one and the same.
    private bool TryPlace(ref Finding finding)
    {
        if (session.Declared is not { } declared)
        {
            finding = finding with { Evidence = Consulted.Parts };
            return true;
        }

        var placed = finding with { Subject = declared.NameSubject(finding.Subject) };
        finding = placed;
        return !_findings.Exists(item => item.Finding == placed);
    }

    private ControlResult ConcludeDeclared(
        IReadOnlyList<ExplainedFinding> required, IReadOnlyList<ExplainedFinding> recommended, TimeSpan duration)
    {
        var decided = OutcomeRules.DecideDeclared(ListOutcomes(required), ListOutcomes(recommended), _isLeftToRun);
        var deciding = decided.IsRecommendation ? recommended : required;
        if (decided is { IsRecommendation: true, Outcome: Outcome.Failed })
        {
            LowerLevel(Requirement.Should, ExplainOutcome([.. deciding], decided.Outcome));
        }

        var left = $"Only a run shows: {(_isLeftToRun ? control.Guide?.Observed ?? Admission : Admission)}.";
        var result = CreateResult(decided.Outcome, DescribeDeclared(decided.Outcome, deciding, left), duration) with
        {
            LeftToRun = decided.Outcome == Outcome.NotApplicable ? null : session.MaskShapes(left),
        };
        return decided.Outcome != Outcome.Failed ? result : result with
        {
            Summary = session.MaskShapes(FailureSummary.Write(deciding)),
            Cause = FailureSummary.FindCause(deciding),
            Places = [.. required.Concat(recommended).SelectMany(item => item.Places).Select(Mask)],
        };
    }

    private static string DescribeDeclared(Outcome outcome, IReadOnlyList<ExplainedFinding> deciding, string left) => outcome switch
    {
        Outcome.Declared => $"{Nothing} speaks against it. {left}",
        Outcome.RunOnly => $"{Nothing} decides it. {left}",
        _ => OutcomeReasons.Describe([.. deciding.Select(item => item.Finding)], null, outcome),
    };
}
