using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Cluster;

/// <summary>What was read of a cluster to tell its capabilities.</summary>
/// <param name="Kind">See <see cref="ClusterFacts.Kind"/>.</param>
/// <param name="Version">Version of the API server.</param>
/// <param name="Groups">API groups it serves.</param>
/// <param name="CoreResources">Resources of the core group.</param>
/// <param name="Nodes">Nodes; null when they may not be listed.</param>
/// <param name="DaemonSets">DaemonSets of all namespaces; null when they may not be listed.</param>
/// <param name="ServerSideApply">Result of trying it.</param>
internal sealed record ClusterSighting(
    string Kind,
    KubernetesVersion Version,
    IList<V1APIGroup> Groups,
    IList<V1APIResource> CoreResources,
    IList<V1Node>? Nodes,
    IList<V1DaemonSet>? DaemonSets,
    Capability? ServerSideApply)
{
    /// <summary>K3s marks its kubelets.</summary>
    public bool IsK3s =>
        Nodes?.Any(node => node.Status?.NodeInfo?.KubeletVersion?.Contains("+k3s", StringComparison.Ordinal) == true) == true;

    /// <summary>K3s, and the offline node like it, notes on its nodes how they were started.</summary>
    public bool HasK3sArguments => Nodes?.Any(node => node.Metadata.Annotations?.ContainsKey(K3sArguments.Annotation) == true) == true;

    /// <summary>True when a node was started with the argument, or with the item in a comma-separated list of that argument.</summary>
    public bool IsK3sStartedWith(string argument, string? item = null) => (Nodes ?? [])
        .Select(node => node.Metadata.Annotations?.TryGetValue(K3sArguments.Annotation, out var text) == true ? text : null)
        .Any(text => K3sArguments.Hold(text, argument, item));
}
