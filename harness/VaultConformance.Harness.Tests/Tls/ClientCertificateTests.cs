using System.Security.Cryptography;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Tests.Tls;

/// <summary>What is taken as a client certificate, and what is not.</summary>
public sealed class ClientCertificateTests
{
    private static readonly CertificateNames Names = new("user", ["user"]);
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Test]
    public void It_names_itself_and_never_its_key()
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);

        var client = authority.Client;

        Assert.That($"{client}", Does.Match("^certificate [0-9a-f]{64} that the run's own authority issued$"));
        Assert.That($"{client.Key}", Is.EqualTo("***"));
        Assert.That(client.Chain.Certificates, Has.Count.EqualTo(2));
        Assert.That(client.Chain.Pem, Does.Not.Contain("PRIVATE KEY"));
    }

    [Test]
    public void Key_and_certificate_may_lie_in_one_file_and_the_key_may_have_the_older_forms()
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        var issued = authority.Issue(CertificateRecipe.Good, Names);
        using var key = ECDsa.Create();
        key.ImportFromPem(issued.PrivateKey);

        var client = ClientCertificate.From(ClientChain.Parse(issued.PrivateKey + issued.CertificateChain, Now), issued.CertificateChain + key.ExportECPrivateKeyPem(), "of a user");

        Assert.That(client.Sha256, Is.EqualTo(issued.Fingerprint));
    }

    [Test]
    public void The_key_of_another_certificate_is_refused_without_a_word_of_it()
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        var (mine, other, rsa) = (authority.Issue(CertificateRecipe.Good, Names), authority.Issue(CertificateRecipe.Good, Names), authority.Issue(CertificateRecipe.Good with { Key = KeyKind.Rsa2048 }, Names));
        foreach (var key in new[] { other.PrivateKey, rsa.PrivateKey, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" })
        {
            Assert.That(
                () => ClientCertificate.From(ClientChain.Parse(mine.CertificateChain, Now), key, "of a user"),
                Throws.TypeOf<HarnessException>().With.Message.EqualTo("the private key cannot be read, or is not that of the client certificate; give the key that the certificate was made with"));
        }
    }

    [TestCase("", "the file holds no private key as PEM")]
    [TestCase("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "the file holds no private key as PEM")]
    [TestCase("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", "encrypted with a passphrase")]
    public void A_file_without_a_usable_key_is_refused(string text, string problem)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        var chain = ClientChain.Parse(authority.Issue(CertificateRecipe.Good, Names).CertificateChain, Now);

        Assert.That(() => ClientCertificate.From(chain, text, "of a user"), Throws.TypeOf<HarnessException>().With.Message.Contains(problem));
    }

    [TestCase("", "holds no certificate as PEM")]
    [TestCase("0\u0082\u0001", "holds no certificate as PEM")]
    [TestCase("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "is damaged")]
    public void A_file_without_a_certificate_is_refused(string text, string problem) =>
        Assert.That(() => ClientChain.Parse(text, Now), Throws.TypeOf<HarnessException>().With.Message.Contains(problem));

    [TestCase(-1.0, 9.0, "the client certificate expired at 20")]
    [TestCase(90.0, -1.0, "the client certificate is not valid before 20")]
    public void A_certificate_out_of_its_time_is_refused(double expires, double started, string problem)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        var issued = authority.Issue(CertificateRecipe.Good with { ExpiresInDays = expires, StartedDaysAgo = started }, Names);

        Assert.That(() => ClientChain.Parse(issued.CertificateChain, Now), Throws.TypeOf<HarnessException>().With.Message.Contains(problem));
    }

    [Test]
    public void The_last_second_of_its_time_is_its_own()
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        var issued = authority.Issue(CertificateRecipe.Good, Names);
        using var leaf = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(issued.CertificateChain);
        var end = new DateTimeOffset(leaf.NotAfter);

        Assert.That(() => ClientChain.Parse(issued.CertificateChain, end), Throws.Nothing);
        Assert.That(() => ClientChain.Parse(issued.CertificateChain, end.AddSeconds(1)), Throws.TypeOf<HarnessException>());
    }
}
