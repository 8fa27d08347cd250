using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Cluster;
using k8s.Models;

namespace VaultConformance.Harness.Tests.Probes;

public sealed class ClusterCapabilitiesTests
{
    [TestCase("v1.20.2", false)]
    [TestCase("v1.22.0", true)]
    [TestCase("v1.34.9+k3s1", true)]
    [TestCase("v1.29.4-gke.1043002", true)]
    [TestCase("v1.21.14-eks-0a21954", false)]
    [TestCase("1.24", true)]
    [TestCase("v99999999999999999999.1.0", false)]
    [TestCase("", false)]
    [TestCase("nonsense", false)]
    public void Server_side_apply_needs_1_22(string version, bool available) =>
        Assert.That(Capability(Sighting(version: version), CapabilityNames.ServerSideApply).Available, Is.EqualTo(available));

    [Test]
    public void A_failed_dry_run_is_worth_more_than_the_version()
    {
        var seen = Sighting() with { ServerSideApply = new Capability(false, "a dry run with a Service failed with status 500") };

        Assert.That(Capability(seen, CapabilityNames.ServerSideApply).Available, Is.False);
    }

    [TestCase("v1.20.2", false)]
    [TestCase("v1.24.0", true)]
    [TestCase("v1.25.0", true)]
    public void Pod_security_admission_needs_1_23(string version, bool available) =>
        Assert.That(Capability(Sighting(version: version), CapabilityNames.PodSecurity).Available, Is.EqualTo(available));

    [Test]
    public void What_is_served_is_asked_and_not_guessed_from_the_version()
    {
        var none = Sighting();
        var served = none with
        {
            Groups = [new V1APIGroup { Name = "policy", Versions = [new V1GroupVersionForDiscovery { GroupVersion = "policy/v1", Version = "v1" }] }],
            CoreResources = [new V1APIResource { Name = "pods/ephemeralcontainers", Kind = "Pod", SingularName = "", Verbs = [] }],
        };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Capability(none, CapabilityNames.PolicyV1).Available, Is.False);
            Assert.That(Capability(served, CapabilityNames.PolicyV1).Available, Is.True);
            Assert.That(Capability(none, CapabilityNames.EphemeralContainers).Available, Is.False);
            Assert.That(Capability(served, CapabilityNames.EphemeralContainers).Available, Is.True);
        }
    }

    [TestCase("""["server","--disable=traefik"]""", true, true)]
    [TestCase("""["server","--disable-network-policy","--disable","traefik,servicelb"]""", false, false)]
    [TestCase("""["server","--disable=servicelb","--disable-network-policy=false"]""", true, false)]
    [TestCase(null, true, true)]
    [TestCase("not json", true, true)]
    public void K3s_enforces_policies_and_gives_addresses_unless_told_not_to(string? arguments, bool policies, bool addresses)
    {
        var seen = Sighting(Node("v1.34.1+k3s1", arguments));

        Assert.That(Capability(seen, CapabilityNames.NetworkPolicy).Available, Is.EqualTo(policies));
        Assert.That(Capability(seen, CapabilityNames.LoadBalancer).Available, Is.EqualTo(addresses));
    }

    [TestCase("calico-node", true)]
    [TestCase("cilium", true)]
    [TestCase("kube-flannel-ds", null)]
    [TestCase("aws-node", null, Description = "enforcement depends on settings")]
    public void A_network_plugin_is_recognised_by_its_daemon_or_unknown(string daemon, bool? expected)
    {
        var seen = Sighting(Node("v1.34.1", null)) with { DaemonSets = [new V1DaemonSet { Metadata = new V1ObjectMeta { Name = daemon } }] };

        Assert.That(Capability(seen, CapabilityNames.NetworkPolicy).Available, Is.EqualTo(expected));
    }

    [Test]
    public void Missing_permission_is_unknown_and_says_so()
    {
        var seen = Sighting() with { Nodes = null, DaemonSets = null };

        Assert.That(Capability(seen, CapabilityNames.NetworkPolicy), Is.EqualTo(new Capability(null, "the credentials may not list DaemonSets, so the network plugin is not known")));
        Assert.That(Capability(seen, CapabilityNames.LoadBalancer), Is.EqualTo(new Capability(null, "the credentials may not list nodes")));
    }

    [Test]
    public void A_cloud_providers_nodes_get_addresses()
    {
        var node = Node("v1.34.1", null);
        node.Spec = new V1NodeSpec { ProviderID = "aws:///eu-1a/i-1" };

        Assert.That(Capability(Sighting(node), CapabilityNames.LoadBalancer).Available, Is.True);
    }

    [Test]
    public void The_offline_node_says_what_it_has_not()
    {
        var seen = Sighting(Node("v1.20.2", null)) with { Kind = "offline-node" };

        Assert.That(Capability(seen, CapabilityNames.NetworkPolicy).Available, Is.False);
        Assert.That(Capability(seen, CapabilityNames.LoadBalancer).Available, Is.False);
    }

    [TestCase("""["server","--tls-san=127.0.0.1"]""", true, "the offline node enforces policies itself")]
    [TestCase("""["server","--disable-network-policy"]""", false, "the node was started with --disable-network-policy")]
    [TestCase(null, false, "the offline node was built by a version of this program whose nodes did not enforce policies")]
    public void The_offline_node_enforces_policies_unless_told_not_to(string? arguments, bool policies, string reason)
    {
        var seen = Sighting(Node("v1.20.2", arguments)) with { Kind = "offline-node" };

        Assert.That(Capability(seen, CapabilityNames.NetworkPolicy), Is.EqualTo(new Capability(policies, reason)));
    }

    [Test]
    public void Every_capability_has_an_answer_with_a_reason()
    {
        var all = ClusterCapabilities.Judge(Sighting());

        Assert.That(all.Keys, Is.EquivalentTo(typeof(CapabilityNames).GetFields().Select(field => field.GetRawConstantValue())));
        Assert.That(all.Values.Select(capability => capability.Reason), Has.All.Not.Empty);
    }

    private static Capability Capability(ClusterSighting seen, string name) => ClusterCapabilities.Judge(seen)[name];

    private static ClusterSighting Sighting(V1Node? node = null, string version = "v1.34.1") =>
        new("existing", KubernetesVersion.Parse(version), [], [], node is null ? [] : [node], [], null);

    private static V1Node Node(string kubelet, string? arguments) => new()
    {
        Metadata = new V1ObjectMeta { Name = "n", Annotations = arguments is null ? null : new Dictionary<string, string> { ["k3s.io/node-args"] = arguments } },
        Status = new V1NodeStatus { NodeInfo = new V1NodeSystemInfo { KubeletVersion = kubelet, OsImage = "", KernelVersion = "", ContainerRuntimeVersion = "", Architecture = "", BootID = "", KubeProxyVersion = "", MachineID = "", OperatingSystem = "", SystemUUID = "" } },
    };
}
