using k8s.Models;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Everything that should be judged is there, or nothing is proved.</summary>
public sealed class SubjectTests
{
    // What is told once for the whole release, and not pod by pod.
    private static readonly string[] OfRelease = ["CORE-5", "ID-6", "PROC-2", "UPG-2"];

    [TestCase(4, "server pods that were judged: 3")]
    [TestCase(2, "server pods that were judged: 3")]
    public void Server_pods_that_are_missing_or_too_many_leave_every_control_open(int replicas, string reason)
    {
        var evidence = new ReleaseEvidence();
        evidence.StatefulSet.Spec.Replicas = replicas;

        ExpectOpen(evidence, reason);
    }

    [Test]
    public void A_server_pod_that_no_workload_declares_leaves_every_control_open()
    {
        var evidence = new ReleaseEvidence();
        evidence.Second.Admitted.Metadata.OwnerReferences[0].Name = "another";

        ExpectOpen(evidence, "server pods that were judged: 3, of which no workload declares vault-1");
    }

    [TestCase("Failed")]
    [TestCase("Succeeded")]
    [TestCase("Pending")]
    [TestCase("Unknown")]
    public void A_server_pod_that_does_not_run_leaves_every_control_open(string phase)
    {
        var evidence = new ReleaseEvidence();
        evidence.Second.Admitted.Status.Phase = phase;

        ExpectOpen(evidence, $"state of the pod: {phase}: what is recorded of it is not a running server");
    }

    [Test]
    public void A_container_that_runs_and_is_not_specified_leaves_every_control_open()
    {
        var evidence = new ReleaseEvidence();
        evidence.Second.Admitted.Status.ContainerStatuses.Add(new V1ContainerStatus { Name = "stranger" });

        ExpectOpen(evidence, "containers that run and are not in the pod's specification: stranger");
    }

    [Test]
    public void What_the_workload_declares_and_the_pod_does_not_have_leaves_every_control_open()
    {
        var evidence = new ReleaseEvidence();
        evidence.StatefulSet.Spec.Template.Spec.InitContainers = [new V1Container { Name = "setup" }];

        ExpectOpen(evidence, "initContainers (statefulset/vault)");
    }

    [Test]
    public void What_admission_added_or_changed_is_judged_as_it_is()
    {
        var evidence = new ReleaseEvidence();
        evidence.StatefulSet.Spec.Template.Spec.Containers = [new V1Container { Name = "vault", Image = PinnedImages.Pinned.Replace("hashicorp", "another", StringComparison.Ordinal) }];
        evidence.First.Container.Image = evidence.Second.Container.Image = "mirror/" + PinnedImages.Pinned;

        var results = evidence.Judge();

        Assert.That(results.Values.Where(result => result.Outcome != Outcome.Passed).Select(result => $"{result.Control.Id}: {result.Reason}"), Is.Empty);
    }

    private static void ExpectOpen(ReleaseEvidence evidence, string reason)
    {
        var results = evidence.Judge().Where(pair => !OfRelease.Contains(pair.Key)).ToList();

        Assert.That(results.Where(pair => pair.Value.Outcome != Outcome.Inconclusive).Select(pair => $"{pair.Key} {pair.Value.Outcome}"), Is.Empty);
        Assert.That(results[0].Value.Reason, Does.Contain(reason));
    }
}
