using VaultConformance.Harness.Products;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tests.Products;

/// <summary>Names of both products are known wherever one of them is looked for.</summary>
public sealed class ServerProductTests
{
    [TestCase("vault", "Vault")]
    [TestCase("bao", "OpenBao")]
    [TestCase("vaultd", null)]
    [TestCase("Vault", null)]
    public void A_process_belongs_to_the_product_whose_program_it_runs(string program, string? expected) =>
        Assert.That(ServerProduct.FromProgram(program)?.Name, Is.EqualTo(expected));

    [Test]
    public void Variables_are_looked_for_with_every_prefix() =>
        Assert.That(ServerProduct.ListVariables("ADDR", "API_ADDR"), Is.EqualTo(new[] { "VAULT_ADDR", "VAULT_API_ADDR", "BAO_ADDR", "BAO_API_ADDR" }));

    [TestCase("vault", true)]
    [TestCase("/usr/bin/bao", true)]
    [TestCase("xvault", false)]
    [TestCase("vault-agent", false)]
    public void A_client_is_known_by_its_name_or_path(string word, bool expected) => Assert.That(ServerProduct.IsClient(word), Is.EqualTo(expected));

    [TestCase("vault-active", true)]
    [TestCase("openbao-sealed", true)]
    [TestCase("vaultive", false)]
    public void Labels_of_state_are_known_by_their_prefix(string label, bool expected) => Assert.That(ServerProduct.IsStateLabel(label), Is.EqualTo(expected));

    [Test]
    public void Patterns_name_every_program()
    {
        Assert.That(ServerProduct.Programs.Split('|'), Is.EqualTo(ServerProduct.All.Select(product => product.Program)));
        Assert.That(ServerProduct.Words.Split('|'), Is.SupersetOf(ServerProduct.All.SelectMany(product => new[] { product.Program, product.Name.ToLowerInvariant() }).Distinct()));
    }

    [TestCase("hashicorp/vault", "https://helm.releases.hashicorp.com")]
    [TestCase("openbao/openbao", "https://openbao.github.io/openbao-helm")]
    [TestCase("openbao/csi/provider", null)]
    [TestCase("someone/vault", null)]
    public void A_short_name_of_a_chart_leads_to_the_repository_of_its_vendor(string chart, string? repository) =>
        Assert.That(ServerProduct.FromChart(chart)?.ChartRepository, Is.EqualTo(repository));

    [Test]
    public void Values_of_every_products_harmless_variables_may_be_shown_and_no_others()
    {
        Assert.That(HarmlessVariables.All, Is.SupersetOf(new[] { "VAULT_ADDR", "BAO_ADDR", "BAO_CLUSTER_ADDR", "BAO_TLS_SERVER_NAME" }));
        Assert.That(HarmlessVariables.All.Where(name => SecretNames.Weigh(name) != NameWeight.None), Is.Empty);
    }

    [TestCase("sidecar vault", "vault")]
    [TestCase("sidecar openbao", "openbao")]
    [TestCase("proxy server", "proxy")]
    public void The_server_container_is_named_as_in_a_chart_or_comes_first(string containers, string expected) =>
        Assert.That(ServerProduct.FindServerContainer(containers.Split(' '), name => name), Is.EqualTo(expected));
}
