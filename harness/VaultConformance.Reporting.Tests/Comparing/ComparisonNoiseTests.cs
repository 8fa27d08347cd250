using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Model;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Reporting.Tests.Comparing;

/// <summary>What differs between any two runs is no change; what says something is.</summary>
public sealed class ComparisonNoiseTests
{
    [TestCase("'core' on node node-a", "'core' on node node-b")]
    [TestCase("vault (PID 7)", "vault (PID 9)")]
    [TestCase("ended after 3.4 s", "ended after 3.6 s")]
    [TestCase("token (line 12)", "token (line 14)")]
    [TestCase("10.0.0.1:31234", "10.0.0.1:32001")]
    [TestCase("https://127.0.0.1:41234", "https://127.0.0.1:55001")]
    [TestCase(
        "served 0000000000000000000000000000000000000000000000000000000000000001", "served 0000000000000000000000000000000000000000000000000000000000000002")]
    public void Noise_in_what_was_seen_is_left_out(string was, string now) =>
        Assert.That(Compare(was, Outcome.Passed, now, Outcome.Passed).Controls.Single().Subjects, Is.Empty);

    [TestCase("/vault/data", "/vault/file")]
    [TestCase("UID 100", "UID 0")]
    [TestCase("port 8200", "port 8201")]
    [TestCase("TLS 1.2", "TLS 1.0")]
    [TestCase("owner 100:30001", "owner 100:65534")]
    [TestCase("grace period 60 s", "grace period 10 s")]
    [TestCase("listener [::]:30443", "listener [::]:45555")]
    [TestCase("10.0.0.1:30443", "10.0.0.1:45555")]
    [TestCase("host 10.0.0.1:8200", "host 10.0.0.1:8201")]
    public void What_says_something_is_shown(string was, string now) =>
        Assert.That(Compare(was, Outcome.Passed, now, Outcome.Passed).Controls.Single().Subjects, Has.Count.EqualTo(1));

    [Test]
    public void Another_outcome_is_never_noise() =>
        Assert.That(Compare("ended after 3.4 s", Outcome.Passed, "ended after 61.0 s", Outcome.Failed).HasRegression);

    [Test]
    public void Facts_of_the_run_differ_only_where_more_than_the_name_of_the_node_does()
    {
        var facts = Compare("a", Outcome.Passed, "a", Outcome.Passed).Facts;

        Assert.That(facts.Select(fact => fact.Name), Is.EqualTo(new[] { "Chart" }));
    }

    private static RunComparison Compare(string was, Outcome wasOutcome, string now, Outcome nowOutcome) => RunComparison.Compare(
        Run("node-a", "vault 0.34.0", was, wasOutcome), Run("node-b", "vault 0.34.1", now, nowOutcome));

    private static ComparedRun Run(string node, string chart, string actual, Outcome outcome) => ComparedRun.From(
        SampleReports.Of(SampleReports.Result("CORE-3", outcome, Requirement.Must, SampleRuns.Finding("vault-0", outcome, actual))) with
        {
            Subject = [new SubjectFact("Node", $"{node}: K3s, Linux 6.12"), new SubjectFact("Chart", chart)],
        });
}
