using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>A single server without a cluster, and a release without TLS.</summary>
public sealed class StandaloneTests
{
    [Test]
    public void A_standalone_server_has_no_cluster_traffic_to_judge()
    {
        var results = Judge(new ReleaseEvidence());

        Assert.That((results["TLS-7"].Outcome, results["TLS-7"].Reason), Is.EqualTo((Outcome.NotApplicable, "vault-0: a standalone server talks to no other")));
        Assert.That(results["TLS-1"].Outcome, Is.EqualTo(Outcome.Passed));
    }

    [Test]
    public void A_single_server_has_no_quorum_and_nothing_to_spread()
    {
        var results = Judge(new ReleaseEvidence());

        Assert.That((results["HA-1"].Outcome, results["HA-1"].Summary), Is.EqualTo((Outcome.Failed, "The server keeps its data in storage 'file', which only one server can use: when that is lost, Vault is.")));
        Assert.That((results["HA-2"].Outcome, results["HA-2"].Reason), Is.EqualTo((Outcome.NotApplicable, "a single server has nothing to spread; HA-1 judges whether one is enough")));
    }

    [Test]
    public void A_single_server_that_the_profile_means_needs_no_quorum()
    {
        var results = Judge(new ReleaseEvidence { Profile = profile => profile with { Parameters = profile.Parameters with { SingleServer = true } } });

        Assert.That((results["HA-1"].Outcome, results["HA-1"].Reason), Is.EqualTo((Outcome.NotApplicable, "the profile declares that a single server is meant (singleServer)")));
    }

    [Test]
    public void A_cluster_port_must_not_be_published_even_then()
    {
        var evidence = new ReleaseEvidence();
        evidence.Services[0].Spec.Type = "NodePort";

        var results = Judge(evidence);

        Assert.That(results["TLS-7"].Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(results["TLS-7"].Reason, Does.Contain("8201 by type NodePort"));
    }

    [Test]
    public void Nothing_of_TLS_applies_where_the_profile_declares_that_there_is_none()
    {
        var evidence = new ReleaseEvidence { Profile = profile => profile with { Parameters = profile.Parameters with { WithoutTls = true } } };

        var results = evidence.Judge();

        Assert.That(results.Where(pair => pair.Key.StartsWith("TLS-", StringComparison.Ordinal)).Select(pair => pair.Value.Outcome), Has.All.EqualTo(Outcome.NotApplicable));
    }

    [Test]
    public void Plaintext_fails_every_control_that_needs_a_certificate()
    {
        var evidence = new ReleaseEvidence();
        foreach (var pod in evidence.Servers)
        {
            pod.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with
            {
                Plaintext = new PlaintextAnswer(PlaintextAnswerKind.HttpAnswered, 200, "{}"),
                Handshakes = [.. endpoint.Handshakes.Select(handshake => CompliantTransport.Refuse(handshake.Offered))],
            });
        }

        evidence.Paths[0] = evidence.Paths[0] with
        {
            Fingerprints = new Dictionary<string, int>(), Plaintext = new PlaintextAnswer(PlaintextAnswerKind.HttpAnswered, 200, "{}"),
        };

        var results = evidence.Judge();

        Assert.That(
            results.Where(pair => pair.Value.Outcome == Outcome.Failed).Select(pair => pair.Key),
            Is.EquivalentTo(["TLS-1", "TLS-2", "TLS-3", "TLS-4", "TLS-5", "TLS-6"]));
    }

    private static IReadOnlyDictionary<string, ControlResult> Judge(ReleaseEvidence evidence)
    {
        evidence.StatefulSet.Spec.Replicas = 1;
        evidence.First.VaultState = evidence.First.VaultState! with { StorageType = "file", Standby = false };
        evidence.First.ChangeConfig(CompliantPod.Config.Replace("storage \"raft\"", "storage \"file\"", StringComparison.Ordinal));
        return evidence.Judge(source =>
        {
            var objects = evidence.Objects();
            return source.Set(ObservationKinds.Objects, Subjects.Release, objects with { Pods = [evidence.First.Admitted] });
        });
    }
}
