using System.Text.Json.Nodes;
using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Tests.Deployment;

/// <summary>The harness' own certificate has every name that the rendered objects ask for.</summary>
public sealed class RenderedNamesTests
{
    [TestCase("https://vault.corp.example", "vault.corp.example")]
    [TestCase("https://vault.corp.example:8443/x", "vault.corp.example")]
    [TestCase("https://$(VAULT_K8S_POD_NAME).other:8200", "vault-1.other")]
    [TestCase("https://[fd00::1]:8200", "fd00::1")]
    public void The_address_that_clients_are_sent_to(string address, string name)
    {
        Assert.That(Names(Server(("VAULT_API_ADDR", address))).Names, Has.Member(name));
    }

    [TestCase("https://$(POD_IP):8200")]
    [TestCase("https://$(HOSTNAME).vault-internal:8200")]
    public void What_is_not_known_before_the_pod_runs_is_no_name(string address)
    {
        Assert.That(Names(Server(("VAULT_API_ADDR", address))).Names, Has.None.Contains("$"));
    }

    [Test]
    public void Every_Service_and_every_host()
    {
        var names = Names(
            Server(),
            """{ "kind": "Service", "metadata": { "name": "vault-ui", "annotations": { "external-dns.alpha.kubernetes.io/hostname": "a.example, b.example" } }, "spec": {} }""",
            """{ "kind": "Ingress", "metadata": { "name": "vault" }, "spec": { "rules": [ { "host": "ingress.example" } ], "tls": [ { "hosts": [ "*.tls.example" ] } ] } }""",
            """{ "kind": "Route", "metadata": { "name": "vault" }, "spec": { "host": "route.example" } }""",
            """{ "kind": "TLSRoute", "metadata": { "name": "vault" }, "spec": { "hostnames": [ "gateway.example" ] } }""",
            """{ "kind": "ConfigMap", "metadata": { "name": "vault-config" }, "data": { "x.hcl": "api_addr = \"https://config.example\"\nleader_tls_servername = \"peer.example\"\nleader_api_addr = \"https://other.example:8200\"" } }""");

        Assert.That(names.Names, Is.SupersetOf(new[]
        {
            "vault-ui", "vault-ui.secrets", "vault-ui.secrets.svc", "a.example", "b.example", "ingress.example", "*.tls.example", "route.example", "gateway.example", "config.example",
            "peer.example", "other.example", "127.0.0.1", "vault-0.vault-internal",
        }));
        Assert.That(names.Names, Is.Unique);
    }

    private static CertificateNames Names(params string[] objects) =>
        new RenderedNames(new RenderedRelease([.. objects.Select(text => (JsonObject)JsonNode.Parse(text)!)]), "secrets").ListAll();

    private static string Server(params (string Name, string Value)[] variables)
    {
        var env = string.Join(", ", variables.Select(variable => $$"""{ "name": "{{variable.Name}}", "value": "{{variable.Value}}" }"""));
        return $$"""
            { "kind": "StatefulSet", "metadata": { "name": "vault" }, "spec": { "replicas": 2, "template": { "metadata": { "labels": { "component": "server" } },
              "spec": { "containers": [ { "name": "vault", "env": [ {{env}} ] } ] } } } }
            """;
    }
}
