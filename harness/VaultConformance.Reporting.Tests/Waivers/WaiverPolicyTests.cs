using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Reporting.Tests.Waivers;

public sealed class WaiverPolicyTests
{
    private static readonly WaiverContext Context = new(SampleReports.Start, "baseline@1.0", "0.34.1", "eks", ["vault-0", "vault-1", "injector"]);

    [Test]
    public void A_failure_inside_the_scope_is_waived_and_keeps_its_reason()
    {
        var failed = Failed("vault-0", "vault-1");

        var waived = Apply(failed, WaiverTexts.Waiver());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(waived.Results.Single(), Is.EqualTo(failed with
            {
                Outcome = Outcome.Waived,
                Waiver = WaiverTexts.Waiver(),
                Reason = "Reason of PROC-1. Accepted by security until 2026-06-30 (waiver w-1): the chart does not exec",
            }));
            Assert.That((waived.Statuses[0].State, waived.Statuses[0].Message), Is.EqualTo((WaiverState.Used, "PROC-1 failed and is waived until 2026-06-30.")));
        }
    }

    [Test]
    public void A_required_control_that_is_waived_does_not_fail_the_release()
    {
        var report = SampleReports.Of(SampleReports.Result("CORE-1", Outcome.Passed), Failed("vault-0"));
        Assert.That(report.Verdict, Is.EqualTo(Verdict.NonConformant));

        var waived = report with { Results = WaiverPolicy.Apply([WaiverTexts.Waiver()], report.Results, Context).Results };

        Assert.That(waived.Verdict, Is.EqualTo(Verdict.Conformant));
        Assert.That(VerdictText.Write(waived), Is.EqualTo("All required controls pass or are waived (PROC-1)."));
    }

    [TestCase(Outcome.Passed, "PROC-1 passed.")]
    [TestCase(Outcome.NotApplicable, "PROC-1 does not apply.")]
    [TestCase(Outcome.Inconclusive, "PROC-1 could not be told, which no waiver covers.")]
    public void Nothing_but_a_failure_is_ever_waived(Outcome outcome, string message)
    {
        var result = SampleReports.Result("PROC-1", outcome);

        var waived = Apply(result, WaiverTexts.Waiver());

        Assert.That(waived.Results.Single(), Is.SameAs(result));
        Assert.That((waived.Statuses[0].State, waived.Statuses[0].Message), Is.EqualTo((WaiverState.Unused, message)));
    }

    [TestCase(">=0.30.0 <0.34.0", null, null, "chart 0.34.1 is not in >=0.30.0 <0.34.0")]
    [TestCase("<0.36.0", "aks", null, "the platform is eks, not aks")]
    [TestCase("<0.36.0", "eks", "vault-1", "pod vault-1 does not cover 'vault-0'")]
    [TestCase("<0.36.0", null, "*-1", "pod *-1 does not cover 'vault-0'")]
    public void A_failure_outside_the_scope_stays_a_failure(string chart, string? platform, string? pod, string reason)
    {
        var result = Failed("vault-0", "vault-1");

        var waived = Apply(result, WaiverTexts.Waiver(chart: chart, platform: platform, pod: pod));

        Assert.That(waived.Results.Single(), Is.SameAs(result));
        Assert.That((waived.Statuses[0].State, waived.Statuses[0].Message), Is.EqualTo((WaiverState.Unused, $"PROC-1 failed outside its scope: {reason}.")));
    }

    [TestCase(true, false, "the chart's version could not be observed")]
    [TestCase(false, true, "the platform could not be observed")]
    public void What_could_not_be_observed_matches_no_scope(bool withoutChart, bool withoutPlatform, string reason)
    {
        var context = Context with { ChartVersion = withoutChart ? null : "0.34.1", Platform = withoutPlatform ? null : "eks" };

        var waived = WaiverPolicy.Apply([WaiverTexts.Waiver(platform: "eks")], [Failed("vault-0")], context);

        Assert.That(waived.Results.Single().Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(waived.Statuses[0].Message, Is.EqualTo($"PROC-1 failed outside its scope: {reason}."));
    }

    [TestCase("vault-*", "vault-0")]
    [TestCase("vault-0", "vault-0")]
    [TestCase("*", "vault-0")]
    [TestCase("v*-*0", "vault-0")]
    [TestCase("vault-*", "vault-0/sidecar", Description = "a container of the pod")]
    public void A_pattern_covers_the_findings_on_its_pods(string pattern, string subject) =>
        Assert.That(Apply(Failed(subject), WaiverTexts.Waiver(pod: pattern)).Results.Single().Outcome, Is.EqualTo(Outcome.Waived));

    [TestCase("vault-*", "service/vault-active")]
    [TestCase("vault-*", "vault-active", Description = "looks like a pod, but none of that name was observed")]
    [TestCase("*", "namespace")]
    [TestCase("*", "")]
    [TestCase("vault-*", "injector")]
    [TestCase("vault-0*0", "vault-0", Description = "the ends of a pattern do not overlap")]
    public void A_finding_that_is_not_on_such_a_pod_is_not_covered(string pattern, string subject) =>
        Assert.That(Apply(Failed(subject), WaiverTexts.Waiver(pod: pattern)).Results.Single().Outcome, Is.EqualTo(Outcome.Failed));

    [Test]
    public void A_failure_without_findings_is_not_covered_by_a_pod() => Assert.That(
        Apply(Failed(), WaiverTexts.Waiver(pod: "*")).Statuses[0].Message, Is.EqualTo("PROC-1 failed outside its scope: pod * does not cover what failed."));

    [Test]
    public void What_could_not_be_told_elsewhere_is_not_waived_along()
    {
        var result = Failed("vault-0");
        result = result with { Findings = [.. result.Findings, new Finding("vault-1", "PID 1", "vault", "no shell", Outcome.Inconclusive)] };

        Assert.That(Apply(result, WaiverTexts.Waiver(pod: "vault-0")).Results.Single().Outcome, Is.EqualTo(Outcome.Failed));
        var covered = Apply(result, WaiverTexts.Waiver(pod: "vault-*")).Results.Single();
        Assert.That((covered.Outcome, covered.Waiver), Is.EqualTo((Outcome.Inconclusive, (Waiver?)null)));
        Assert.That(Apply(result, WaiverTexts.Waiver()).Results.Single().Outcome, Is.EqualTo(Outcome.Inconclusive), "without a pod in the scope too");
        Assert.That(covered.Reason, Does.StartWith("vault-1: PID 1: no shell. Waiver ").And.EndWith(" covers what failed, and no waiver covers this."));
    }

    [TestCase("2026-06-30T23:59:59.999Z", true)]
    [TestCase("2026-07-01T00:00:00Z", false)]
    [TestCase("2026-07-01T01:59:59+02:00", true, Description = "the day is that of UTC")]
    [TestCase("2026-06-30T22:00:00-02:00", false)]
    public void A_waiver_holds_to_the_end_of_its_last_day_in_UTC(string at, bool holds)
    {
        var context = Context with { JudgedAt = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture) };

        var waived = WaiverPolicy.Apply([WaiverTexts.Waiver()], [Failed("vault-0")], context);

        Assert.That(waived.Results.Single().Outcome, Is.EqualTo(holds ? Outcome.Waived : Outcome.Failed));
        Assert.That((waived.Statuses[0].State, waived.Statuses[0].Message), Is.EqualTo(
            holds
                ? (WaiverState.Used, "PROC-1 failed and is waived until 2026-06-30.")
                : (WaiverState.Expired, "It expired: its last day was 2026-06-30. PROC-1 failed, and counts as failed.")));
    }

    [Test]
    public void An_expired_waiver_is_reported_whatever_became_of_its_control() => Assert.That(
        WaiverPolicy.Apply([WaiverTexts.Waiver()], [SampleReports.Result("PROC-1", Outcome.Passed)], Context with { JudgedAt = SampleReports.Start.AddYears(1) }).Statuses[0].Message,
        Is.EqualTo("It expired: its last day was 2026-06-30. PROC-1 passed."));

    [Test]
    public void A_waiver_for_a_control_that_is_not_verified_is_reported()
    {
        var status = Apply(Failed("vault-0"), WaiverTexts.Waiver("CORE-1")).Statuses[0];

        Assert.That((status.State, status.Message), Is.EqualTo((WaiverState.Unused, "CORE-1 is not verified in this run (profile baseline@1.0).")));
    }

    [Test]
    public void The_first_waiver_that_covers_a_failure_counts_and_the_next_is_not_needed()
    {
        var waived = Apply(Failed("vault-0"), WaiverTexts.Waiver(id: "elsewhere", platform: "gke"), WaiverTexts.Waiver(id: "first"), WaiverTexts.Waiver(id: "second"));

        Assert.That(waived.Results.Single().Waiver!.Id, Is.EqualTo("first"));
        Assert.That(waived.Statuses.Select(status => status.State), Is.EqualTo(new[] { WaiverState.Unused, WaiverState.Used, WaiverState.Unused }));
        Assert.That(waived.Statuses.Select(status => status.Message).Where((_, index) => index != 1), Is.EqualTo(new[] { "PROC-1 is waived by first.", "PROC-1 is waived by first." }));
    }

    [TestCase(null, 30, "It names no range of chart versions")]
    [TestCase(">=0.30.0", 30, "Its range of chart versions (>=0.30.0) has no end")]
    [TestCase("<0.36.0", 401, "It holds for 401 more days, which is more than 400")]
    public void A_waiver_that_accepts_too_much_counts_and_is_reported(string? chart, int days, string reason)
    {
        var waiver = WaiverTexts.Waiver(chart: chart) with { Expires = DateOnly.FromDateTime(SampleReports.Start.UtcDateTime).AddDays(days) };

        var status = Apply(Failed("vault-0"), waiver).Statuses[0];

        Assert.That(status.State, Is.EqualTo(WaiverState.Used));
        Assert.That(status.TooBroad, Is.EqualTo(new[] { char.ToLowerInvariant(reason[0]) + reason[1..] }));
        Assert.That(status.Message, Does.EndWith($" Too broad: {status.TooBroad[0]}."));
    }

    [Test]
    public void A_waiver_for_400_days_is_not_too_broad() =>
        Assert.That(WaiverTerm.ExplainTooBroad(WaiverTexts.Waiver() with { Expires = DateOnly.FromDateTime(SampleReports.Start.UtcDateTime).AddDays(400) }, SampleReports.Start), Is.Empty);

    [Test]
    public void Without_waivers_nothing_changes()
    {
        var report = SampleReports.Mixed();

        Assert.That(WaiverPolicy.Apply([], report.Results, Context).Results, Is.EqualTo(report.Results));
    }

    private static ControlResult Failed(params string[] subjects) => SampleReports.Result(
        "PROC-1", Outcome.Failed, Requirement.Must, [.. subjects.Select(subject => new Finding(subject, "PID 1", "vault", "sh", Outcome.Failed))]);

    private static WaivedResults Apply(ControlResult result, params Waiver[] waivers) => WaiverPolicy.Apply(waivers, [result], Context);
}
