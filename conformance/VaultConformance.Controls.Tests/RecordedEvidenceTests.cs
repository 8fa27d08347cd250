using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Tests;

/// <summary>Judges observations that were taken from real releases of the official chart, see Evidence/README.md.</summary>
public sealed class RecordedEvidenceTests
{
    [Test]
    public async Task Real_hardened_release_is_judged_as_it_was_measured()
    {
        var results = await JudgeAsync("real-hardened-ha-raft");

        Assert.That(
            With(results, Outcome.Passed),
            Is.EquivalentTo(["CORE-1", "CORE-3", "FS-1", "HA-5", "ID-1", "ID-2", "ID-3", "ID-4", "ID-5", "K8S-3", "MEM-1", "MEM-3", "MEM-4", "PROC-2", "PROC-3", "UPG-1"]));
        Assert.That(With(results, Outcome.Failed), Is.EquivalentTo(["API-8", "CORE-2", "FS-2", "K8S-5", "PROC-1"]));
        Assert.That(results["PROC-1"].Reason, Does.Contain("sh (/bin/sh -ec) (tolerated: PROC-2 and PROC-3 show a clean shutdown)"));
        Assert.That(results["CORE-2"].Reason, Does.Contain("PID 1: 0/unlimited"));
        Assert.That((results["FS-2"].Level, results["FS-2"].Reason), Is.EqualTo((Requirement.Should, "vault-0: sizeLimit of emptyDir tmp: not set (expected set)")));
    }

    [Test]
    public async Task Real_release_of_the_charts_defaults_is_judged_as_it_was_measured()
    {
        var results = await JudgeAsync("real-chart-defaults");

        Assert.That(With(results, Outcome.Passed), Is.EquivalentTo(["CORE-1", "CORE-3", "ID-1", "ID-2", "ID-3", "K8S-3", "MEM-1", "UPG-1"]));
        Assert.That(With(results, Outcome.Failed), Is.EquivalentTo(["CORE-2", "FS-1", "FS-2", "ID-4", "ID-5", "K8S-1", "K8S-5", "MEM-4", "PROC-1", "TLS-1"]));
        Assert.That(results["FS-2"].Reason, Does.Contain("also /vault, /vault/logs, /vault/file"));
        Assert.That(results["FS-1"].Summary, Does.StartWith("The root file system is writable. readOnlyRootFilesystem is not set for container vault."));
        Assert.That(results["FS-2"].Summary, Does.StartWith("Vault can also write to /vault, /vault/logs, /vault/file."));
        Assert.That(
            results.Values.Where(result => result.Cause is not null).Select(result => $"{result.Control.Id} {result.Cause}"),
            Is.EquivalentTo(["FS-1 WritableRoot", "FS-2 WritableRoot", "ID-4 SecurityContext", "ID-5 SecurityContext", "K8S-1 SecurityContext", "TLS-1 TlsOff"]));
    }

    [Test]
    public async Task Evidence_that_is_written_and_read_again_gives_the_same_results()
    {
        using var folder = new TemporaryFolder();
        var evidence = new ReleaseEvidence();
        evidence.Second.ChangeInit(init => init with { Comm = "sh", CommandLine = ["/bin/sh"], Executable = null });
        await evidence.WriteAsync(folder.Path);

        var live = evidence.Judge();
        var replayed = await JudgeFolderAsync(folder.Path);

        Assert.That(replayed.Values.Select(Essence), Is.EqualTo(live.Values.Select(Essence)));
        Assert.That(With(replayed, Outcome.Failed), Is.EqualTo(["PROC-1"]));
    }

    [Test]
    public async Task Evidence_that_cannot_be_read_makes_controls_inconclusive_and_says_why()
    {
        using var folder = new TemporaryFolder();
        await new ReleaseEvidence().WriteAsync(folder.Path);
        var file = Path.Combine(folder.Path, "observations", "pod", "vault-1", "core-settings.json");
        await File.WriteAllTextAsync(file, "{");

        var results = await JudgeFolderAsync(folder.Path);

        Assert.That(With(results, Outcome.Inconclusive), Is.EqualTo(["CORE-3"]));
        Assert.That(results["CORE-3"].Reason, Does.StartWith($"Evidence file '{file}' cannot be read: ").And.EndWith("Record the evidence again."));
    }

    private static (ControlId, Outcome, string, string) Essence(ControlResult result) =>
        (result.Control.Id, result.Outcome, result.Reason, string.Join('\n', result.Findings));

    private static IEnumerable<string> With(IReadOnlyDictionary<string, ControlResult> results, Outcome outcome) =>
        results.Where(pair => pair.Value.Outcome == outcome).Select(pair => pair.Key);

    internal static string Folder(string name) => Path.Combine(TestContext.CurrentContext.TestDirectory, "Evidence", name);

    internal static Task<IReadOnlyDictionary<string, ControlResult>> JudgeAsync(string name) => JudgeFolderAsync(Folder(name));

    private static async Task<IReadOnlyDictionary<string, ControlResult>> JudgeFolderAsync(string folder)
    {
        var target = new Target(new RecordedObservationSource(new EvidenceStore(folder), TimeProvider.System));
        var outcome = await ConformanceSuite.RunAsync(target, Catalogue.Profile(), new SuiteOptions(), null, CancellationToken.None);
        return outcome.Results.Where(result => ReleaseEvidence.Families.Contains(result.Control.Id.Family)).ToDictionary(result => result.Control.Id.ToString());
    }
}
