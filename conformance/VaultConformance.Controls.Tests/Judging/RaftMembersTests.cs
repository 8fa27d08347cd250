using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Quorum;
using VaultConformance.Reporting.Model;
using k8s.Models;

namespace VaultConformance.Controls.Tests.Judging;

/// <summary>Which pod a member of integrated storage is.</summary>
public sealed class RaftMembersTests
{
    [TestCase("vault-0:8201", true)]
    [TestCase("vault-0.vault-internal:8201", true)]
    [TestCase("vault-0.vault-internal.vault:8201", true)]
    [TestCase("vault-0.vault-internal.vault.svc.cluster.local:8201", true)]
    [TestCase("10.42.0.7:8201", true)]
    [TestCase("[fd00::7]:8201", true)]
    [TestCase("vault-0.vault-internal.other.svc:8201", false)]
    [TestCase("vault-00.vault-internal:8201", false)]
    [TestCase("10.42.0.70:8201", false)]
    [TestCase("", false)]
    public void A_member_is_the_pod_that_its_address_names(string address, bool expected)
    {
        var pod = new V1Pod
        {
            Metadata = new V1ObjectMeta { Name = "vault-0", NamespaceProperty = "vault" },
            Status = new V1PodStatus { PodIP = "10.42.0.7", PodIPs = [new V1PodIP { Ip = "10.42.0.7" }, new V1PodIP { Ip = "fd00::7" }] },
        };

        var judgements = RaftQuorum.Judge(new RaftFacts([new RaftPeer("a", address, true, true)], true, 1, null), [pod]);

        Assert.That(judgements.Where(judgement => judgement.Fact.Contains("member", StringComparison.Ordinal) && judgement.Expected == "none").Select(judgement => judgement.Outcome), Is.EqualTo(new[] { expected ? Outcome.Passed : Outcome.Failed, expected ? Outcome.Passed : Outcome.Failed }));
    }
}
