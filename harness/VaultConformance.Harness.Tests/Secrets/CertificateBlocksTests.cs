using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tests.Secrets;

public sealed class CertificateBlocksTests
{
    private const string Share = "Zk9Qd1h2c3RrTWJyNmVYcEpDdUw0bkFzOFRnVWlWMDU3";

    [Test]
    public void A_certificate_stays_whatever_the_length_of_its_last_line()
    {
        var lengths = new HashSet<int>();
        for (var bytes = 0; bytes < 48; bytes++)
        {
            var pem = Issue($"CN=vault-{new string('x', bytes)}");
            lengths.Add(pem.TrimEnd().Split('\n')[^2].Length);

            Assert.That(SecretScanner.Mask(pem), Is.EqualTo(pem));
            Assert.That(SecretScanner.Mask(pem.Replace("\n", "\\n", StringComparison.Ordinal)), Is.EqualTo(pem.Replace("\n", "\\n", StringComparison.Ordinal)));
        }

        Assert.That(lengths, Has.Member(44), "the length of an unseal key");
    }

    [Test]
    public void What_stands_beside_a_certificate_is_masked()
    {
        var pem = Issue("CN=vault");

        Assert.That(SecretScanner.Mask($"{Share}\n{pem}{Share}\n"), Is.EqualTo($"***\n{pem}***\n"));
    }

    [TestCase("-----BEGIN CERTIFICATE-----\n" + Share + "\n-----END CERTIFICATE-----\n")]
    [TestCase("-----BEGIN CERTIFICATE-----\n" + Share + "\n")]
    public void What_only_claims_to_be_a_certificate_is_masked(string text) =>
        Assert.That(SecretScanner.Mask(text), Does.Not.Contain(Share));

    private static string Issue(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(1));
        return certificate.ExportCertificatePem().ReplaceLineEndings("\n") + "\n";
    }
}
