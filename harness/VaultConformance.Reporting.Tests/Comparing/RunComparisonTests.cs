using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Model;
using Outcome = VaultConformance.Reporting.Model.Outcome;
using static VaultConformance.Reporting.Tests.Comparing.SampleRuns;
using static VaultConformance.Reporting.Tests.SampleReports;

namespace VaultConformance.Reporting.Tests.Comparing;

public sealed class RunComparisonTests
{
    [TestCase(Outcome.Passed, Outcome.Failed, ChangeKind.Regressed, true)]
    [TestCase(Outcome.NotApplicable, Outcome.Failed, ChangeKind.Regressed, true)]
    [TestCase(Outcome.Waived, Outcome.Failed, ChangeKind.Regressed, true)]
    [TestCase(Outcome.Failed, Outcome.Passed, ChangeKind.Improved, false)]
    [TestCase(Outcome.Failed, Outcome.NotApplicable, ChangeKind.Improved, false)]
    [TestCase(Outcome.Waived, Outcome.Passed, ChangeKind.Improved, false)]
    [TestCase(Outcome.Passed, Outcome.Inconclusive, ChangeKind.NewlyInconclusive, true)]
    [TestCase(Outcome.Failed, Outcome.Inconclusive, ChangeKind.NewlyInconclusive, true)]
    [TestCase(Outcome.Inconclusive, Outcome.Passed, ChangeKind.NewlyTold, false)]
    [TestCase(Outcome.Inconclusive, Outcome.Failed, ChangeKind.NewlyTold, false)]
    [TestCase(Outcome.Failed, Outcome.Waived, ChangeKind.Changed, false)]
    [TestCase(Outcome.Passed, Outcome.Waived, ChangeKind.Changed, false)]
    [TestCase(Outcome.Passed, Outcome.NotApplicable, ChangeKind.Changed, false)]
    [TestCase(Outcome.Failed, Outcome.Failed, ChangeKind.Unchanged, false)]
    public void A_required_control_changes_with_its_outcome(Outcome was, Outcome now, ChangeKind kind, bool regression)
    {
        var comparison = Compare(Result("CORE-1", was), Result("CORE-1", now));

        Assert.That((comparison.Controls.Single().Kind, comparison.HasRegression), Is.EqualTo((kind, regression)));
    }

    [TestCase(Requirement.Must, Requirement.Must, true)]
    [TestCase(Requirement.Must, Requirement.Should, true)]
    [TestCase(Requirement.Should, Requirement.Must, true)]
    [TestCase(Requirement.Should, Requirement.Should, false)]
    [TestCase(Requirement.May, Requirement.May, false)]
    public void What_cannot_be_told_any_more_counts_where_it_is_or_was_required(Requirement was, Requirement now, bool regression) =>
        Assert.That(Compare(Result("CORE-1", Outcome.Passed, was), Result("CORE-1", Outcome.Inconclusive, now)).HasRegression, Is.EqualTo(regression));

    [TestCase(Requirement.Should)]
    [TestCase(Requirement.May)]
    public void What_fails_now_counts_at_any_level(Requirement level) =>
        Assert.That(Compare(Result("CORE-1", Outcome.Passed, level), Result("CORE-1", Outcome.Failed, level)).HasRegression, Is.True);

    [Test]
    public void A_control_that_is_not_judged_any_more_is_a_regression_and_a_new_one_is_not()
    {
        var comparison = RunComparison.Compare(SampleRuns.Of(Result("CORE-1", Outcome.Passed)), SampleRuns.Of(Result("CORE-2", Outcome.Failed)));

        Assert.That(comparison.Controls.Select(control => (control.Id.ToString(), control.Kind, control.IsRegression)), Is.EqualTo(new[]
        {
            ("CORE-1", ChangeKind.Removed, true), ("CORE-2", ChangeKind.Added, false),
        }));
    }

    [Test]
    public void A_planned_control_that_did_not_run_cannot_be_told()
    {
        var now = Of() with { Planned = [ControlId.Parse("CORE-1")] };
        var comparison = RunComparison.Compare(SampleRuns.Of(Result("CORE-1", Outcome.Passed, Requirement.Must)), ComparedRun.From(now));

        Assert.That((comparison.Controls.Single().Kind, comparison.HasRegression), Is.EqualTo((ChangeKind.NewlyInconclusive, true)));

        static ConformanceReport Of() => SampleReports.Of();
    }

    [Test]
    public void A_further_pod_that_fails_is_a_regression_although_the_control_failed_already()
    {
        var was = Result("CORE-1", Outcome.Failed, Requirement.Must, Finding("vault-0", Outcome.Failed), Finding("vault-1", Outcome.Passed, "0"));
        var now = Result("CORE-1", Outcome.Failed, Requirement.Must, Finding("vault-0", Outcome.Failed), Finding("vault-1", Outcome.Failed, "unlimited"));

        var comparison = Compare(was, now);
        var change = comparison.Controls.Single();

        Assert.That((change.Kind, comparison.HasRegression), Is.EqualTo((ChangeKind.Unchanged, true)));
        Assert.That(change.Subjects.Select(subject => (subject.Subject, subject.Kind)), Is.EqualTo(new[] { ("vault-1", ChangeKind.Regressed) }));
        Assert.That(change.Subjects[0].Findings, Is.EqualTo(new[] { new FindingChange("fact", "0", "unlimited", "wanted", Outcome.Passed, Outcome.Failed) }));
        Assert.That(ComparisonText.Write(comparison), Is.EqualTo("Regression: CORE-1 (MUST) fails in vault-1 too. In all: 1 unchanged."));
    }

    [Test]
    public void A_new_pod_that_fails_is_a_regression()
    {
        var was = Result("CORE-1", Outcome.Failed, Requirement.Must, Finding("vault-0", Outcome.Failed));
        var now = Result("CORE-1", Outcome.Failed, Requirement.Must, Finding("vault-0", Outcome.Failed), Finding("vault-3", Outcome.Failed));

        Assert.That(ComparisonText.Write(Compare(was, now)), Is.EqualTo("Regression: CORE-1 (MUST) fails in vault-3 too. In all: 1 unchanged."));
        Assert.That(Compare(now, was).HasRegression, Is.False);
    }

    [Test]
    public void A_further_fact_that_fails_is_a_regression()
    {
        var first = new Finding("release", "right of a", "none", "pods", Outcome.Failed);
        var second = new Finding("release", "right of b", "none", "pods", Outcome.Failed);

        var worse = Compare(Result("K8S-6", Outcome.Failed, Requirement.Should, first), Result("K8S-6", Outcome.Failed, Requirement.Should, first, second));
        var other = Compare(Result("K8S-6", Outcome.Failed, Requirement.Should, first), Result("K8S-6", Outcome.Failed, Requirement.Should, second));

        Assert.That(ComparisonText.Write(worse), Is.EqualTo("Regression: K8S-6 (SHOULD) fails for further facts in release. In all: 1 unchanged."));
        Assert.That(other.HasRegression, Is.False, "another fact instead of the first");
    }

    [Test]
    public void A_recommendation_that_is_not_met_any_more_is_a_regression_although_the_control_passes()
    {
        var was = Result("CORE-1", Outcome.Passed, Requirement.Must, Finding("vault-0", Outcome.Passed, "0"));
        var now = Result("CORE-1", Outcome.Passed, Requirement.Must, Finding("vault-0", Outcome.Failed, "unlimited"));

        var comparison = Compare(was, now);

        Assert.That(ComparisonText.Write(comparison), Is.EqualTo("Regression: CORE-1 (MUST) passes, but meets a recommendation less in vault-0. In all: 1 unchanged."));
        Assert.That(Compare(now, was).HasRegression, Is.False);
    }

    [Test]
    public void A_further_pod_that_fails_under_a_waiver_is_none()
    {
        var was = Result("CORE-1", Outcome.Waived, Requirement.Must, Finding("vault-0", Outcome.Failed), Finding("vault-1", Outcome.Passed));
        var now = Result("CORE-1", Outcome.Waived, Requirement.Must, Finding("vault-0", Outcome.Failed), Finding("vault-1", Outcome.Failed));

        Assert.That(Compare(was, now).HasRegression, Is.False);
    }

    [Test]
    public void A_value_that_changed_is_told_although_the_outcome_is_the_same()
    {
        var change = Compare(
            Result("CORE-1", Outcome.Passed, Requirement.Must, Finding("vault-0", Outcome.Passed, "100"), Finding("vault-0", Outcome.Passed, "a", "other")),
            Result("CORE-1", Outcome.Passed, Requirement.Must, Finding("vault-0", Outcome.Passed, "101"), Finding("vault-0", Outcome.Passed, "a", "other"))).Controls.Single();

        Assert.That((change.Kind, change.Differs, change.IsRegression), Is.EqualTo((ChangeKind.Unchanged, true, false)));
        Assert.That(change.Subjects.Single().Findings.Select(finding => (finding.Fact, finding.Was, finding.Now)), Is.EqualTo(new[] { ("fact", "100", "101") }));
    }

    [TestCase(Outcome.Passed, false)]
    [TestCase(Outcome.Failed, true)]
    public void Pods_of_only_one_run_are_shown_where_the_control_changed(Outcome now, bool shown)
    {
        var change = Compare(
            Result("CORE-1", Outcome.Passed, Requirement.Must, Finding("a-vault-0", Outcome.Passed)),
            Result("CORE-1", now, Requirement.Must, Finding("b-vault-0", now))).Controls.Single();

        Assert.That(change.Subjects.Select(subject => subject.Kind), Is.EqualTo(new[] { ChangeKind.Removed, ChangeKind.Added }));
        Assert.That(change.Telling, Is.EqualTo(shown ? change.Subjects : []));
    }

    [Test]
    public void Regressions_come_first_and_among_them_the_required_ones()
    {
        var comparison = RunComparison.Compare(
            SampleRuns.Of(Result("CORE-1", Outcome.Passed, Requirement.Should), Result("CORE-2", Outcome.Failed), Result("FS-1", Outcome.Passed), Result("ID-1", Outcome.Passed)),
            SampleRuns.Of(Result("CORE-1", Outcome.Failed, Requirement.Should), Result("CORE-2", Outcome.Passed), Result("FS-1", Outcome.Failed), Result("ID-1", Outcome.Passed)));

        Assert.That(comparison.Controls.Select(control => control.Id.ToString()), Is.EqualTo(new[] { "FS-1", "CORE-1", "CORE-2", "ID-1" }));
        Assert.That(
            ComparisonText.Write(comparison),
            Is.EqualTo("Regression: FS-1 (MUST) regressed; CORE-1 (SHOULD) regressed. In all: 2 regressed, 1 improved, 1 unchanged."));
    }

    [Test]
    public void Level_and_revision_that_differ_are_told()
    {
        var was = Result("CORE-1", Outcome.Passed);
        var now = Result("CORE-1", Outcome.Passed, Requirement.Should) with { Control = Control("CORE-1") with { Revision = 2 } };

        Assert.That(Compare(was, now).Controls.Single().Details, Is.EqualTo(new[] { new FactChange("Level", "MUST", "SHOULD"), new FactChange("Revision", "1", "2") }));
    }

    [Test]
    public void What_was_tested_differently_is_told()
    {
        var report = SampleReports.Of();
        var was = report with { Subject = [new("Chart", "vault 0.33.0"), new("Node", "a"), new("Node", "b")], Digests = [new(SubjectKind.Chart, "vault", new string('1', 64))] };
        var now = report with { Subject = [new("Chart", "vault 0.34.1"), new("Node", "b"), new("Vault", "2")], Digests = [new(SubjectKind.Chart, "vault", new string('2', 64))], Profile = "hardened@1.0", StandIn = true };

        Assert.That(RunComparison.Compare(ComparedRun.From(was), ComparedRun.From(now)).Facts, Is.EqualTo(new[]
        {
            new FactChange("Profile", "baseline@1.0", "hardened@1.0"),
            new FactChange("Stand-in", "no", "yes"),
            new FactChange("Chart", "vault 0.33.0", "vault 0.34.1"),
            new FactChange("Node", "a", null),
            new FactChange("SHA-256 of chart vault", new string('1', 64), new string('2', 64)),
            new FactChange("Vault", null, "2"),
        }));
    }

    [Test]
    public void A_run_does_not_differ_from_itself() => Check(Prop.ForAll(Any, report =>
    {
        var comparison = RunComparison.Compare(ComparedRun.From(report), ComparedRun.From(report));
        return !comparison.HasRegression && comparison.Facts.Count == 0 && comparison.Controls.All(control => !control.Differs);
    }));

    [Test]
    public void Every_control_of_both_runs_is_there_once() => Check(Prop.ForAll(Any, Any, (was, now) =>
    {
        var comparison = RunComparison.Compare(ComparedRun.From(was), ComparedRun.From(now));
        return comparison.Controls.Select(control => control.Id).Order().SequenceEqual(was.Planned.Union(now.Planned).Order());
    }));

    [Test]
    public void What_regresses_one_way_improves_the_other_way() => Check(Prop.ForAll(Any, Any, (was, now) =>
    {
        var there = RunComparison.Compare(ComparedRun.From(was), ComparedRun.From(now)).Controls.ToDictionary(control => control.Id, control => control.Kind);
        var back = RunComparison.Compare(ComparedRun.From(now), ComparedRun.From(was)).Controls.ToDictionary(control => control.Id, control => control.Kind);
        return there.All(pair => (pair.Value, back[pair.Key]) switch
        {
            (ChangeKind.Regressed, var other) => other is ChangeKind.Improved or ChangeKind.Changed,
            (ChangeKind.NewlyInconclusive, var other) => other == ChangeKind.NewlyTold,
            (ChangeKind.Removed, var other) => other == ChangeKind.Added,
            (ChangeKind.Unchanged, var other) => other == ChangeKind.Unchanged,
            _ => true,
        });
    }));

    private static void Check(Property property) => FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), property);
}
