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
    [TestCase("replaced after 0 s", "replaced after 1 s")]
    [TestCase("sh: can't create /.vc-0dcfdf138401fbbe: Permission denied", "sh: can't create /.vc-aaaadf138401fbbe: Permission denied")]
    [TestCase("server.x (node-a.yaml:43)", "server.x (fix.yaml:44)")]
    [TestCase("volume kube-api-access-vfqs4", "volume kube-api-access-lmh2q")]
    [TestCase("HTTP/1.1 200 OK Date: Sat, 28 Nov 2026 23:15:07 GMT", "HTTP/1.1 200 OK Date: Sun, 29 Nov 2026 00:16:00 GMT")]
    [TestCase("{\"server_time_utc\":1764371707}", "{\"server_time_utc\":1764371760}")]
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
    [TestCase("sleep 5 s before the signal", "sleep 2 s before the signal")]
    [TestCase("2026-11-28 20:10 UTC", "2026-11-28 20:13 UTC")]
    [TestCase("vault-2 after 7.0 s", "vault-1 after 7.0 s")]
    [TestCase("volume kube-api-access-own", "volume kube-api-access-other-name")]
    [TestCase("HTTP/1.1 200 OK Date: Sat, 28 Nov 2026 23:15:07 GMT", "HTTP/1.1 503 Date: Sat, 28 Nov 2026 23:15:07 GMT")]
    [TestCase("/vault/.vc-key", "/vault/.vc-pem")]
    [TestCase("server.x (other.yaml:43)", "server.x (another.yaml:43)")]
    [TestCase("server.x (node-a.yaml:43)", "server.y (fix.yaml:43)")]
    [TestCase("listener [::]:30443", "listener [::]:45555")]
    [TestCase("10.0.0.1:30443", "10.0.0.1:45555")]
    [TestCase("host 10.0.0.1:8200", "host 10.0.0.1:8201")]
    public void What_says_something_is_shown(string was, string now) =>
        Assert.That(Compare(was, Outcome.Passed, now, Outcome.Passed).Controls.Single().Subjects, Has.Count.EqualTo(1));

    [TestCase("start of validity of the leaf on port 8200", "2026-11-28 20:10 UTC", "2026-11-28 20:13 UTC", 0)]
    [TestCase("end of validity of the leaf on port 8200", "89 days ahead", "9 days ahead", 1)]
    [TestCase("next active server", "vault-2 after 7.0 s", "vault-1 after 5.9 s", 0)]
    [TestCase("next active server", "vault-2 after 7.0 s", "none", 1)]
    public void Some_facts_are_noise_by_what_they_are(string fact, string was, string now, int shown) =>
        Assert.That(
            SampleRuns.Compare(
                SampleReports.Result("PROC-2", Outcome.Passed, Requirement.Must, SampleRuns.Finding("vault-0", Outcome.Passed, was, fact)),
                SampleReports.Result("PROC-2", Outcome.Passed, Requirement.Must, SampleRuns.Finding("vault-0", Outcome.Passed, now, fact)))
                .Controls.Single().Subjects,
            Has.Count.EqualTo(shown));

    [Test]
    public void What_is_expected_is_chosen_and_not_measured()
    {
        static ControlResult Expecting(string expected) => SampleReports.Result(
            "PROC-3", Outcome.Passed, Requirement.Must, SampleRuns.Finding("vault-0", Outcome.Passed) with { Expected = expected });

        Assert.That(
            SampleRuns.Compare(Expecting("less than the grace period of 60.0 s"), Expecting("less than the grace period of 10.0 s")).Controls.Single().Subjects,
            Has.Count.EqualTo(1));
    }

    [Test]
    public void Rows_that_are_the_same_in_several_pods_are_one()
    {
        static ControlResult In(string actual) => SampleReports.Result(
            "ID-1", Outcome.Passed, Requirement.Must,
            [.. new[] { "vault-0", "vault-1", "vault-2" }.Select(pod => SampleRuns.Finding(pod, Outcome.Passed, actual)), SampleRuns.Finding("vault-3", Outcome.Passed, actual + "0")]);

        var rows = ChangedRow.ListFrom(SampleRuns.Compare(In("UID 100"), In("UID 101")).Controls.Single());

        Assert.That(rows.Select(row => row.Where), Is.EqualTo(new[] { "vault-0, vault-1, vault-2", "vault-3" }));
    }

    [Test]
    public void Another_outcome_is_never_noise() =>
        Assert.That(Compare("ended after 3.4 s", Outcome.Passed, "ended after 61.0 s", Outcome.Failed).HasRegression);

    [Test]
    public void Facts_of_the_run_differ_only_where_more_than_the_name_of_the_node_does()
    {
        var facts = Compare("a", Outcome.Passed, "a", Outcome.Passed).Facts;

        Assert.That(facts.Select(fact => fact.Name), Is.EqualTo(new[] { "Chart", "SHA-256 of values node-a.yaml", "SHA-256 of values fix.yaml" }));
    }

    private static RunComparison Compare(string was, Outcome wasOutcome, string now, Outcome nowOutcome) => RunComparison.Compare(
        Run("node-a", "vault 0.34.0", was, wasOutcome), Run("node-b", "vault 0.34.1", now, nowOutcome));

    private static ComparedRun Run(string node, string chart, string actual, Outcome outcome) => ComparedRun.From(
        SampleReports.Of(SampleReports.Result("CORE-3", outcome, Requirement.Must, SampleRuns.Finding("vault-0", outcome, actual))) with
        {
            Subject = [new SubjectFact("Node", $"{node}: K3s, Linux 6.12"), new SubjectFact("Chart", chart)],
            Digests = [new SubjectDigest(SubjectKind.Values, node == "node-a" ? "node-a.yaml" : "fix.yaml", new string('0', 64))],
        });
}
