using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Tests.Tls;

public sealed class TestCertificateAuthorityTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly CertificateNames Names = CertificateNames.CreateForRelease("vault", "secrets", replicas: 3);

    private readonly TestCertificateAuthority _authority = new(new FakeTimeProvider(Now));

    [OneTimeTearDown]
    public void DisposeAuthority() => _authority.Dispose();

    [Test]
    public void A_good_certificate_chains_to_the_root_with_what_is_presented()
    {
        Assert.That(Build(_authority.Issue(CertificateRecipe.Good, Names)), Is.Empty);
    }

    [Test]
    public void Without_the_intermediate_the_chain_does_not_build()
    {
        var certificate = _authority.Issue(CertificateRecipe.Good with { PresentIntermediate = false }, Names);

        Assert.That(Certificates(certificate), Has.Count.EqualTo(1));
        Assert.That(Build(certificate), Does.Contain(X509ChainStatusFlags.PartialChain));
    }

    [Test]
    public void It_is_valid_for_ninety_days()
    {
        using var leaf = Leaf(CertificateRecipe.Good);

        Assert.That(leaf.NotAfter.ToUniversalTime(), Is.EqualTo(Now.AddDays(90).UtcDateTime));
        Assert.That(leaf.NotBefore.ToUniversalTime(), Is.EqualTo(Now.AddHours(-1).UtcDateTime));
    }

    [Test]
    public void It_is_fit_for_a_server_and_for_joining()
    {
        using var leaf = Leaf(CertificateRecipe.Good);
        var usages = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single().EnhancedKeyUsages.Cast<Oid>().Select(usage => usage.Value);

        Assert.That(usages, Is.EquivalentTo(new[] { "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2" }));
        Assert.That(leaf.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority, Is.False);
        Assert.That(leaf.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages, Is.EqualTo(X509KeyUsageFlags.DigitalSignature));
        Assert.That(leaf.SignatureAlgorithm.FriendlyName, Does.Contain("256"));
        Assert.That(leaf.MatchesHostname("vault-2.vault-internal.secrets.svc"), Is.True);
        Assert.That(leaf.MatchesHostname("127.0.0.1"), Is.True);
    }

    [Test]
    public void Every_name_is_in_the_certificate()
    {
        using var leaf = Leaf(CertificateRecipe.Good);
        var extension = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();

        Assert.That(
            extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => address.ToString())),
            Is.EquivalentTo(Names.Names));
        Assert.That(extension.EnumerateIPAddresses(), Is.EqualTo(new[] { IPAddress.Loopback }));
    }

    [Test]
    public void A_self_signed_leaf_is_its_own_issuer()
    {
        using var leaf = Leaf(CertificateRecipe.Good with { Issuer = CertificateIssuer.Self });

        Assert.That(leaf.IssuerName.RawData, Is.EqualTo(leaf.SubjectName.RawData));
    }

    [Test]
    public void A_weak_key_is_weak()
    {
        using var leaf = Leaf(CertificateRecipe.Good with { Key = KeyKind.Rsa1024 });
        using var key = leaf.GetRSAPublicKey();

        Assert.That(key?.KeySize, Is.EqualTo(1024));
    }

    [TestCase(CertificateIssuer.Intermediate)]
    [TestCase(CertificateIssuer.Self)]
    public void A_weak_signature_is_weak(object issuer)
    {
        using var leaf = Leaf(CertificateRecipe.Good with { Signature = SignatureHash.Sha1, Issuer = (CertificateIssuer)issuer });

        Assert.That(leaf.SignatureAlgorithm.Value, Is.EqualTo("1.2.840.10045.4.1"));
    }

    [Test]
    public void The_authority_outlives_what_it_issues()
    {
        var certificate = _authority.Issue(CertificateRecipe.Good with { StartedDaysAgo = 400, ExpiresInDays = 3650 }, Names);

        Assert.That(Build(certificate), Is.Empty);
    }

    [Test]
    public void The_key_belongs_to_the_leaf_and_is_not_printed()
    {
        var certificate = _authority.Issue(CertificateRecipe.Good, Names);
        using var leaf = X509Certificate2.CreateFromPem(certificate.CertificateChain, certificate.PrivateKey);

        Assert.That(leaf.HasPrivateKey);
        Assert.That(certificate.PrivateKey, Does.StartWith("-----BEGIN PRIVATE KEY-----"));
        Assert.That(certificate.ToString(), Is.EqualTo($"server certificate {Fingerprint.Compute(Convert.ToBase64String(leaf.RawData))}"));
    }

    [Test]
    public void Two_certificates_of_one_authority_differ()
    {
        Assert.That(
            _authority.Issue(CertificateRecipe.Good, Names).Fingerprint, Is.Not.EqualTo(_authority.Issue(CertificateRecipe.Good, Names).Fingerprint));
    }

    private static X509Certificate2Collection Certificates(ServerCertificate certificate)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPem(certificate.CertificateChain);
        return certificates;
    }

    private static X509ChainStatusFlags[] Build(ServerCertificate certificate)
    {
        var presented = Certificates(certificate);
        using var root = X509Certificate2.CreateFromPem(certificate.Authority);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.ExtraStore.AddRange(presented);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = Now.UtcDateTime;
        return chain.Build(presented[0]) ? [] : [.. chain.ChainStatus.Select(status => status.Status)];
    }

    private X509Certificate2 Leaf(CertificateRecipe recipe) => X509Certificate2.CreateFromPem(_authority.Issue(recipe, Names).CertificateChain);
}
