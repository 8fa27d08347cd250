namespace VaultConformance.Harness.Observations;

/// <summary>What shares the nodes with the servers.</summary>
/// <param name="Nodes">The nodes that server pods are on, by name.</param>
public sealed record TenancyFacts(IReadOnlyList<TenancyNode> Nodes);

/// <summary>A node with server pods.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Taints">
/// Its taints, as <c>KEY=VALUE:EFFECT</c>; null when the credentials may not read the node.
/// </param>
/// <param name="Labels">
/// Its labels for region, zone and host; null when the credentials may not read the node.
/// </param>
/// <param name="Pods">Every pod on it that has not ended, of all namespaces.</param>
public sealed record TenancyNode(
    string Name, IReadOnlyList<string>? Taints, IReadOnlyDictionary<string, string>? Labels, IReadOnlyList<TenancyPod> Pods);

/// <summary>A pod on such a node.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">Kind of what makes it; null when nothing does.</param>
public sealed record TenancyPod(string Namespace, string Name, string? Owner);
