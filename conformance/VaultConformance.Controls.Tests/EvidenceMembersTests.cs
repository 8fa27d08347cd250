using System.Text.Json;
using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Records;
using Outcome = VaultConformance.Reporting.Model.Outcome;

namespace VaultConformance.Controls.Tests;

/// <summary>The members of the evidence that reports show beside a control are there, and show why it failed.</summary>
public sealed class EvidenceMembersTests
{
    private static readonly IReadOnlyList<ControlDescriptor> Controls = ControlCatalogue.BuiltIn.Controls;

    [Test]
    public async Task Every_member_is_in_the_evidence_of_a_release()
    {
        using var folder = new TemporaryFolder();
        await new ReleaseEvidence().WriteAsync(folder.Path);
        var files = Directory.GetFiles(folder.Path, "*.json", SearchOption.AllDirectories).Select(file => file.Replace('\\', '/')).ToList();

        var wrong = Controls.SelectMany(control => control.Evidence.Select(EvidenceMember.Parse)
            .Where(member => !files.Where(member.IsIn).Any(file => IsThere(member, file)))
            .Select(member => $"{control.Id}: {member.Kind} {string.Join('.', member.Steps)}"));

        Assert.That(wrong, Is.Empty);
    }

    [TestCase("real-chart-defaults", "FS-1", """pods[vd-vault-0].spec.containers[vault].securityContext: {"allowPrivilegeEscalation":false}""")]
    [TestCase("real-chart-defaults", "ID-5", "processes[1].seccomp: 0")]
    [TestCase("real-chart-defaults", "FS-2", """attempts[/vault/logs].result: "Written" """)]
    [TestCase("real-chart-defaults", "MEM-4", "pods[vd-vault-0].spec.containers[vault].resources: {}")]
    [TestCase("real-hardened-ha-raft", "CORE-2", """processes[1].limits.coreFileSize: {"soft":0,"hard":null}""")]
    public async Task A_failed_control_shows_what_it_failed_by(string release, string control, string line)
    {
        var results = await RecordedEvidenceTests.JudgeAsync(release);
        var evidence = new Harness.Observations.EvidenceFolder(RecordedEvidenceTests.Folder(release));

        var shown = new EvidenceExcerpts(evidence).AddTo([results[control]]).Single();

        Assert.That(shown.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(shown.Excerpt.Lines.Select(found => found.Text), Does.Contain(line.Trim()));
    }

    private static bool IsThere(EvidenceMember member, string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        // What an object of Kubernetes does not set is not in it.
        var known = member.Kind == "objects" ? member with { Steps = [.. member.Steps.Take(1)] } : member;
        return known.ListIn(document.RootElement.GetProperty("value"), new FindingWords([])).All(found => found.Json != "(not there)");
    }
}
