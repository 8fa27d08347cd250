using VaultConformance.OfflineKit.Engine;

namespace VaultConformance.OfflineKit.Tests.Building;

/// <summary>What the node's rules do with packets, for policies of every shape. Needs <c>jq</c>, and neither a node nor rights.</summary>
[Platform("Linux")]
public sealed class NetworkPolicyRulesTests
{
    private const string Vault = "10.42.0.2";
    private const string Near = "10.42.0.3";
    private const string Far = "10.42.0.4";
    private const string Outside = "192.0.2.7";
    private const string Node = "172.17.0.2";

    private static readonly string[] Cluster =
    [
        Namespace("vault", """{ "team": "security" }"""),
        Namespace("shop", """{ "team": "sales" }"""),
        Pod("vault/server", Vault, """{ "app": "vault" }""", """[{ "name": "https", "containerPort": 8200 }, { "name": "dns", "containerPort": 53, "protocol": "UDP" }]"""),
        Pod("vault/client", Near, """{ "app": "client" }"""),
        Pod("shop/till", Far, """{ "app": "client", "tier": "front" }""", """[{ "name": "https", "containerPort": 9443 }]"""),
    ];

    [Test]
    public async Task Without_a_policy_everything_passes()
    {
        var rules = await RulesAsync();

        Assert.That(rules.Let(Far, Vault, 8200) && rules.Let(Vault, Outside, 443) && rules.Let(Vault, Node, 6443, hook: "input"), Is.True);
    }

    [Test]
    public async Task A_policy_without_rules_keeps_out_everyone_but_the_pod_itself()
    {
        var rules = await RulesAsync(Policy("vault", """{ "podSelector": {}, "policyTypes": ["Ingress"] }"""));

        Assert.That((string[])[.. ((string[])[Near, Far, Outside, Node]).Where(from => rules.Let(from, Vault, 8200))], Is.Empty);
        Assert.That(rules.Let(Vault, Vault, 8200), Is.True);
        Assert.That(rules.Let(Vault, Far, 8200), Is.True, "it says nothing about what the pod sends, nor about other namespaces");
    }

    [TestCase("""{ "podSelector": {} }""", true, false, false, TestName = "All pods of its own namespace")]
    [TestCase("""{ "podSelector": { "matchLabels": { "app": "client" } } }""", true, false, false, TestName = "Pods with a label in its own namespace")]
    [TestCase("""{ "podSelector": { "matchLabels": { "app": "vault" } } }""", false, false, false, TestName = "Pods with another label")]
    [TestCase("""{ "namespaceSelector": {} }""", true, true, false, TestName = "Every namespace is not everyone")]
    [TestCase("""{ "namespaceSelector": { "matchLabels": { "team": "sales" } } }""", false, true, false, TestName = "A namespace by label")]
    [TestCase("""{ "namespaceSelector": { "matchLabels": { "team": "none" } } }""", false, false, false, TestName = "A namespace that is not there")]
    [TestCase("""{ "namespaceSelector": {}, "podSelector": { "matchLabels": { "tier": "front" } } }""", false, true, false, TestName = "Namespace and pod together")]
    [TestCase("""{ "namespaceSelector": { "matchLabels": { "team": "sales" } } }, { "podSelector": {} }""", true, true, false, TestName = "One peer or the other")]
    [TestCase("""{ "ipBlock": { "cidr": "192.0.2.0/24" } }""", false, false, true, TestName = "A block of addresses")]
    [TestCase("""{ "ipBlock": { "cidr": "0.0.0.0/0", "except": ["10.42.0.3/32", "192.0.0.0/8", "192.0.2.0/24"] } }""", false, true, false, TestName = "A block with exceptions that overlap")]
    [TestCase("""{ "ipBlock": { "cidr": "2001:db8::/32" } }""", false, false, false, TestName = "A block of the other address family")]
    public async Task Peers_are_who_may_come_in(string peers, bool near, bool far, bool outside)
    {
        var rules = await RulesAsync(Ingress($$"""{ "from": [{{peers}}] }"""));

        Assert.That((rules.Let(Near, Vault, 8200), rules.Let(Far, Vault, 8200), rules.Let(Outside, Vault, 8200)), Is.EqualTo((near, far, outside)));
    }

    [TestCase("In", """["client", "x"]""", true, true)]
    [TestCase("In", """["vault"]""", false, false)]
    [TestCase("NotIn", """["client"]""", false, false)]
    [TestCase("NotIn", """["front"]""", true, true)]
    [TestCase("Exists", null, true, true)]
    [TestCase("DoesNotExist", null, false, false)]
    [TestCase("NotIn", """["front"]""", true, false, "tier", Description = "a pod without the label is not in the list")]
    [TestCase("DoesNotExist", null, true, false, "tier")]
    [TestCase("Exists", null, false, true, "tier")]
    public async Task Expressions_select(string @operator, string? values, bool near, bool far, string key = "app")
    {
        var expression = $$"""{ "key": "{{key}}", "operator": "{{@operator}}", "values": {{values ?? "null"}} }""";
        var rules = await RulesAsync(Ingress($$"""{ "from": [{ "namespaceSelector": {}, "podSelector": { "matchExpressions": [{{expression}}] } }] }"""));

        Assert.That((rules.Let(Near, Vault, 8200), rules.Let(Far, Vault, 8200)), Is.EqualTo((near, far)));
    }

    [TestCase("""{ "port": 8200 }""", "8200/tcp")]
    [TestCase("""{ "port": 8200, "protocol": "UDP" }""", "8200/udp")]
    [TestCase("""{ "port": 8200, "endPort": 8201 }""", "8200/tcp 8201/tcp")]
    [TestCase("""{ "port": "https" }""", "8200/tcp")]
    [TestCase("""{ "port": "https", "protocol": "UDP" }""", "", Description = "the name belongs to a TCP port")]
    [TestCase("""{ "port": "unknown" }""", "")]
    [TestCase("""{ "protocol": "TCP" }""", "8199/tcp 8200/tcp 8201/tcp 8202/tcp 53/tcp")]
    [TestCase("""{ "port": 8202 }, { "port": "dns", "protocol": "UDP" }""", "8202/tcp 53/udp")]
    [TestCase("", "8199/tcp 8199/udp 8200/tcp 8200/udp 8201/tcp 8201/udp 8202/tcp 8202/udp 53/tcp 53/udp")]
    public async Task Ports_are_what_may_be_reached(string ports, string expected)
    {
        var rules = await RulesAsync(Ingress($$"""{ "from": [{ "podSelector": {} }], "ports": [{{ports}}] }"""));
        var open = from port in (int[])[8199, 8200, 8201, 8202, 53]
            from protocol in (string[])["tcp", "udp"]
            where rules.Let(Near, Vault, port, protocol)
            select $"{port}/{protocol}";

        Assert.That(string.Join(' ', open), Is.EqualTo(expected));
        Assert.That(rules.Let(Far, Vault, 8200), Is.False, "the port alone admits nobody");
    }

    [Test]
    public async Task What_a_pod_sends_needs_leave_towards_pods_the_world_and_its_node()
    {
        var rules = await RulesAsync(Egress("""{ "ports": [{ "port": 53, "protocol": "UDP" }] }, { "to": [{ "podSelector": {} }], "ports": [{ "port": 8201 }] }"""));

        Assert.That(rules.Let(Vault, Node, 53, "udp", "input") && rules.Let(Vault, Outside, 53, "udp") && rules.Let(Vault, Near, 8201), Is.True);
        Assert.That(
            rules.Let(Vault, Node, 6443, hook: "input") || rules.Let(Vault, Outside, 443) || rules.Let(Vault, Far, 8201) || rules.Let(Vault, Near, 8200), Is.False);
        Assert.That(rules.Let(Far, Vault, 8200), Is.True, "it says nothing about who may come in");
    }

    [Test]
    public async Task A_name_of_a_port_means_the_port_of_the_pod_that_is_connected_to()
    {
        var rules = await RulesAsync(Egress("""{ "to": [{ "namespaceSelector": {} }], "ports": [{ "port": "https" }] }"""));

        Assert.That((rules.Let(Vault, Far, 9443), rules.Let(Vault, Far, 8200), rules.Let(Vault, Near, 9443)), Is.EqualTo((true, false, false)));
    }

    [TestCase("""{ "podSelector": {} }""", false, true)]
    [TestCase("""{ "podSelector": {}, "egress": [] }""", false, false, Description = "the API server would have added the direction")]
    [TestCase("""{ "podSelector": {}, "policyTypes": ["Egress"] }""", true, false)]
    [TestCase("""{ "podSelector": {}, "policyTypes": ["Ingress", "Egress"] }""", false, false)]
    public async Task Directions_are_those_that_the_policy_names(string specification, bool inwards, bool outwards)
    {
        var rules = await RulesAsync(Policy("vault", specification));

        Assert.That((rules.Let(Far, Vault, 8200), rules.Let(Vault, Far, 8200)), Is.EqualTo((inwards, outwards)));
    }

    [Test]
    public async Task What_one_of_several_policies_allows_is_allowed()
    {
        var rules = await RulesAsync(
            Ingress("""{ "from": [{ "podSelector": {} }], "ports": [{ "port": 8200 }] }"""),
            Policy("vault", """{ "podSelector": {}, "policyTypes": ["Ingress"] }""", "nobody"),
            Policy("vault", """{ "podSelector": {}, "ingress": [{ "ports": [{ "port": 8201 }] }] }""", "peers"));

        Assert.That((rules.Let(Near, Vault, 8200), rules.Let(Far, Vault, 8200), rules.Let(Far, Vault, 8201)), Is.EqualTo((true, false, true)));
    }

    [Test]
    public async Task Both_ends_have_to_agree()
    {
        var rules = await RulesAsync(
            Ingress("""{ "from": [{ "namespaceSelector": {} }] }"""),
            Policy("shop", """{ "podSelector": {}, "policyTypes": ["Egress"] }"""));

        Assert.That((rules.Let(Near, Vault, 8200), rules.Let(Far, Vault, 8200)), Is.EqualTo((true, false)));
    }

    [Test]
    public async Task A_pod_on_the_network_of_its_node_is_neither_isolated_nor_a_peer()
    {
        var rules = await RulesAsync(
            Pod("vault/agent", Node, """{ "app": "client" }""").Replace("\"containers\"", "\"hostNetwork\": true, \"containers\"", StringComparison.Ordinal),
            Ingress("""{ "from": [{ "podSelector": {} }] }"""),
            Policy("vault", """{ "podSelector": { "matchLabels": { "app": "client" } }, "policyTypes": ["Ingress"] }"""));

        Assert.That((rules.Let(Node, Vault, 8200), rules.Let(Far, Node, 22), rules.Let(Far, Near, 80)), Is.EqualTo((false, true, false)));
    }

    [Test]
    public async Task The_address_of_a_pod_that_ended_belongs_to_the_pod_that_has_it_now()
    {
        var rules = await RulesAsync(
            Pod("vault/job", Far, """{ "app": "client" }""").Replace("Running", "Succeeded", StringComparison.Ordinal),
            Ingress("""{ "from": [{ "podSelector": {} }] }"""));

        Assert.That(rules.Let(Far, Vault, 8200), Is.False);
    }

    [Test]
    public async Task A_selector_that_is_not_understood_changes_nothing_and_says_so()
    {
        var result = await RunAsync([.. Cluster, Ingress("""{ "from": [{ "podSelector": { "matchExpressions": [{ "key": "app", "operator": "Gt", "values": ["1"] }] } }] }""")]);

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Error, Does.Contain("unknown operator Gt"));
    }

    private static string Ingress(string rules) => Policy(
        "vault", $$"""{ "podSelector": { "matchLabels": { "app": "vault" } }, "policyTypes": ["Ingress"], "ingress": [{{rules}}] }""");

    private static string Egress(string rules) => Policy(
        "vault", $$"""{ "podSelector": { "matchLabels": { "app": "vault" } }, "policyTypes": ["Egress"], "egress": [{{rules}}] }""", "out");

    private static string Policy(string @namespace, string specification, string name = "in") =>
        $$"""{ "kind": "NetworkPolicy", "metadata": { "namespace": "{{@namespace}}", "name": "{{name}}" }, "spec": {{specification}} }""";

    private static string Namespace(string name, string labels) =>
        $$"""{ "kind": "Namespace", "metadata": { "name": "{{name}}", "labels": {{labels}} } }""";

    private static string Pod(string name, string address, string labels, string ports = "[]") => $$"""
        { "kind": "Pod",
          "metadata": { "namespace": "{{name.Split('/')[0]}}", "name": "{{name.Split('/')[1]}}", "labels": {{labels}}, "creationTimestamp": "2026-01-01T00:00:00Z" },
          "spec": { "containers": [{ "name": "one", "ports": {{ports}} }] },
          "status": { "phase": "Running", "podIP": "{{address}}" } }
        """;

    private static async Task<NodeRules> RulesAsync(params string[] objects)
    {
        var result = await RunAsync([.. Cluster, .. objects]);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return new NodeRules(result.Output);
    }

    private static async Task<HostCommandResult> RunAsync(string[] objects)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $$"""{ "items": [{{string.Join(',', objects)}}] }""");
            var program = Path.Combine(RepositoryFolders.Fixtures, "images", "node", "rootfs", "usr", "lib", "k3s-node", "network-policy.jq");
            var result = await new HostCommands().RunAsync(new HostCommand("jq", "--raw-output", "--from-file", program, file), CancellationToken.None);
            if (result.ExitCode == HostCommandResult.NotFound)
            {
                Assert.Ignore("jq is not on this machine; the node has its own.");
            }

            return result;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
