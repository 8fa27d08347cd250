using VaultConformance.Controls.Bridge;
using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Tests.Framework;

/// <summary>Every way out of a run says the same of a result.</summary>
public sealed class DoorsTests
{
    private static readonly ControlDescriptor Sample = ControlCatalogue.BuiltIn.Controls[0];

    [Test]
    public void A_verdict_and_what_NUnit_shows_never_disagree([Values] Outcome outcome, [Values] Requirement level)
    {
        var result = new ControlResult(Sample, level, null, outcome, "reason", [], TimeSpan.Zero);

        var red = NUnitState.IsRed(result);

        Assert.That(red, Is.EqualTo(Report(result).Verdict != Verdict.Conformant));
    }

    [TestCase(Outcome.Failed, Requirement.Must, Verdict.NonConformant)]
    [TestCase(Outcome.Inconclusive, Requirement.Must, Verdict.Incomplete)]
    [TestCase(Outcome.Failed, Requirement.Should, Verdict.Conformant)]
    [TestCase(Outcome.Inconclusive, Requirement.May, Verdict.Conformant)]
    public void A_result_has_its_verdict(Outcome outcome, Requirement level, Verdict verdict) =>
        Assert.That(Report(new ControlResult(Sample, level, null, outcome, "reason", [], TimeSpan.Zero)).Verdict, Is.EqualTo(verdict));

    [Test]
    public async Task A_recommendation_that_failed_does_not_hide_a_requirement_that_could_not_be_told()
    {
        var result = (await RunAsync("SAM-12")).Result("SAM-12");

        Assert.That((result.Outcome, result.Level), Is.EqualTo((Outcome.Inconclusive, Requirement.Must)));
        Assert.That(result.Reason, Is.EqualTo("vault-0: answer: nobody knows"));
    }

    [Test]
    public async Task A_recommendation_that_could_not_be_told_lowers_the_level()
    {
        var result = (await RunAsync("SAM-13")).Result("SAM-13");

        Assert.That((result.Outcome, result.Level), Is.EqualTo((Outcome.Inconclusive, Requirement.Should)));
        Assert.That(result.LevelReason, Is.EqualTo("the required facts hold, and what could not be determined is only recommended: suites"));
    }

    [Test]
    public async Task Tests_are_named_after_their_controls() => Assert.That((await RunAsync("SAM-4")).NUnitXml, Does.Contain("name=\"SAM-4 Fails_and_then_throws\""));

    [Test]
    public void The_verdict_is_the_last_fixture_by_name() => Assert.That(
        typeof(VerdictTests).Assembly.GetExportedTypes().Where(type => type.GetCustomAttributes(typeof(TestFixtureAttribute), false).Length > 0).Select(type => type.Name)
            .Max(StringComparer.Ordinal),
        Is.EqualTo(nameof(VerdictTests)));

    private static Task<SuiteOutcome> RunAsync(string id) =>
        SampleRun.OfAsync(typeof(SampleControls<int>), new FakeSource(), options: new SuiteOptions { Only = [ControlId.Parse(id)] });

    private static ConformanceReport Report(ControlResult result) => new(
        "run", "tool", default, default, "profile", [], [], [], [result.Control.Id], [result], Problem: null);
}
