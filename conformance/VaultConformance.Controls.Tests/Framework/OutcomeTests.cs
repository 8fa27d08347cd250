using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Tests.Framework;

public sealed class OutcomeTests
{
    private static readonly CoreSettings Plain = new("core", 1, 0);

    [Test]
    public async Task A_control_whose_every_comparison_holds_passes()
    {
        var source = new FakeSource().WithServerPods("vault-0").Set(ObservationKinds.CoreSettings, "pod/vault-0", Plain);

        var result = await JudgeAsync("SAM-1", source);

        Assert.That(result, Has.Property(nameof(result.Outcome)).EqualTo(Outcome.Passed).And.Property(nameof(result.Reason)).Empty);
        Assert.That(result.Findings, Is.EqualTo([
            new Finding("release", "server pods that were judged", "1", "1", Outcome.Passed) { Evidence = ["observations/release/objects.json"] },
            new Finding("vault-0", "core pattern", "core", "core", Outcome.Passed) { Evidence = ["observations/pod/vault-0/core-settings.json", "observations/release/objects.json"] }]));
    }

    [Test]
    public async Task What_cannot_be_observed_is_inconclusive_with_its_reason()
    {
        var source = new FakeSource().WithServerPods("vault-0")
            .SetUnavailable(ObservationKinds.CoreSettings, "pod/vault-0", UnavailableCause.Failed, "exec refused");

        var result = await JudgeAsync("SAM-1", source);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(result.Reason, Is.EqualTo("vault-0: observation 'core-settings': exec refused"));
    }

    [Test]
    public async Task An_unobservable_pod_does_not_hide_the_failure_of_another()
    {
        var source = new FakeSource().WithServerPods("vault-0", "vault-1")
            .SetUnavailable(ObservationKinds.CoreSettings, "pod/vault-0", UnavailableCause.Failed, "exec refused")
            .Set(ObservationKinds.CoreSettings, "pod/vault-1", new CoreSettings("|apport", 1, 0));

        var result = await JudgeAsync("SAM-1", source);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(result.Reason, Is.EqualTo("vault-1: core pattern: |apport (expected core)"));
    }

    [Test]
    public async Task An_unobservable_pod_keeps_the_control_from_passing()
    {
        var source = new FakeSource().WithServerPods("vault-0", "vault-1").Set(ObservationKinds.CoreSettings, "pod/vault-0", Plain);

        Assert.That((await JudgeAsync("SAM-1", source)).Outcome, Is.EqualTo(Outcome.Inconclusive));
    }

    [Test]
    public async Task A_defect_on_one_pod_does_not_hide_the_failure_of_another()
    {
        var result = await JudgeAsync("SAM-11", new FakeSource().WithServerPods("vault-0", "vault-1"));

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Failed, "vault-1: name: vault-1 (expected vault-0)")));
    }

    [Test]
    public async Task A_defect_on_one_pod_keeps_the_control_from_passing()
    {
        var result = await JudgeAsync("SAM-11", new FakeSource().WithServerPods("vault-0"));

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Inconclusive, "error: FormatException: a defect")));
    }

    [Test]
    public async Task A_release_without_server_pods_is_inconclusive()
    {
        var result = await JudgeAsync("SAM-1", new FakeSource().WithServerPods());

        Assert.That(result, Has.Property(nameof(result.Outcome)).EqualTo(Outcome.Inconclusive));
        Assert.That(result.Reason, Is.EqualTo("the release has no server pod"));
    }

    [TestCase("SAM-2", Outcome.Inconclusive, "the control compared nothing, so that nothing is proved")]
    [TestCase("SAM-3", Outcome.Inconclusive, "error: FormatException: a defect")]
    [TestCase("SAM-4", Outcome.Failed, "vault-0: answer: 41 (expected 42)")]
    [TestCase("SAM-5", Outcome.NotApplicable, "no TLS here")]
    [TestCase("SAM-6", Outcome.Failed, "vault-0: suites: 1 (expected 2)")]
    [TestCase("SAM-8", Outcome.Inconclusive, "the control did not finish within 00:00:00.2000000; a slow machine needs a longer --timeout")]
    public async Task Every_end_of_a_control_has_its_outcome_and_reason(string id, Outcome outcome, string reason)
    {
        var result = await JudgeAsync(id, new FakeSource());

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((outcome, reason)));
    }

    [Test]
    public async Task A_plain_assertion_that_fails_is_a_failure() =>
        Assert.That((await JudgeAsync("SAM-9", new FakeSource())).Outcome, Is.EqualTo(Outcome.Failed));

    [TestCase("SAM-6", "the required facts hold, and what failed is only recommended: suites")]
    [TestCase("SAM-10", "storage is file")]
    public async Task The_level_sinks_when_only_a_recommendation_fails_or_the_circumstances_ask_for_it(string id, string reason)
    {
        var result = await JudgeAsync(id, new FakeSource());

        Assert.That((result.Level, result.LevelReason), Is.EqualTo((Requirement.Should, reason)));
    }

    [TestCase(DisruptionForbiddenOutcome.Inconclusive, Outcome.Inconclusive)]
    [TestCase(DisruptionForbiddenOutcome.NotApplicable, Outcome.NotApplicable)]
    public async Task The_profile_decides_what_a_forbidden_disruption_means(DisruptionForbiddenOutcome parameter, Outcome outcome)
    {
        var source = new FakeSource().SetUnavailable(ObservationKinds.Sigterm, "release", UnavailableCause.DisruptionForbidden, "--no-disruptive");

        var result = await JudgeAsync(
            "SAM-7", source, profile => profile with { Parameters = profile.Parameters with { WhenDisruptionForbidden = parameter } });

        Assert.That(result.Outcome, Is.EqualTo(outcome));
        Assert.That(result.Reason, Does.Contain("--no-disruptive"));
    }

    [Test]
    public async Task A_control_that_the_profile_declares_not_applicable_does_not_run()
    {
        var result = await JudgeAsync("SAM-3", new FakeSource(), profile => profile with
        {
            Controls = profile.Controls.ToDictionary(pair => pair.Key, _ => new ProfileControl(Requirement.Must, null, "no such thing here")),
        });

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.NotApplicable, "no such thing here")));
    }

    private static async Task<ControlResult> JudgeAsync(string id, FakeSource source, Func<Profile, Profile>? change = null)
    {
        var options = new SuiteOptions { Only = [ControlId.Parse(id)] };
        options = id == "SAM-8" ? options with { ControlTimeLimit = TimeSpan.FromMilliseconds(200) } : options;
        return (await SampleRun.OfAsync(typeof(SampleControls<int>), source, change, options)).Result(id);
    }
}
