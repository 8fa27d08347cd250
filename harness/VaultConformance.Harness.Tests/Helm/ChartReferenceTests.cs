using VaultConformance.Harness.Helm;

namespace VaultConformance.Harness.Tests.Helm;

/// <summary>How a chart is named in what is handed on.</summary>
public sealed class ChartReferenceTests
{
    [Test]
    public void A_folder_and_an_archive_are_named_without_the_path_on_this_machine()
    {
        using var folder = new TemporaryFolder();
        folder.Write("charts/vault/Chart.yaml", "name: vault\n");
        folder.Write("vault-0.34.1.tgz", "");

        Assert.That(ChartReference.Parse(Path.Combine(folder.Path, "charts", "vault") + "/").Shown, Is.EqualTo("vault"));
        Assert.That(ChartReference.Parse(Path.Combine(folder.Path, "vault-0.34.1.tgz")).Shown, Is.EqualTo("vault-0.34.1.tgz"));
    }

    [TestCase("hashicorp/vault", "hashicorp/vault")]
    [TestCase("oci://registry/charts/vault", "oci://registry/charts/vault")]
    [TestCase("https://me:CanaryCanary@repo.example/charts/vault", "https://***@repo.example/charts/vault")]
    public void One_from_the_network_is_named_as_it_was_given_without_a_password(string given, string named) =>
        Assert.That(ChartReference.Parse(given).Shown, Is.EqualTo(named));
}
