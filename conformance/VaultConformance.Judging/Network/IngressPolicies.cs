using k8s.Models;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Network;

/// <summary>Whether NetworkPolicies name everybody who may connect to a server.</summary>
/// <param name="objects">Holds policies and pods.</param>
internal sealed class IngressPolicies(AdmittedObjects objects)
{
    private const string Selected = "policies for what may come in";

    /// <summary>Judges a server.</summary>
    /// <param name="server">The server pod.</param>
    /// <param name="keptOut">
    /// True when a pod of a foreign namespace was seen to be kept out. Without a NetworkPolicy something else did that, which is not read.
    /// </param>
    public IEnumerable<Judgement> Judge(V1Pod server, bool keptOut)
    {
        var policies = new ServerPolicies(objects, server);
        if (policies.Doubt is { } doubt)
        {
            return [Judgement.Unknown(Selected, "one or more", doubt)];
        }

        var found = policies.Ingress;
        if (found.Count == 0 && keptOut)
        {
            return
            [
                Judgement.Unknown(
                    Selected, "one or more", "none, and yet a pod of a foreign namespace was kept out: by something that is not read, such "
                        + "as a policy of Cilium, of Calico or of the platform"),
            ];
        }

        return found.Count == 0
            ?
            [
                Judgement.Of(Selected, false, "one or more", "none").SayingOfSubject(
                    "is selected by no NetworkPolicy for what may come in, so that every pod of the cluster may connect to it",
                    "are selected by no NetworkPolicy for what may come in, so that every pod of the cluster may connect to them"),
            ]
            : [JudgePeers(found), JudgeLabels(found), JudgeClusterPort(policies)];
    }

    private static Judgement JudgePeers(IReadOnlyList<V1NetworkPolicy> policies) => Judgement.None(
            "who may connect without being named",
            ListRules(policies).SelectMany(rule => PolicyPeers.ListOpen(rule.Rule.FromProperty)
                .Select(who => $"{rule.Policy} admits {who} on {PolicyPorts.Describe(rule.Rule.Ports)}")).Distinct())
        .Saying(found => $"A NetworkPolicy names nobody in particular: {found}.");

    private static Judgement JudgeLabels(IReadOnlyList<V1NetworkPolicy> policies)
    {
        var labelled = ListRules(policies).SelectMany(rule => PolicyPeers.ListLabelled(rule.Rule.FromProperty)).Distinct().ToList();
        return Judgement.Advised(
            "peers that name their namespace", labelled.Count == 0, "all", labelled.Count == 0 ? "all" : string.Join(", ", labelled));
    }

    private Judgement JudgeClusterPort(ServerPolicies policies)
    {
        var (number, name) = policies.Cluster;
        List<V1Pod> others = [.. objects.Pods.Where(pod => !objects.ServerPods.Contains(pod))];
        return Judgement.None(
                $"who may connect to the cluster port {number} beside the servers",
                ListRules(policies.Ingress).Where(rule => PolicyPorts.Cover(rule.Rule.Ports, number, name))
                    .SelectMany(rule => ListStrangers(rule.Rule.FromProperty, others)).Distinct())
            .Saying(found => $"The cluster port {number} is for the servers only, and a NetworkPolicy also admits {found}.");
    }

    private IEnumerable<string> ListStrangers(IList<V1NetworkPolicyPeer>? peers, List<V1Pod> others) => peers is { Count: > 0 }
        ? peers.Where(peer => !PolicyPeers.IsServersOnly(peer, objects.ServerPods, others)).Select(PolicyPeers.Describe)
        : [PolicyPeers.Everybody];

    private static IEnumerable<(string Policy, V1NetworkPolicyIngressRule Rule)> ListRules(IEnumerable<V1NetworkPolicy> policies) =>
        policies.SelectMany(policy => (policy.Spec.Ingress ?? []).Select(rule => (policy.Metadata.Name, rule)));
}
