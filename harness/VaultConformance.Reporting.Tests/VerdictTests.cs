using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Tests;

public sealed class VerdictTests
{
    [TestCase(Outcome.Passed, Requirement.Must, Verdict.Conformant)]
    [TestCase(Outcome.Waived, Requirement.Must, Verdict.Conformant)]
    [TestCase(Outcome.NotApplicable, Requirement.Must, Verdict.Conformant)]
    [TestCase(Outcome.Failed, Requirement.Must, Verdict.NonConformant)]
    [TestCase(Outcome.Inconclusive, Requirement.Must, Verdict.Incomplete)]
    [TestCase(Outcome.Failed, Requirement.Should, Verdict.Conformant)]
    [TestCase(Outcome.Inconclusive, Requirement.May, Verdict.Conformant)]
    public void A_verdict_follows_from_outcome_and_level(Outcome outcome, Requirement level, Verdict verdict) =>
        Assert.That(SampleReports.Of(SampleReports.Result("CORE-1", outcome, level)).Verdict, Is.EqualTo(verdict));

    [Test]
    public void No_results_are_never_conformant() => Assert.That(SampleReports.Of().Verdict, Is.EqualTo(Verdict.Incomplete));

    [Test]
    public void A_planned_control_without_result_makes_the_verdict_incomplete() =>
        Assert.That(WithPlanned("CORE-1", "CORE-2").Verdict, Is.EqualTo(Verdict.Incomplete));

    [Test]
    public void A_run_that_did_not_finish_is_incomplete() =>
        Assert.That((WithPlanned("CORE-1") with { Problem = "interrupted" }).Verdict, Is.EqualTo(Verdict.Incomplete));

    [Test]
    public void A_run_in_which_the_release_did_not_come_up_is_incomplete_whatever_failed_by_declaration()
    {
        var report = SampleReports.Of(SampleReports.Result("MEM-2", Outcome.Failed)) with { Problem = "The image cannot be pulled." };

        Assert.That(report.Verdict, Is.EqualTo(Verdict.Incomplete));
        Assert.That(VerdictText.Write(report), Is.EqualTo("The run did not finish: The image cannot be pulled. Required controls that failed all the same: MEM-2."));
    }

    [Test]
    public void The_sentence_names_what_decided()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(VerdictText.Write(SampleReports.Mixed()), Is.EqualTo("Required controls failed: CORE-1."));
            Assert.That(VerdictText.Write(WithPlanned("CORE-1", "CORE-2")), Is.EqualTo("Controls did not run: CORE-2."));
            Assert.That(VerdictText.Write(SampleReports.Of() with { Problem = "No cluster." }), Is.EqualTo("The run did not finish: No cluster. There are no results."));
            Assert.That(
                VerdictText.Write(SampleReports.Of(SampleReports.Result("FS-3", Outcome.Failed, Requirement.Should))),
                Is.EqualTo("All required controls pass. Recommendations not met: FS-3."));
        }
    }

    [Test]
    public void The_totals_name_only_what_is_there()
    {
        Assert.That(
            ReportTotals.From(SampleReports.Mixed()).ToString(),
            Is.EqualTo("7 controls: 1 passed, 1 failed, 1 recommendation not met, 1 waived, 1 not applicable, 1 inconclusive, 1 not run"));
        Assert.That(ReportTotals.From(SampleReports.Of()).ToString(), Is.EqualTo("0 controls: no results"));
    }

    private static ConformanceReport WithPlanned(params string[] ids) =>
        SampleReports.Of(SampleReports.Result("CORE-1", Outcome.Passed)) with { Planned = [.. ids.Select(ControlId.Parse)] };
}
