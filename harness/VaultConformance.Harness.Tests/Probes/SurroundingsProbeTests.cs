using VaultConformance.Harness.Probes;
using VaultConformance.Harness.Probes.Objects;
using VaultConformance.Harness.Tests.Pods;
using k8s.Models;

namespace VaultConformance.Harness.Tests.Probes;

/// <summary>What is around the servers: other pods on their nodes, webhooks, and who may reach them.</summary>
[CancelAfter(20_000)]
public sealed class SurroundingsProbeTests
{
    private const string Roles = "/apis/rbac.authorization.k8s.io/v1";
    private const string Hooks = "/apis/admissionregistration.k8s.io/v1";

    [Test]
    public async Task Every_pod_on_the_nodes_of_the_servers_is_recorded_with_what_makes_it(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithObjectsAsync(new Dictionary<string, object>
        {
            ["/api/v1/pods"] = """
                {"items":[{"metadata":{"namespace":"shop","name":"web","ownerReferences":[{"kind":"Other","name":"o"},{"kind":"ReplicaSet","name":"web","controller":true}]},"status":{"phase":"Running"}},
                {"metadata":{"namespace":"shop","name":"done"},"status":{"phase":"Succeeded"}},{"metadata":{"namespace":"a","name":"alone"}}]}
                """,
            ["/api/v1/nodes/n1"] = """{"metadata":{"name":"n1","labels":{"topology.kubernetes.io/zone":"z","else":"x"}},"spec":{"taints":[{"key":"vault","value":"only","effect":"NoSchedule"}]}}""",
        });

        var node = (await new TenancyProbe(server.Client, ListServers("n1", "n1")).TakeAsync("release", cancellationToken)).Nodes.Single();

        Assert.That((node.Name, node.Taints!.Single(), node.Labels!.Single().Value), Is.EqualTo(("n1", "vault=only:NoSchedule", "z")));
        Assert.That(node.Pods.Select(pod => $"{pod.Namespace}/{pod.Name} {pod.Owner}"), Is.EqualTo((string[])["a/alone ", "shop/web ReplicaSet"]));
    }

    [Test]
    public async Task The_runs_own_pod_in_another_namespace_shares_nothing_and_that_of_another_run_does(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithObjectsAsync(new Dictionary<string, object>
        {
            ["/api/v1/pods"] = """
                {"items":[{"metadata":{"namespace":"vault-second","name":"own","labels":{"vaultconformance.dev/run":"run-1"}}},
                {"metadata":{"namespace":"x","name":"other","labels":{"vaultconformance.dev/run":"run-2"}}}]}
                """,
            ["/api/v1/nodes/n1"] = """{"metadata":{"name":"n1"}}""",
        });

        var node = (await new TenancyProbe(server.Client, ListServers("n1"), "run-1").TakeAsync("release", cancellationToken)).Nodes.Single();

        Assert.That(node.Pods.Select(pod => pod.Name), Is.EqualTo((string[])["other"]));
    }

    [Test]
    public async Task A_node_that_may_not_be_read_is_not_known(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithObjectsAsync(new Dictionary<string, object> { ["/api/v1/nodes/n1"] = 403 });

        var node = (await new TenancyProbe(server.Client, ListServers("n1")).TakeAsync("release", cancellationToken)).Nodes.Single();

        Assert.That((node.Taints, node.Labels), Is.EqualTo(((IReadOnlyList<string>?)null, (IReadOnlyDictionary<string, string>?)null)));
    }

    [Test]
    public async Task Roles_are_recorded_for_everybody_they_are_bound_to(CancellationToken cancellationToken)
    {
        const string Rule = """{"verbs":["get"],"apiGroups":[""],"resources":["secrets"]}""";
        await using var server = await FakeApiServer.WithObjectsAsync(new Dictionary<string, object>
        {
            [$"{Roles}/clusterroles"] = $$"""{"items":[{"metadata":{"name":"a"},"rules":[{{Rule}}]}]}""",
            [$"{Roles}/namespaces/vault/roles"] = $$"""{"items":[{"metadata":{"name":"a"},"rules":[]}]}""",
            [$"{Roles}/clusterrolebindings"] = """{"items":[{"metadata":{"name":"1"},"roleRef":{"kind":"ClusterRole","name":"a"},"subjects":[{"kind":"Group","name":"g"},{"kind":"ServiceAccount","name":"s","namespace":"n"}]}]}""",
            [$"{Roles}/namespaces/vault/rolebindings"] = """{"items":[{"metadata":{"name":"2"},"roleRef":{"kind":"Role","name":"a"},"subjects":[{"kind":"User","name":"u"}]},{"metadata":{"name":"3"},"roleRef":{"kind":"ClusterRole","name":"a"},"subjects":[{"kind":"ServiceAccount","name":"s"}]}]}""",
            ["/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"] = """{"status":{"incomplete":true,"evaluationError":"webhook authorizer does not support user rule resolution"}}""",
        });

        var facts = await new AccessProbe(server.Client, "vault").TakeAsync("release", cancellationToken);

        Assert.That(facts.Grants.Select(grant => $"{grant.Subject} {grant.Binding} {grant.Rules.Count}"), Is.EqualTo((string[])
            ["Group/g clusterrolebinding/1 1", "ServiceAccount/n/s clusterrolebinding/1 1", "User/u rolebinding/2 0", "ServiceAccount/vault/s rolebinding/3 1"]));
        Assert.That(facts.OtherAuthorizers, Does.Contain("webhook authorizer"));
    }

    [Test]
    public async Task Webhooks_that_call_into_the_namespace_are_recorded(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithObjectsAsync(new Dictionary<string, object>
        {
            [$"{Hooks}/mutatingwebhookconfigurations"] = """
                {"items":[{"metadata":{"name":"m"},"webhooks":[{"name":"a","failurePolicy":"Ignore","namespaceSelector":{},"clientConfig":{"service":{"namespace":"vault","name":"s"}}},
                {"name":"b","clientConfig":{"service":{"namespace":"other","name":"s"}}},{"name":"c","clientConfig":{"url":"https://x"}},{"name":"e","clientConfig":{"url":"https://u.vault.svc:8443/mutate"}},{"name":"f","clientConfig":{"url":"https://u.vault.example.com"}}]}]}
                """,
            [$"{Hooks}/validatingwebhookconfigurations"] = """{"items":[{"metadata":{"name":"v"},"webhooks":[{"name":"d","namespaceSelector":{"matchLabels":{"a":"b"}},"clientConfig":{"service":{"namespace":"vault","name":"t"}}}]}]}""",
        });

        var found = await new WebhookReader(server.Client).ReadAsync("vault", cancellationToken);

        Assert.That(found!.Select(webhook => $"{webhook.Configuration} {webhook.Name} {webhook.Service} {webhook.FailurePolicy} {webhook.LimitsNamespaces}"), Is.EqualTo((string[])
            ["mutatingwebhookconfiguration/m a s Ignore False", "mutatingwebhookconfiguration/m e https://u.vault.svc:8443/mutate  False", "validatingwebhookconfiguration/v d t  True"]));
    }

    [Test]
    public async Task Webhooks_that_may_not_be_listed_are_not_known(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithObjectsAsync(new Dictionary<string, object> { [$"{Hooks}/validatingwebhookconfigurations"] = 403 });

        Assert.That(await new WebhookReader(server.Client).ReadAsync("vault", cancellationToken), Is.Null);
    }

    private static Func<CancellationToken, Task<IReadOnlyList<V1Pod>>> ListServers(params string[] nodes) =>
        _ => Task.FromResult<IReadOnlyList<V1Pod>>([.. nodes.Select(node => new V1Pod { Spec = new V1PodSpec { NodeName = node } })]);
}
