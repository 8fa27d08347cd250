using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging;

/// <summary>How a control's outcome and level follow from its facts. Absence of evidence is never a pass.</summary>
internal static class OutcomeRules
{
    /// <summary>The outcome.</summary>
    /// <param name="required">Outcomes of the facts that the control requires.</param>
    /// <param name="recommended">Outcomes of the facts that it only recommends.</param>
    /// <param name="broken">True when something went wrong in the control itself, so that facts may be missing.</param>
    /// <remarks>
    /// Required facts come first: one that failed, else one that could not be told. Only where none of them is open can a recommended fact
    /// decide, and what it decides is a recommendation.
    /// </remarks>
    public static ControlOutcome Decide(IReadOnlyCollection<Outcome> required, IReadOnlyCollection<Outcome> recommended, bool broken)
    {
        if (required.Contains(Outcome.Failed))
        {
            return new ControlOutcome(Outcome.Failed, IsRecommendation: false);
        }

        if (broken || required.Contains(Outcome.Inconclusive) || required.Count + recommended.Count == 0)
        {
            return new ControlOutcome(Outcome.Inconclusive, IsRecommendation: false);
        }

        Outcome[] open = [Outcome.Failed, Outcome.Inconclusive];
        foreach (var outcome in open.Where(recommended.Contains))
        {
            return new ControlOutcome(outcome, IsRecommendation: true);
        }

        return Settle(required, recommended);
    }

    /// <summary>
    /// The outcome where only what is declared was judged: what fails is in effect in any release, and what does not fail is not proved.
    /// </summary>
    /// <param name="required">Outcomes of the facts that the control requires.</param>
    /// <param name="recommended">Outcomes of the facts that it only recommends.</param>
    /// <param name="isLeftToRun">True when there are facts that only a run can observe.</param>
    public static ControlOutcome DecideDeclared(
        IReadOnlyCollection<Outcome> required, IReadOnlyCollection<Outcome> recommended, bool isLeftToRun)
    {
        if (required.Contains(Outcome.Failed) || recommended.Contains(Outcome.Failed))
        {
            return new ControlOutcome(Outcome.Failed, IsRecommendation: !required.Contains(Outcome.Failed));
        }

        var all = required.Concat(recommended).ToList();
        var outcome = all.Contains(Outcome.Passed) ? Outcome.Declared
            : all.Count > 0 && !isLeftToRun && all.TrueForAll(one => one == Outcome.NotApplicable) ? Outcome.NotApplicable
            : Outcome.RunOnly;
        return new ControlOutcome(outcome, IsRecommendation: false);
    }

    // Nothing is open: what passed, or that nothing applies.
    private static ControlOutcome Settle(IReadOnlyCollection<Outcome> required, IReadOnlyCollection<Outcome> recommended)
    {
        if (required.Contains(Outcome.Passed))
        {
            return new ControlOutcome(Outcome.Passed, IsRecommendation: false);
        }

        return recommended.Contains(Outcome.Passed)
            ? new ControlOutcome(Outcome.Passed, IsRecommendation: true)
            : new ControlOutcome(Outcome.NotApplicable, IsRecommendation: false);
    }
}

/// <summary>What follows from the facts of a control.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="IsRecommendation">True when only recommended facts decided it, so that the level is at most SHOULD.</param>
internal sealed record ControlOutcome(Outcome Outcome, bool IsRecommendation);
