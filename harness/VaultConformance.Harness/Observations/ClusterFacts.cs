using System.Text.Json.Serialization;

namespace VaultConformance.Harness.Observations;

/// <summary>The cluster under the release, checked once.</summary>
/// <param name="Kind">
/// <c>k3s</c> (ours, thrown away), <c>offline-node</c> (ours, built from distribution packages) or <c>existing</c>.
/// </param>
/// <param name="ServerVersion">Kubernetes version, for example <c>v1.34.1</c>.</param>
/// <param name="Nodes">All nodes.</param>
/// <param name="Capabilities">What the cluster can do, by <see cref="CapabilityNames"/>.</param>
/// <param name="DefaultStorageClass">Name of the default StorageClass; null when there is none.</param>
/// <param name="NodeSettings">Settings of the node that are part of what is under test, for example <c>ulimit core=0:0</c>.</param>
public sealed record ClusterFacts(
    string Kind,
    string ServerVersion,
    IReadOnlyList<NodeFacts> Nodes,
    IReadOnlyDictionary<string, Capability> Capabilities,
    string? DefaultStorageClass,
    IReadOnlyList<string> NodeSettings)
{
    /// <summary>True for a cluster that was made for the run and is thrown away: it says nothing about another one.</summary>
    [JsonIgnore]
    public bool WasMadeForRun => Kind is "k3s" or "offline-node";
}

/// <summary>One node.</summary>
/// <param name="Name">Node name.</param>
/// <param name="OperatingSystem">OS image.</param>
/// <param name="KernelVersion">Kernel.</param>
/// <param name="ContainerRuntime">Runtime and version.</param>
/// <param name="KubeletVersion">Kubelet version.</param>
public sealed record NodeFacts(string Name, string OperatingSystem, string KernelVersion, string ContainerRuntime, string KubeletVersion);

/// <summary>Whether the cluster can do something, and how that is known.</summary>
/// <param name="Available">Null when it could not be told.</param>
/// <param name="Reason">How it is known.</param>
public sealed record Capability(bool? Available, string Reason);

/// <summary>Keys of <see cref="ClusterFacts.Capabilities"/>.</summary>
public static class CapabilityNames
{
    /// <summary>Server-side apply works for all kinds that the chart renders.</summary>
    public const string ServerSideApply = "server-side-apply";

    /// <summary>PodDisruptionBudget of <c>policy/v1</c>.</summary>
    public const string PolicyV1 = "policy-v1";

    /// <summary>Pod Security admission.</summary>
    public const string PodSecurity = "pod-security";

    /// <summary>Ephemeral containers.</summary>
    public const string EphemeralContainers = "ephemeral-containers";

    /// <summary>NetworkPolicy objects are enforced.</summary>
    public const string NetworkPolicy = "network-policy";

    /// <summary>Services of type LoadBalancer get an address.</summary>
    public const string LoadBalancer = "load-balancer";

    /// <summary>cgroup version of the nodes (value in the reason).</summary>
    public const string CgroupV2 = "cgroup-v2";
}
