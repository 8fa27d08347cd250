using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Cluster;

/// <summary>Tells from what was read of a cluster what it can do. What is not known for sure is unknown, never assumed.</summary>
internal static class ClusterCapabilities
{
    private const string OfflineNode = "offline-node";
    private static readonly string[] EnforcingDaemons =
        [
            "calico-node", "canal", "cilium", "weave-net", "kube-router", "antrea-agent", "ovnkube-node", "azure-npm", "anetd",
            "romana-agent", "tigera"
        ];

    private static readonly string[] BalancingDaemons = ["metallb-speaker", "speaker", "kube-vip-ds", "kube-vip", "cilium"];
    private static readonly string[] CloudProviders =
        ["aws", "gce", "azure", "digitalocean", "openstack", "hcloud", "linode", "vsphere", "oci", "ibm", "equinixmetal"];

    public static IReadOnlyDictionary<string, Capability> Judge(ClusterSighting seen) =>
        new SortedDictionary<string, Capability>(StringComparer.Ordinal)
        {
            [CapabilityNames.ServerSideApply] = JudgeServerSideApply(seen),
            [CapabilityNames.PolicyV1] = JudgePolicyV1(seen),
            [CapabilityNames.PodSecurity] = JudgePodSecurity(seen),
            [CapabilityNames.EphemeralContainers] = JudgeEphemeralContainers(seen),
            [CapabilityNames.NetworkPolicy] = JudgeNetworkPolicy(seen),
            [CapabilityNames.LoadBalancer] = LoadBalancer(seen),
            [CapabilityNames.CgroupV2] = new(null, "the API does not tell; each pod's 'memory' observation does"),
        };

    private static Capability JudgeServerSideApply(ClusterSighting seen) => !seen.Version.IsAtLeast(1, 22)
        ? new(false, $"Kubernetes {seen.Version} is older than 1.22, where it became stable")
        : seen.ServerSideApply ?? new(true, $"stable since Kubernetes 1.22; this is {seen.Version}");

    private static Capability JudgePolicyV1(ClusterSighting seen) =>
        seen.Groups.Any(group => group.Name == "policy" && group.Versions.Any(version => version.Version == "v1"))
            ? new(true, "the API server serves policy/v1")
            : new(false, $"the API server does not serve policy/v1 (Kubernetes {seen.Version})");

    private static Capability JudgePodSecurity(ClusterSighting seen) => seen.Version switch
    {
        var version when version.IsAtLeast(1, 25) => new(true, $"stable since Kubernetes 1.25; this is {version}"),
        var version when version.IsAtLeast(1, 23) => new(true, $"on by default since Kubernetes 1.23; this is {version}"),
        var version => new(false, $"Kubernetes {version} is older than 1.23"),
    };

    private static Capability JudgeEphemeralContainers(ClusterSighting seen) =>
        seen.CoreResources.Any(resource => resource.Name == "pods/ephemeralcontainers")
            ? new(true, "the API server serves pods/ephemeralcontainers")
            : new(false, $"the API server does not serve pods/ephemeralcontainers (Kubernetes {seen.Version})");

    private static Capability JudgeNetworkPolicy(ClusterSighting seen) => seen switch
    {
        _ when FindDaemon(seen, EnforcingDaemons) is { } daemon => new(true, $"DaemonSet '{daemon}' enforces policies"),
        { Kind: OfflineNode, HasK3sArguments: false } =>
            new(false, "the offline node was built by a version of this program whose nodes did not enforce policies"),
        { Kind: OfflineNode } or { IsK3s: true } when seen.IsK3sStartedWith("--disable-network-policy") =>
            new(false, "the node was started with --disable-network-policy"),
        { Kind: OfflineNode } => new(true, "the offline node enforces policies itself"),
        { IsK3s: true } => new(true, "K3s enforces policies itself"),
        { DaemonSets: null } => new(null, "the credentials may not list DaemonSets, so the network plugin is not known"),
        _ => new(null, "no network plugin was recognised"),
    };

    private static Capability LoadBalancer(ClusterSighting seen) => seen switch
    {
        _ when FindDaemon(seen, BalancingDaemons) is { } daemon => new(true, $"DaemonSet '{daemon}' gives addresses"),
        { Kind: OfflineNode } => new(false, "the offline node has nothing that gives addresses to LoadBalancer Services"),
        { IsK3s: true } when seen.IsK3sStartedWith("--disable", "servicelb") => new(false, "K3s was started with --disable=servicelb"),
        { IsK3s: true } => new(true, "K3s gives addresses itself (ServiceLB)"),
        _ when FindCloud(seen) is { } cloud => new(true, $"the nodes belong to cloud provider '{cloud}'"),
        { Nodes: null } => new(null, "the credentials may not list nodes"),
        _ => new(null, "neither a cloud provider nor a known load balancer was recognised"),
    };

    private static string? FindDaemon(ClusterSighting seen, string[] known) => (seen.DaemonSets ?? [])
        .Select(daemon => daemon.Metadata.Name)
        .FirstOrDefault(name => Array.Exists(known, word => name == word || name.StartsWith(word + "-", StringComparison.Ordinal)));

    private static string? FindCloud(ClusterSighting seen) => (seen.Nodes ?? [])
        .Select(node => node.Spec?.ProviderID?.Split("://")[0])
        .FirstOrDefault(provider => CloudProviders.Contains(provider));
}
