using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Tests.Tls;

public sealed class CertificateNamesTests
{
    [TestCase("127.0.0.1")]
    [TestCase("localhost")]
    [TestCase("vault")]
    [TestCase("vault.secrets")]
    [TestCase("vault.secrets.svc")]
    [TestCase("vault.secrets.svc.cluster.local")]
    [TestCase("vault-active.secrets.svc")]
    [TestCase("vault-standby.secrets.svc")]
    [TestCase("vault-internal")]
    [TestCase("*.vault-internal")]
    [TestCase("*.vault-internal.secrets.svc.cluster.local")]
    [TestCase("vault-0")]
    [TestCase("vault-2.vault-internal")]
    [TestCase("vault-2.vault-internal.secrets.svc.cluster.local")]
    public void A_release_has_every_name_it_is_reached_by(string name)
    {
        Assert.That(CertificateNames.CreateForRelease("vault", "secrets", replicas: 3).Names, Does.Contain(name));
    }

    [Test]
    public void No_name_is_double_or_of_a_pod_that_is_not_there()
    {
        var names = CertificateNames.CreateForRelease("vault", "secrets", replicas: 3).Names;

        Assert.That(names, Is.Unique);
        Assert.That(names, Has.None.StartsWith("vault-3"));
    }

    [Test]
    public void A_recipe_takes_names_away_and_adds_some()
    {
        var recipe = CertificateRecipe.Good with { OmitNames = ["127.0.0.1"], ExtraNames = ["vault.example.org", "vault"] };

        var names = CertificateNames.CreateForRelease("vault", "secrets", replicas: 1).Apply(recipe).Names;

        Assert.That(names, Has.None.EqualTo("127.0.0.1").And.Some.EqualTo("vault.example.org"));
        Assert.That(names, Is.Unique);
    }

    [Test]
    public void A_common_name_is_no_longer_than_the_standard_allows()
    {
        Assert.That(CertificateNames.CreateForRelease(new string('v', 70), "secrets", replicas: 1).CommonName, Has.Length.EqualTo(64));
    }
}
