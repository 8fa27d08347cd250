using System.Security.Cryptography;
using VaultConformance.Reporting.Attestation;

namespace VaultConformance.Reporting.Tests.Attestation;

public sealed class VerificationKeyTests
{
    private static readonly byte[] Data = [1, 2, 3];

    [Test]
    public void A_public_key_and_a_certificate_verify_what_the_private_key_signed()
    {
        var pem = Keys.Pkcs8(ECCurve.NamedCurves.nistP256);
        using var signer = SigningKey.Parse(Keys.Text(pem));
        using var key = VerificationKey.Parse(Keys.Text(Keys.Public(pem)));
        using var certificate = VerificationKey.Parse(Keys.Text(Keys.Certificate(pem)));
        var signature = signer.Sign(Data);

        Assert.That((key.Verifies(Data, signature), key.FromCertificate, key.KeyId), Is.EqualTo((true, false, signer.KeyId)));
        Assert.That((certificate.Verifies(Data, signature), certificate.FromCertificate, certificate.KeyId), Is.EqualTo((true, true, signer.KeyId)));
    }

    [Test]
    public void No_signature_with_one_byte_changed_is_good()
    {
        using var signer = Keys.New();
        var signature = signer.Sign(Data);

        foreach (var position in Enumerable.Range(0, signature.Length))
        {
            var changed = signature.ToArray();
            changed[position] ^= 1;
            Assert.That(signer.Public.Verifies(Data, changed), Is.False, $"byte {position}");
        }
    }

    [TestCaseSource(nameof(Refused))]
    public void Another_thing_is_refused_with_its_own_message(string pem, string message) =>
        Assert.That(() => VerificationKey.Parse(Keys.Text(pem)), Throws.TypeOf<AttestationException>().With.Message.EqualTo($"--key 'signing.pem': {message}"));

    private static IEnumerable<TestCaseData<string, string>> Refused()
    {
        using var rsa = RSA.Create(2048);
        const string Private = "this is a private key; verifying needs the public one, which anyone may have: openssl pkey -in KEY -pubout -out FILE.";
        yield return Case("private key", Keys.Pkcs8(ECCurve.NamedCurves.nistP256), Private);
        yield return Case("private key in SEC1", Keys.Sec1(ECCurve.NamedCurves.nistP256), Private);
        yield return Case("RSA", rsa.ExportSubjectPublicKeyInfoPem(), "this is an RSA key; attestations are signed with ECDSA on curve P-256.");
        yield return Case("RSA in its own form", rsa.ExportRSAPublicKeyPem(), "this is an RSA key; verifying needs a public ECDSA key on curve P-256 ('PUBLIC KEY' or 'CERTIFICATE').");
        yield return Case("P-384", Keys.Public(Keys.Pkcs8(ECCurve.NamedCurves.nistP384)), "this is a key on curve P-384; attestations are signed with ECDSA on curve P-256.");
        yield return Case("certificate on P-384", Keys.Certificate(Keys.Pkcs8(ECCurve.NamedCurves.nistP384)), "this is a key on curve P-384; attestations are signed with ECDSA on curve P-256.");
        yield return Case("damaged", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", "the key in this PEM text is damaged.");
        yield return Case("damaged certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "the key in this PEM text is damaged.");
        yield return Case("garbage", "garbage", "this is not PEM text; it must hold '-----BEGIN', the key in base64, and '-----END'.");
    }

    private static TestCaseData<string, string> Case(string name, string pem, string message) => new TestCaseData<string, string>(pem, message).SetArgDisplayNames(name);
}
