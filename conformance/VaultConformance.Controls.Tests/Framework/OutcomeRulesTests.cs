using VaultConformance.Judging;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Framework;

/// <summary>The whole table from facts to outcome: every set of outcomes of required facts, with every set of recommended ones, with and without a defect.</summary>
public sealed class OutcomeRulesTests
{
    private static readonly Outcome[] OfFacts = [Outcome.Passed, Outcome.Failed, Outcome.NotApplicable, Outcome.Inconclusive];

    private static IEnumerable<TestCaseData> Everything =>
        from required in Subsets()
        from recommended in Subsets()
        from broken in new[] { false, true }
        select new TestCaseData(required, recommended, broken).SetArgDisplayNames(Name(required), Name(recommended), broken ? "broken" : "whole");

    [TestCaseSource(nameof(Everything))]
    public void A_required_fact_that_failed_fails_whatever_else_there_is(Outcome[] required, Outcome[] recommended, bool broken) => Assert.That(
        OutcomeRules.Decide(required, recommended, broken) == new ControlOutcome(Outcome.Failed, IsRecommendation: false), Is.EqualTo(required.Contains(Outcome.Failed)));

    [TestCaseSource(nameof(Everything))]
    public void An_unknown_required_fact_is_hidden_by_nothing_but_a_failed_one(Outcome[] required, Outcome[] recommended, bool broken)
    {
        var open = broken || required.Contains(Outcome.Inconclusive) || required.Length + recommended.Length == 0;

        var outcome = OutcomeRules.Decide(required, recommended, broken);

        Assert.That(outcome == new ControlOutcome(Outcome.Inconclusive, IsRecommendation: false), Is.EqualTo(open && !required.Contains(Outcome.Failed)));
    }

    [TestCaseSource(nameof(Everything))]
    public void Recommended_facts_decide_only_where_no_required_one_is_open(Outcome[] required, Outcome[] recommended, bool broken)
    {
        var outcome = OutcomeRules.Decide(required, recommended, broken);

        Assert.That(
            !outcome.IsRecommendation || (!broken && !required.Contains(Outcome.Failed) && !required.Contains(Outcome.Inconclusive) && recommended.Contains(outcome.Outcome)),
            Is.True);
    }

    [TestCaseSource(nameof(Everything))]
    public void A_pass_needs_a_fact_that_passed_and_none_that_is_open(Outcome[] required, Outcome[] recommended, bool broken)
    {
        var all = required.Concat(recommended).ToList();
        var clean = !broken && !all.Contains(Outcome.Failed) && !all.Contains(Outcome.Inconclusive) && all.Contains(Outcome.Passed);

        Assert.That(OutcomeRules.Decide(required, recommended, broken).Outcome == Outcome.Passed, Is.EqualTo(clean));
    }

    [TestCaseSource(nameof(Everything))]
    public void Nothing_applies_only_where_every_fact_says_so(Outcome[] required, Outcome[] recommended, bool broken)
    {
        var all = required.Concat(recommended).ToList();

        Assert.That(
            OutcomeRules.Decide(required, recommended, broken).Outcome == Outcome.NotApplicable,
            Is.EqualTo(!broken && all.Count > 0 && all.TrueForAll(outcome => outcome == Outcome.NotApplicable)));
    }

    [TestCaseSource(nameof(Everything))]
    public void The_order_of_facts_and_their_number_change_nothing(Outcome[] required, Outcome[] recommended, bool broken) => Assert.That(
        OutcomeRules.Decide([.. required.Reverse(), .. required], [.. recommended.Reverse(), .. recommended], broken),
        Is.EqualTo(OutcomeRules.Decide(required, recommended, broken)));

    private static IEnumerable<Outcome[]> Subsets() =>
        Enumerable.Range(0, 1 << OfFacts.Length).Select(bits => OfFacts.Where((_, place) => (bits >> place & 1) == 1).ToArray());

    private static string Name(Outcome[] outcomes) => outcomes.Length == 0 ? "none" : string.Join('+', outcomes);
}
