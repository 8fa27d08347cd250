using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the controls on quorum and spread have to notice.</summary>
internal static class QuorumMutations
{
    public static IEnumerable<Mutation> All =>
    [
        Raft("one voter", "has 1 voter:", facts => facts with { Peers = Only(facts, 1) }, also: "HA-2"),
        Raft("two voters and a read replica", "has 2 voters:", facts => facts with { Peers = [.. facts.Peers.Select(peer => peer with { Voter = peer.NodeId != "vault-2" })] }, also: "HA-2"),
        Raft("a member that was lost with its claim", "vault-3 (vault-3.vault-internal:8201)", facts => facts with { Peers = [.. facts.Peers, Peer("vault-3", false)] }),
        Raft("a member at an address that is no pod's", "vault-2 (10.9.9.9:8201)", facts => facts with { Peers = [.. Only(facts, 2), Peer("vault-2") with { Address = "10.9.9.9:8201" }] }),
        Raft("a name that only begins like a pod's", "vault-2 (vault-20.vault-internal:8201)", facts => facts with { Peers = [.. Only(facts, 2), Peer("vault-2") with { Address = "vault-20.vault-internal:8201" }] }),
        Raft("not healthy", "not healthy", facts => facts with { Healthy = false }),
        Raft("no loss survived", "survives the loss of no member", facts => facts with { FailureTolerance = 0 }),
        Raft("autopilot was not read", "status 403", facts => facts with { Healthy = null, FailureTolerance = null, AutopilotProblem = "status 403" }, Outcome.Inconclusive),
        Release("HA-1", "the members were not recorded", "'raft'", release => release.Raft = null, Outcome.Inconclusive, also: "HA-2"),
        Raft("four voters", "has 4 voters:", facts => facts with { Peers = [.. facts.Peers, Peer("vault-3")] }),
        Raft("a member by the address of its pod", "", facts => facts with { Peers = [.. Only(facts, 2), Peer("vault-2") with { Address = "10.42.0.7:8201" }] }, Outcome.Passed),
        Stored("a folder that only one server can use", "storage 'file'", "file", Outcome.Failed, "HA-4", "MEM-2", "TLS-7"),
        Stored("storage that is reached by a network", "which this run does not see", "consul", Outcome.NotApplicable, "HA-4", "MEM-2", "TLS-7"),
        Stored("storage that nobody knows", "not a kind of storage that this program knows", "floppy", Outcome.Inconclusive, "HA-4", "MEM-2", "TLS-7"),
        Pod("HA-1", "a server that does not say its storage", "does not say which storage", pod => pod.VaultState = pod.VaultState! with { StorageType = "" }, Outcome.Inconclusive),

        Nodes("two servers on one node", "vault-0 and vault-1 on node", release => release.Second.Admitted.Spec.NodeName = "node"),
        Release("HA-2", "the node of a server was not recorded", "vault-1", release => release.Second.Admitted.Spec.NodeName = null, Outcome.Inconclusive, null, "K8S-2"),
        Nodes("nothing that keeps servers apart", "when they start again: vault-1", release => release.Second.Admitted.Spec.Affinity = null, level: Requirement.Should),
        Nodes("a rule for the pods of others", "when they start again: vault-1", release => Term(release).LabelSelector.MatchLabels = new Dictionary<string, string> { ["app"] = "other" }, level: Requirement.Should),
        Nodes("a spread that has to be", "", release =>
        {
            release.Second.Admitted.Spec.TopologySpreadConstraints =
            [
                new V1TopologySpreadConstraint { TopologyKey = Term(release).TopologyKey, WhenUnsatisfiable = "DoNotSchedule", MaxSkew = 1, LabelSelector = Term(release).LabelSelector },
            ];
            release.Second.Admitted.Spec.Affinity = null;
        }, Outcome.Passed),
        Nodes("all in one zone", "All servers are in one zone: a.", release => release.Tenancy = new TenancyFacts(
            [.. release.Tenancy!.Nodes.Select(node => node with { Labels = new Dictionary<string, string> { ["topology.kubernetes.io/zone"] = "a" } })]), level: Requirement.Should),
        Nodes("nodes whose labels may not be read", "labels of the nodes", release => release.Tenancy = new TenancyFacts(
            [.. release.Tenancy!.Nodes.Select(node => node with { Labels = null })]), Outcome.Inconclusive, Requirement.Should),
        Nodes("no budget", "No PodDisruptionBudget keeps", release => release.Budgets!.Clear()),
        Nodes("a budget for others", "No PodDisruptionBudget keeps", release => release.Budgets![0].Spec.Selector.MatchLabels = new Dictionary<string, string> { ["app"] = "other" }),
        Nodes("a budget that selects by expressions", "", release => release.Budgets![0].Spec.Selector = new V1LabelSelector { MatchExpressions = [new V1LabelSelectorRequirement { Key = "component", OperatorProperty = "In", Values = ["server"] }] }, Outcome.Passed),
        Nodes("a budget that leaves a server out by an expression", "No PodDisruptionBudget keeps", release => release.Budgets![0].Spec.Selector.MatchExpressions = [new V1LabelSelectorRequirement { Key = "vault-active", OperatorProperty = "NotIn", Values = ["true"] }]),
        Nodes("a budget that other pods fill", "A drain may take 2 of 3", release =>
        {
            release.OtherPods.Add(TenancyMutations.Other("helper", "vault"));
            release.OtherPods[0].Metadata.Labels["guard"] = "true";
            foreach (var pod in release.Servers)
            {
                pod.Admitted.Metadata.Labels["guard"] = "true";
            }

            release.Budgets![0] = Budget("vault", null, "2");
            release.Budgets[0].Spec.Selector.MatchLabels = new Dictionary<string, string> { ["guard"] = "true" };
        }),
        Nodes("a budget for three voters of which one is a read replica", "", release => release.Raft = release.Raft! with { Peers = [.. release.Raft.Peers, Peer("vault-3", false)] }, Outcome.Passed, null, "HA-1"),
        Nodes("two budgets", "Several PodDisruptionBudgets", release => release.Budgets!.Add(Budget("second", "1", null))),
        Nodes("a budget that allows too many", "A drain may take 2 of 3", release => release.Budgets![0] = Budget("vault", "2", null)),
        Nodes("a share that is rounded up", "A drain may take 2 of 3", release => release.Budgets![0] = Budget("vault", "34%", null)),
        Nodes("a share that is just small enough", "", release => release.Budgets![0] = Budget("vault", "33%", null), Outcome.Passed),
        Nodes("enough that have to stay", "", release => release.Budgets![0] = Budget("vault", null, "2"), Outcome.Passed),
        Nodes("too few that have to stay", "A drain may take 2 of 3", release => release.Budgets![0] = Budget("vault", null, "1")),
        Nodes("a budget of another shape", "says nothing that can be read", release => release.Budgets![0] = Budget("vault", null, null), Outcome.Inconclusive),
        Nodes("the budgets were not recorded", "were not recorded", release => release.Budgets = null, Outcome.Inconclusive),
        Release("HA-1", "several servers, though the profile means one", "has 2 voters:", release =>
        {
            release.Raft = release.Raft! with { Peers = Only(release.Raft, 2) };
            release.Profile = profile => profile with { Parameters = profile.Parameters with { SingleServer = true } };
        }, Outcome.Failed, null, "HA-2"),
        Nodes("no budget, because the run switched it off", "the run switched the chart's budget off", release =>
        {
            release.Budgets!.Clear();
            release.Facts = new ReleaseFacts("vault", "vault", 1, "vault", "0.34.1", "2.0.4", "chart", "ab", "v4", [], "{}", ["server.ha.disruptionBudget.enabled: Kubernetes v1.20.2 has no policy/v1."], [], "hashicorp/vault", false, "client", null);
        }, Outcome.Inconclusive),
        Nodes("a cluster of one node", "one node only", release => release.Nodes = ["node"], Outcome.NotApplicable),
        Nodes("no budget in a cluster of one node", "No PodDisruptionBudget keeps", release =>
        {
            release.Nodes = ["node"];
            release.Budgets!.Clear();
        }),
    ];

    /// <summary>A member of the integrated storage.</summary>
    /// <param name="name">Its pod.</param>
    /// <param name="voter">Whether it counts.</param>
    public static RaftPeer Peer(string name, bool voter = true) => new(name, $"{name}.vault-internal:8201", name == "vault-0", voter);

    /// <summary>A budget for the servers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="most">How many may be missing.</param>
    /// <param name="least">How many have to stay.</param>
    public static V1PodDisruptionBudget Budget(string name, string? most, string? least) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1PodDisruptionBudgetSpec
        {
            MaxUnavailable = most is null ? null : (IntOrString)most,
            MinAvailable = least is null ? null : (IntOrString)least,
            Selector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["component"] = "server" } },
        },
    };

    private static RaftPeer[] Only(RaftFacts facts, int count) => [.. facts.Peers.Take(count)];

    private static V1PodAffinityTerm Term(ReleaseEvidence release) => release.Second.Admitted.Spec.Affinity.PodAntiAffinity.RequiredDuringSchedulingIgnoredDuringExecution[0];

    private static Mutation Raft(string deviation, string reason, Func<RaftFacts, RaftFacts> change, Outcome outcome = Outcome.Failed, params string[] also) =>
        Release("HA-1", deviation, reason, release => release.Raft = change(release.Raft!), outcome, null, also);

    private static Mutation Stored(string deviation, string reason, string kind, Outcome outcome, params string[] also) => Release("HA-1", deviation, reason, release =>
    {
        foreach (var pod in release.Servers)
        {
            pod.VaultState = pod.VaultState! with { StorageType = kind };
        }
    }, outcome, null, also);

    private static Mutation Nodes(string deviation, string reason, Action<ReleaseEvidence> change, Outcome outcome = Outcome.Failed, Requirement? level = null, params string[] also) =>
        Release("HA-2", deviation, reason, change, outcome, level, also);
}
