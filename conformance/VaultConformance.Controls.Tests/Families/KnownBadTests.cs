using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>The known-bad matrix: a compliant release passes every control, and each deviation flips exactly the controls that are about it.</summary>
public sealed class KnownBadTests
{
    // Which pods it refuses, tests of the standard itself prove. Many deviations make one that it refuses.
    private const string Standard = "K8S-1";

    internal static IReadOnlyList<Mutation> Everything =>
    [
        .. CoreMutations.All,
        .. MemoryMutations.All,
        .. IdentityMutations.All,
        .. FilesystemMutations.All,
        .. ConfigurationMutations.All,
        .. CredentialMutations.All,
        .. KeyMutations.All,
        .. ShareMutations.All,
        .. FileArgumentMutations.All,
        .. UnclearMutations.All,
        .. SidecarMutations.All,
        .. ProcessMutations.All,
        .. ProcessMutations.Further,
        .. ClosedWorldMutations.All,
        .. TransportMutations.All,
        .. CertificateMutations.All,
        .. ChainMutations.All,
        .. NameMutations.All,
        .. EntryMutations.All,
        .. BalancerMutations.All,
        .. SocketMutations.All,
        .. OfferMutations.All,
        .. DeclaredLooselyMutations.All,
        .. KeyPlaceMutations.All,
        .. ClusterWayMutations.All,
        .. StopMutations.All,
        .. RecordedWholeMutations.All,
        .. PlainAddressMutations.All,
        .. HostNameMutations.All,
        .. OtherWayMutations.All,
        .. UnknownEndMutations.All,
        .. ForeignKindMutations.All,
        .. ClusterPortMutations.All,
        .. UpstreamMutations.All,
        .. OverlookedMutations.All,
        .. OverlookedMutations.WithoutInit,
        .. ContradictionMutations.All,
        .. ListenerContradictionMutations.All,
        .. UpgradeMutations.All,
        .. AccountMutations.All,
        .. RightsMutations.All,
        .. LimitMutations.All,
        .. PersistenceMutations.All,
        .. MountMutations.All,
        .. PolicyMutations.All,
        .. HardeningMutations.All,
        .. AuditMutations.All,
        .. ExposureMutations.All,
        .. FootprintMutations.All,
        .. TenancyMutations.All,
        .. PodSecurityMutations.All,
        .. AccessMutations.All,
        .. QuorumMutations.All,
        .. NetworkMutations.All,
        .. EligibilityMutations.All,
    ];

    [Test]
    public void Compliant_release_passes_every_control()
    {
        var results = new ReleaseEvidence().Judge();

        Assert.That(results.Values.Where(result => result.Outcome != Outcome.Passed).Select(Text), Is.Empty);
        Assert.That(results, Has.Count.EqualTo(ControlCatalogue.BuiltIn.Controls.Count));
    }

    [TestCaseSource(nameof(Everything))]
    public void Deviation_flips_exactly_the_controls_that_are_about_it(Mutation mutation)
    {
        ArgumentNullException.ThrowIfNull(mutation);
        var evidence = new ReleaseEvidence();
        mutation.Change(evidence);

        var results = evidence.Judge();

        var result = results[mutation.Control];
        var flipped = results.Where(pair => pair.Value.Outcome != Outcome.Passed).Select(pair => pair.Key);
        IReadOnlyList<string> also = mutation.Control != Standard && SimulatedAdmission.Refuses(evidence) ? [.. mutation.Also, Standard] : mutation.Also;
        Assert.That(flipped, Is.EquivalentTo(mutation.Outcome == Outcome.Passed ? also : [mutation.Control, .. also]), Text(result));
        Assert.That(Text(result), Does.Contain(mutation.Reason).And.StartsWith($"{mutation.Control} {mutation.Outcome}"));
        Assert.That(result.Level, Is.EqualTo(mutation.Level ?? result.Control.Level));
        Assert.That(results.Values.Select(FindProblemOfSummary).OfType<string>(), Is.Empty);
    }

    [Test]
    public void Nothing_passes_when_nothing_can_be_observed()
    {
        var results = new ReleaseEvidence().Judge(_ => new FakeSource());

        Assert.That(results.Values.Select(result => result.Outcome).Distinct(), Is.EqualTo([Outcome.Inconclusive]));
    }

    [Test]
    public void Nothing_but_what_is_declared_passes_when_no_pod_can_be_looked_into()
    {
        var evidence = new ReleaseEvidence();
        foreach (var pod in evidence.Servers)
        {
            (pod.Processes, pod.Mounts, pod.WriteAttempts, pod.CoreSettings, pod.Memory) = (null, null, null, null, null);
            (pod.Files, pod.PreStop, pod.VaultState, pod.Log, pod.Reload) = (null, null, null, null, null);
            (pod.Sockets, pod.Listeners) = (null, null);
        }

        var results = evidence.Judge();

        Assert.That(results.Where(pair => pair.Value.Outcome == Outcome.Passed).Select(pair => pair.Key), Is.EquivalentTo(["API-2", "API-3", "API-4", "API-5", "API-9", "API-10", "CORE-5", "HA-2", "ID-6", "K8S-1", "K8S-2", "K8S-3", "K8S-4", "K8S-5", "K8S-6", "NET-1", "NET-2", "PROC-2", "UPG-1", "UPG-2"]));
    }

    // A failure is said in plain sentences; everything else by its reason.
    private static string? FindProblemOfSummary(ControlResult result) => result.Outcome == Outcome.Failed
        ? result.Summary.EndsWith('.') && !result.Summary.Contains("(expected ", StringComparison.Ordinal) && result.Summary != result.Reason
            ? null
            : $"{result.Control.Id}: '{result.Summary}' is not a plain sentence"
        : result.Summary == result.Reason && result.Cause is null ? null : $"{result.Control.Id}: '{result.Summary}'";

    private static string Text(ControlResult result) =>
        $"{result.Control.Id} {result.Outcome}: {result.Reason} {string.Join("; ", result.Findings.Select(finding => $"{finding.Fact}: {finding.Actual}"))} {result.Summary}";
}
