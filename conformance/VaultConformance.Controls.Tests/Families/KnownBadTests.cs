using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>The known-bad matrix: a compliant release passes every control, and each deviation flips exactly the controls that are about it.</summary>
public sealed class KnownBadTests
{
    [Test]
    public async Task Compliant_release_passes_every_control()
    {
        var results = await new ReleaseEvidence().JudgeAsync();

        Assert.That(results.Values.Where(result => result.Outcome != Outcome.Passed).Select(Text), Is.Empty);
        Assert.That(results, Has.Count.EqualTo(ControlCatalogue.BuiltIn.Controls.Count));
    }

    [TestCaseSource(typeof(CoreMutations), nameof(CoreMutations.All))]
    [TestCaseSource(typeof(MemoryMutations), nameof(MemoryMutations.All))]
    [TestCaseSource(typeof(IdentityMutations), nameof(IdentityMutations.All))]
    [TestCaseSource(typeof(FilesystemMutations), nameof(FilesystemMutations.All))]
    [TestCaseSource(typeof(ConfigurationMutations), nameof(ConfigurationMutations.All))]
    [TestCaseSource(typeof(CredentialMutations), nameof(CredentialMutations.All))]
    [TestCaseSource(typeof(KeyMutations), nameof(KeyMutations.All))]
    [TestCaseSource(typeof(ShareMutations), nameof(ShareMutations.All))]
    [TestCaseSource(typeof(FileArgumentMutations), nameof(FileArgumentMutations.All))]
    [TestCaseSource(typeof(UnclearMutations), nameof(UnclearMutations.All))]
    [TestCaseSource(typeof(SidecarMutations), nameof(SidecarMutations.All))]
    [TestCaseSource(typeof(ProcessMutations), nameof(ProcessMutations.All))]
    [TestCaseSource(typeof(ProcessMutations), nameof(ProcessMutations.Further))]
    [TestCaseSource(typeof(ClosedWorldMutations), nameof(ClosedWorldMutations.All))]
    [TestCaseSource(typeof(TransportMutations), nameof(TransportMutations.All))]
    [TestCaseSource(typeof(CertificateMutations), nameof(CertificateMutations.All))]
    [TestCaseSource(typeof(ChainMutations), nameof(ChainMutations.All))]
    [TestCaseSource(typeof(NameMutations), nameof(NameMutations.All))]
    [TestCaseSource(typeof(EntryMutations), nameof(EntryMutations.All))]
    [TestCaseSource(typeof(BalancerMutations), nameof(BalancerMutations.All))]
    [TestCaseSource(typeof(SocketMutations), nameof(SocketMutations.All))]
    [TestCaseSource(typeof(OfferMutations), nameof(OfferMutations.All))]
    [TestCaseSource(typeof(DeclaredLooselyMutations), nameof(DeclaredLooselyMutations.All))]
    [TestCaseSource(typeof(KeyPlaceMutations), nameof(KeyPlaceMutations.All))]
    [TestCaseSource(typeof(ClusterWayMutations), nameof(ClusterWayMutations.All))]
    [TestCaseSource(typeof(StopMutations), nameof(StopMutations.All))]
    [TestCaseSource(typeof(RecordedWholeMutations), nameof(RecordedWholeMutations.All))]
    [TestCaseSource(typeof(PlainAddressMutations), nameof(PlainAddressMutations.All))]
    [TestCaseSource(typeof(HostNameMutations), nameof(HostNameMutations.All))]
    [TestCaseSource(typeof(OtherWayMutations), nameof(OtherWayMutations.All))]
    [TestCaseSource(typeof(UnknownEndMutations), nameof(UnknownEndMutations.All))]
    [TestCaseSource(typeof(ForeignKindMutations), nameof(ForeignKindMutations.All))]
    [TestCaseSource(typeof(ClusterPortMutations), nameof(ClusterPortMutations.All))]
    [TestCaseSource(typeof(UpstreamMutations), nameof(UpstreamMutations.All))]
    [TestCaseSource(typeof(OverlookedMutations), nameof(OverlookedMutations.All))]
    [TestCaseSource(typeof(OverlookedMutations), nameof(OverlookedMutations.WithoutInit))]
    [TestCaseSource(typeof(ContradictionMutations), nameof(ContradictionMutations.All))]
    [TestCaseSource(typeof(ListenerContradictionMutations), nameof(ListenerContradictionMutations.All))]
    public async Task Deviation_flips_exactly_the_controls_that_are_about_it(Mutation mutation)
    {
        ArgumentNullException.ThrowIfNull(mutation);
        var evidence = new ReleaseEvidence();
        mutation.Change(evidence);

        var results = await evidence.JudgeAsync();

        var result = results[mutation.Control];
        var flipped = results.Where(pair => pair.Value.Outcome != Outcome.Passed).Select(pair => pair.Key);
        Assert.That(flipped, Is.EquivalentTo(mutation.Outcome == Outcome.Passed ? mutation.Also : [mutation.Control, .. mutation.Also]), Text(result));
        Assert.That(Text(result), Does.Contain(mutation.Reason).And.StartsWith($"{mutation.Control} {mutation.Outcome}"));
        Assert.That(result.Level, Is.EqualTo(mutation.Level ?? result.Control.Level));
        Assert.That(results.Values.Select(FindProblemOfSummary).OfType<string>(), Is.Empty);
    }

    [Test]
    public async Task Nothing_passes_when_nothing_can_be_observed()
    {
        var results = await new ReleaseEvidence().JudgeAsync(_ => new FakeSource());

        Assert.That(results.Values.Select(result => result.Outcome).Distinct(), Is.EqualTo([Outcome.Inconclusive]));
    }

    [Test]
    public async Task Nothing_but_what_is_declared_passes_when_no_pod_can_be_looked_into()
    {
        var evidence = new ReleaseEvidence();
        foreach (var pod in new[] { evidence.First, evidence.Second })
        {
            (pod.Processes, pod.Mounts, pod.WriteAttempts, pod.CoreSettings, pod.Memory) = (null, null, null, null, null);
            (pod.Files, pod.PreStop, pod.VaultState, pod.Log, pod.Reload) = (null, null, null, null, null);
            (pod.Sockets, pod.Listeners) = (null, null);
        }

        var results = await evidence.JudgeAsync();

        Assert.That(results.Where(pair => pair.Value.Outcome == Outcome.Passed).Select(pair => pair.Key), Is.EquivalentTo(["CORE-5", "ID-6", "PROC-2"]));
    }

    // A failure is said in plain sentences; everything else by its reason.
    private static string? FindProblemOfSummary(ControlResult result) => result.Outcome == Outcome.Failed
        ? result.Summary.EndsWith('.') && !result.Summary.Contains("(expected ", StringComparison.Ordinal) && result.Summary != result.Reason
            ? null
            : $"{result.Control.Id}: '{result.Summary}' is not a plain sentence"
        : result.Summary == result.Reason && result.Cause is null ? null : $"{result.Control.Id}: '{result.Summary}'";

    private static string Text(ControlResult result) =>
        $"{result.Control.Id} {result.Outcome}: {result.Reason} {string.Join("; ", result.Findings.Select(finding => $"{finding.Fact}: {finding.Actual}"))}";
}
