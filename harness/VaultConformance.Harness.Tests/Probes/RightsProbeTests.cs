using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VaultConformance.Harness.Probes.Rights;
using VaultConformance.Harness.Tests.Pods;

namespace VaultConformance.Harness.Tests.Probes;

/// <summary>What a ServiceAccount may do is found by asking in its name, and else by what is bound to it.</summary>
[CancelAfter(20_000)]
public sealed class RightsProbeTests
{
    private const string Everywhere = """{"verbs":["create"],"apiGroups":["authorization.k8s.io"],"resources":["selfsubjectaccessreviews"]}""";
    private const string Pods = """{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}""";

    [Test]
    public async Task The_account_is_asked_for_in_its_own_name_and_in_every_namespace(CancellationToken cancellationToken)
    {
        List<string> names = [];
        await using var server = await StartAsync(context => names.Add(
            $"{context.Request.Headers["Impersonate-User"]}|{string.Join('+', context.Request.Headers["Impersonate-Group"].ToArray())}"));

        var rights = (await new RightsReview(server.Client, "vault").ReadAsync(["vault"], cancellationToken)).Single();

        Assert.That(names.Distinct(), Is.EqualTo((string[])["system:serviceaccount:vault:vault|"]));
        Assert.That(rights.Scopes.Select(scope => $"{scope.Namespace}: {string.Join(", ", scope.Rules.Select(rule => $"{rule.Verbs[0]} {rule.Resources[0]}"))}"), Is.EqualTo((string[])
            [": create selfsubjectaccessreviews", "vault: get pods"]));
        Assert.That(rights.Gaps, Is.Empty);
    }

    [TestCase("node authorizer does not support user rule resolution", "")]
    [TestCase("webhook authorizer does not support user rule resolution", "rights in namespace vault: the API server does not know all of them (webhook authorizer does not support user rule resolution)")]
    public async Task What_the_API_server_does_not_know_is_a_gap(string problem, string gap, CancellationToken cancellationToken)
    {
        await using var server = await StartAsync(_ => { }, problem);

        var rights = (await new RightsReview(server.Client, "vault").ReadAsync(["vault"], cancellationToken)).Single();

        Assert.That(string.Join("; ", rights.Gaps), Is.EqualTo(gap));
    }

    [Test]
    public async Task What_is_bound_to_the_account_or_its_groups_is_read(CancellationToken cancellationToken)
    {
        const string Roles = "/apis/rbac.authorization.k8s.io/v1";
        await using var server = await FakeApiServer.WithObjectsAsync(new Dictionary<string, object>
        {
            [$"{Roles}/clusterroles"] = $$"""{"items":[{"metadata":{"name":"a"},"rules":[{{Everywhere}}]},{"metadata":{"name":"b"},"rules":[{{Pods}}]},{"metadata":{"name":"c"},"rules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}]}]}""",
            [$"{Roles}/roles"] = $$"""{"items":[{"metadata":{"name":"r","namespace":"shop"},"rules":[{{Pods}}]}]}""",
            [$"{Roles}/clusterrolebindings"] = """
                {"items":[{"metadata":{"name":"1"},"roleRef":{"kind":"ClusterRole","name":"a"},"subjects":[{"kind":"Group","name":"system:authenticated"}]},
                {"metadata":{"name":"2"},"roleRef":{"kind":"ClusterRole","name":"c"},"subjects":[{"kind":"ServiceAccount","name":"vault","namespace":"other"},{"kind":"User","name":"vault"}]},
                {"metadata":{"name":"3"},"roleRef":{"kind":"ClusterRole","name":"gone"},"subjects":[{"kind":"ServiceAccount","name":"vault","namespace":"vault"}]}]}
                """,
            [$"{Roles}/rolebindings"] = """
                {"items":[{"metadata":{"name":"4","namespace":"vault"},"roleRef":{"kind":"ClusterRole","name":"b"},"subjects":[{"kind":"ServiceAccount","name":"vault","namespace":"vault"}]},
                {"metadata":{"name":"5","namespace":"shop"},"roleRef":{"kind":"Role","name":"r"},"subjects":[{"kind":"User","name":"system:serviceaccount:vault:vault"}]}]}
                """,
        });

        var rights = (await new BoundRights(server.Client, "vault").ReadAsync(["vault"], cancellationToken)).Single();

        Assert.That(rights.Scopes.Select(scope => $"{scope.Namespace}: {string.Join(", ", scope.Rules.Select(rule => $"{rule.Verbs[0]} {rule.Resources[0]}"))}"), Is.EqualTo((string[])
            [": create selfsubjectaccessreviews", "shop: get pods", "vault: get pods"]));
    }

    // In every namespace there is what holds everywhere; 'vault' has more, and a problem where a test wants one.
    private static Task<FakeApiServer> StartAsync(Action<HttpContext> see, string problem = "") => FakeApiServer.StartAsync(routes => routes.MapFallback(async context =>
    {
        if (context.Request.Path.Value!.TrimEnd('/') == "/api/v1/namespaces")
        {
            await context.Response.WriteAsync("""{"items":[{"metadata":{"name":"vault"}},{"metadata":{"name":"default"}}]}""");
            return;
        }

        see(context);
        var review = await JsonNode.ParseAsync(context.Request.Body);
        var home = (string?)review!["spec"]!["namespace"] == "vault";
        review["status"] = JsonNode.Parse($$"""
            {"incomplete":{{(home && problem.Length > 0 ? "true" : "false")}},"evaluationError":"{{(home ? problem : "")}}","nonResourceRules":[],
            "resourceRules":[{{Everywhere}}{{(home ? "," + Pods : "")}}]}
            """);
        await context.Response.WriteAsync(review.ToJsonString());
    }));
}
