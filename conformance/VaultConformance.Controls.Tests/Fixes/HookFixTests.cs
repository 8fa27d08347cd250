namespace VaultConformance.Controls.Tests.Fixes;

/// <summary>A hook that works stays, and so do the seconds that somebody chose for it.</summary>
public sealed class HookFixTests
{
    private const string Seconds = "server:\n  preStopSleepSeconds: 30\n  terminationGracePeriodSeconds: 20\n";
    private const string Own = "server:\n  terminationGracePeriodSeconds: 20\n  preStop: [/bin/drain]\n";

    [TestCase(Seconds, "preStopSleepSeconds: 30")]
    [TestCase(Own, "preStop: [/bin/drain]")]
    public void Where_only_time_is_missing_only_the_time_is_given(string values, string kept)
    {
        var fix = FixSamples.PlanFindings(values, "PROC-3", ("vault-0", "time left for the shutdown", "0 s"), ("vault-0", "margin for the shutdown", "none"));

        Assert.That(fix.Text, Does.Contain(kept).And.Contain("terminationGracePeriodSeconds: 60").And.Not.Contain("/proc/"));
        Assert.That(fix.Mended.Select(mended => mended.Id.ToString()), Is.EqualTo(new[] { "PROC-3" }));
    }

    [TestCase(30, 60)]
    [TestCase(31, 61)]
    [TestCase(90, 120)]
    public void A_new_hook_waits_as_long_as_the_values_say(int seconds, int grace)
    {
        var fix = FixSamples.PlanFindings($"server:\n  preStopSleepSeconds: {seconds}\n", "PROC-3", ("vault-0", "commands of the preStop hook that the image does not have", "pidof"));

        Assert.That(fix.Text, Does.Contain($"sleep {seconds};").And.Contain($"terminationGracePeriodSeconds: {grace}").And.Not.Contain("preStopSleepSeconds"));
    }

    [TestCase("server: {preStopSleepSeconds: many}\n")]
    [TestCase("server: {preStopSleepSeconds: -5}\n")]
    [TestCase("server: {}\n")]
    public void A_number_that_is_none_changes_nothing_of_the_hook(string values) => Assert.That(
        FixSamples.PlanFindings(values, "PROC-3", ("vault-0", "commands of the preStop hook that the image does not have", "pidof")).Text, Does.Contain("sleep 2;"));

    [TestCase("debug", "info")]
    [TestCase("TRACE", "info")]
    [TestCase("warn", "warn")]
    public void A_log_level_is_only_made_quieter(string given, string then) =>
        Assert.That(FixSamples.Plan($"server:\n  logLevel: {given}\n", "API-7", "API-4").Text, Does.Contain($"logLevel: {then}"));

    [Test]
    public void No_log_level_is_written_where_there_is_none() =>
        Assert.That(FixSamples.Plan("server:\n  resources: {}\n", "API-7").Text, Does.Not.Contain("logLevel"));

    [Test]
    public void The_Service_of_a_user_interface_that_is_off_gets_no_key() =>
        Assert.That(FixSamples.Plan("ui: {enabled: false}\n", "HA-5").Text, Does.Not.Contain("ui:\n").And.Contain("ui: {enabled: false}\n"));
}
