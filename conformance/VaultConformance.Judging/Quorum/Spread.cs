using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Quorum;

/// <summary>Whether the servers are on different nodes and zones, and have to be.</summary>
internal static class Spread
{
    private const string Host = "kubernetes.io/hostname";
    private const string Zone = "topology.kubernetes.io/zone";
    private const string Zones = "zones of the servers";

    /// <summary>Judges where the servers are.</summary>
    /// <param name="pods">The server pods.</param>
    /// <param name="tenancy">The nodes that they are on.</param>
    public static IEnumerable<Judgement> Judge(IReadOnlyList<V1Pod> pods, TenancyFacts tenancy)
    {
        var unknown = pods.Where(pod => string.IsNullOrEmpty(pod.Spec.NodeName)).Select(pod => pod.Metadata.Name).ToList();
        yield return unknown.Count > 0
            ? Judgement.Unknown("servers that share a node", "none", $"where these are is not recorded: {string.Join(", ", unknown)}")
            : Judgement.None(
                    "servers that share a node",
                    pods.GroupBy(pod => pod.Spec.NodeName).Where(group => group.Count() > 1)
                        .Select(group => $"{string.Join(" and ", group.Select(pod => pod.Metadata.Name))} on {group.Key}"))
                .Saying(found => $"Servers share a node, and are lost together: {found}.");
        yield return Judgement.None(
                "servers that nothing keeps apart", pods.Where(pod => !IsKeptApart(pod)).Select(pod => pod.Metadata.Name))
            .Saying(found => $"Nothing keeps these servers on different nodes when they start again: {found}.")
            .AsRecommendation();
        yield return JudgeZones(pods, tenancy).AsRecommendation();
    }

    private static Judgement JudgeZones(IReadOnlyList<V1Pod> pods, TenancyFacts tenancy)
    {
        const string Expected = "more than one";
        var labels = tenancy.Nodes.ToDictionary(node => node.Name, node => node.Labels, StringComparer.Ordinal);
        var nodes = pods.Select(pod => pod.Spec.NodeName).OfType<string>().Distinct().ToList();
        if (nodes.Exists(node => labels.GetValueOrDefault(node) is null))
        {
            return Judgement.Unknown(Zones, Expected, "the labels of the nodes were not recorded");
        }

        var zones = nodes.Select(node => labels[node]!.GetValueOrDefault(Zone)).OfType<string>().Distinct().ToList();
        return zones.Count == 0
            ? Judgement.Irrelevant(Zones, $"the nodes have no label {Zone}")
            : Judgement.Of(Zones, zones.Count > 1, Expected, string.Join(", ", zones))
                .Saying($"All servers are in one zone: {string.Join(", ", zones)}.");
    }

    private static bool IsKeptApart(V1Pod pod) =>
        (pod.Spec.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution ?? [])
            .Any(term => term.TopologyKey == Host && IsAtHome(term, pod) && term.LabelSelector.Selects(pod))
        || (pod.Spec.TopologySpreadConstraints ?? []).Any(constraint =>
            constraint is { TopologyKey: Host, WhenUnsatisfiable: "DoNotSchedule", MaxSkew: 1 } && constraint.LabelSelector.Selects(pod));

    // Without a word about namespaces a rule is about the pod's own.
    private static bool IsAtHome(V1PodAffinityTerm term, V1Pod pod) =>
        term is { Namespaces: null or { Count: 0 }, NamespaceSelector: null }
        || (pod.Metadata.NamespaceProperty is { } home && term.Namespaces?.Contains(home) == true)
        || term.NamespaceSelector is { MatchLabels: null or { Count: 0 }, MatchExpressions: null or { Count: 0 } };
}
