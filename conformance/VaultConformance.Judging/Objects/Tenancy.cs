using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Judging.Objects;

/// <summary>Whether the servers have a namespace and nodes of their own.</summary>
/// <param name="objects">The objects of the namespace.</param>
/// <param name="parameters">Parameters of the profile.</param>
internal sealed class Tenancy(AdmittedObjects objects, ProfileParameters parameters)
{
    private const string OnNodes = "pods that share nodes with the servers";
    private static readonly string[] Shared = ["default", "kube-system", "kube-public", "kube-node-lease"];

    /// <summary>Judges the namespace.</summary>
    public IEnumerable<Judgement> JudgeNamespace()
    {
        const string Fact = "namespace";
        const string Own = "one of its own";
        yield return objects.Namespace?.Metadata?.Name is { } name
            ? Judgement.Of(Fact, !Shared.Contains(name, StringComparer.Ordinal), Own, name)
                .Saying($"The release is in the namespace '{name}', which it shares with others.")
            : Judgement.Unknown(Fact, Own, "the namespace was not recorded");
        yield return Judgement.None(
                "foreign workloads in the namespace",
                Tenants.ListUndeclared(objects, parameters.DeclaredWorkloads).Where(tenant => !tenant.OfRelease)
                    .Select(tenant => tenant.Subject))
            .Saying(found =>
                $"Others run in the namespace of the servers, and the profile does not declare them (declaredWorkloads): {found}.");
    }

    /// <summary>Judges the nodes.</summary>
    /// <param name="facts">What is on them.</param>
    public IEnumerable<Judgement> JudgeNodes(TenancyFacts facts)
    {
        if (parameters.DedicatedClusterAttestation is { } attestation)
        {
            return [Judgement.Of(OnNodes, true, "none, or a cluster for Vault alone", $"attested: {attestation}")];
        }

        var known = facts.Nodes.Select(node => node.Name).ToHashSet(StringComparer.Ordinal);
        var missing = objects.ServerPods.Where(pod => pod.Spec.NodeName is not { } node || !known.Contains(node))
            .Select(pod => pod.Metadata.Name).ToList();
        return missing.Count > 0
            ? [Judgement.Unknown(OnNodes, "none", $"what is on the nodes of these pods was not recorded: {string.Join(", ", missing)}")]
            : facts.Nodes.SelectMany(Judge);
    }

    private IEnumerable<Judgement> Judge(TenancyNode node)
    {
        var home = objects.Namespace?.Metadata?.Name;
        yield return Judgement.None(
                $"{OnNodes} ({node.Name})",
                node.Pods.Where(pod => pod.Namespace != home && pod.Namespace != "kube-system" && !IsOfNode(pod))
                    .Select(pod => $"{pod.Namespace}/{pod.Name}"))
            .Saying(found => $"Other workloads run on node '{node.Name}' beside Vault: {found}.");
        yield return JudgeTaints(node);
    }

    // What runs on every node, and what the node itself starts, belongs to the node.
    private static bool IsOfNode(TenancyPod pod) => pod.Owner is V1DaemonSet.KubeKind or V1Node.KubeKind;

    private static Judgement JudgeTaints(TenancyNode node)
    {
        var fact = $"taints that keep others off node {node.Name}";
        const string Expected = "at least one";
        if (node.Taints is not { } taints)
        {
            return Judgement.Unknown(fact, Expected, "the credentials may not read the node");
        }

        // Kubernetes sets its own taints while a node is not well, and takes them away again.
        var keeping = taints.Where(taint => (taint.EndsWith(":NoSchedule", StringComparison.Ordinal)
            || taint.EndsWith(":NoExecute", StringComparison.Ordinal))
                && !taint.StartsWith("node.kubernetes.io/", StringComparison.Ordinal))
            .ToList();
        return Judgement.Of(fact, keeping.Count > 0, Expected, keeping.Count > 0 ? string.Join(", ", keeping) : "none")
            .Saying($"Nothing keeps other workloads off node '{node.Name}': it has no taint.");
    }
}
