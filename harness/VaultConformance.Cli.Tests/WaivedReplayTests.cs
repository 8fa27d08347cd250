using System.Text.Json.Nodes;
using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests;

/// <summary>Waivers from the command line to the exit code, over recorded evidence in which ID-6 fails.</summary>
public sealed class WaivedReplayTests
{
    private const string Accepted = """
        waivers:
        - id: host-network
          control: ID-6
          scope: {chart: ">=0.30.0 <0.36.0", platform: k3s, pod: vault-*}
          reason: the network of the node is our own
          owner: ops
          approvedBy: security
          expires: 2026-03-01
        """;

    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task Without_a_waiver_the_release_is_not_conformant()
    {
        await RecordedRun.WriteAsync(_app, TestApp.Now);

        var result = await _app.RunAsync("replay", "out");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Error);
        Assert.That(result.Output, Does.EndWith("NonConformant. Required controls failed: ID-6.\n").And.Not.Contain("waiver "));
    }

    [Test]
    public async Task Recorded_waivers_are_applied_again()
    {
        await RecordedRun.WriteAsync(_app, TestApp.Now, Accepted);

        var result = await _app.RunAsync("replay", "out", "--output", "again", "--show", "failed,waived");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.Error);
            Assert.That(result.Output, Does.Contain("\nID-6 waived (MUST): "));
            Assert.That(result.Output, Does.Contain(". Accepted by security until 2026-03-01 (waiver host-network): the network of the node is our own\n"));
            Assert.That(result.Output, Does.Contain("\nwaiver host-network (ID-6) Used: ID-6 failed and is waived until 2026-03-01.\n"));
            Assert.That(result.Output, Does.Contain("\nConformant. All required controls pass or are waived (ID-6).\nReport: "));
            var results = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(_app.WorkingFolder, "again", "results.json")))!;
            Assert.That(results["results"]![0]!["waiver"]!["id"]!.GetValue<string>(), Is.EqualTo("host-network"));
            Assert.That(results["waivers"]![0]!["state"]!.GetValue<string>(), Is.EqualTo("Used"));
        }
    }

    [TestCase(-1, 0, "Used: ")]
    [TestCase(0, 1, "Expired: It expired: its last day was 2026-03-01. ID-6 failed, and counts as failed.")]
    public async Task Whether_a_waiver_has_expired_is_judged_by_the_start_of_the_run(int seconds, int exitCode, string line)
    {
        await RecordedRun.WriteAsync(_app, new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds), Accepted);

        var result = await _app.RunAsync("replay", "out");

        Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.Error);
        Assert.That(result.Output, Does.Contain($"\nwaiver host-network (ID-6) {line}"));
    }

    [TestCase("platform: k3s", "platform: eks", "ID-6 failed outside its scope: the platform is k3s, not eks.")]
    [TestCase("<0.36.0", "<0.34.0", "ID-6 failed outside its scope: chart 0.34.1 is not in >=0.30.0 <0.34.0.")]
    [TestCase("pod: vault-*", "pod: vault-0", "ID-6 failed outside its scope: pod vault-0 does not cover 'vault-1'.")]
    [TestCase("control: ID-6", "control: TLS-1", "TLS-1 is not verified in this run (profile baseline@1.0).")]
    public async Task A_waiver_for_something_else_leaves_the_verdict(string right, string other, string message)
    {
        await RecordedRun.WriteAsync(_app, TestApp.Now, Accepted.Replace(right, other, StringComparison.Ordinal), "vault-0", "vault-1");

        var result = await _app.RunAsync("replay", "out");

        Assert.That(result.ExitCode, Is.EqualTo(1), result.Error);
        Assert.That(result.Output, Does.Contain($") Unused: {message}\n"));
    }

    [Test]
    public async Task The_platform_of_the_profile_counts_before_the_kind_of_the_cluster()
    {
        await RecordedRun.WriteAsync(_app, TestApp.Now, Accepted.Replace("platform: k3s", "platform: eks", StringComparison.Ordinal));
        _app.WriteWork("eks.yaml", TestApp.ProfileText("eks") + "platform: eks\n");

        Assert.That((await _app.RunAsync("replay", "out", "--profile", "eks.yaml")).Output, Does.Contain("\nwaiver host-network (ID-6) Used: "));
    }

    [Test]
    public async Task Other_waivers_can_be_asked_for_instead_of_the_recorded_ones()
    {
        await RecordedRun.WriteAsync(_app, TestApp.Now, Accepted);
        _app.WriteWork("none.yaml", "waivers: []\n");
        _app.WriteWork("broad.yaml", Accepted.Replace("chart: \">=0.30.0 <0.36.0\", ", "", StringComparison.Ordinal).Replace("host-network", "broad", StringComparison.Ordinal));

        Assert.That((await _app.RunAsync("replay", "out", "--waivers", "none.yaml")).ExitCode, Is.EqualTo(1));
        var result = await _app.RunAsync("replay", "out", "--waivers", "none.yaml", "--waivers", "broad.yaml");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain(
            "\nwaiver broad (ID-6) Used: ID-6 failed and is waived until 2026-03-01. Too broad: it names no range of chart versions.\n"));
    }

    [Test]
    public async Task Recorded_waivers_that_do_not_fit_this_program_are_refused()
    {
        await RecordedRun.WriteAsync(_app, TestApp.Now, Accepted.Replace("ID-6", "OLD-6", StringComparison.Ordinal));

        var result = await _app.RunAsync("replay", "out");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.StartWith("Error: Waiver file 'accepted.yaml in ").And.Contain("line 3: unknown control 'OLD-6'"));
    }

    [Test]
    public async Task The_audit_says_which_waivers_a_run_used()
    {
        await RecordedRun.WriteAsync(_app, TestApp.Now, Accepted);
        await _app.RunAsync("replay", "out", "--output", "again");
        _app.WriteWork("w.yaml", Accepted);

        var result = await _app.RunAsync("waivers", "audit", "w.yaml", "--against", "again");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Output, Does.Contain("used").And.Contain("run r1: ID-6 failed and is waived until 2026-03-01."));
    }
}
