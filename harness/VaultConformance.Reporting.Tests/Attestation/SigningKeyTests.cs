using System.Security.Cryptography;
using VaultConformance.Reporting.Attestation;

namespace VaultConformance.Reporting.Tests.Attestation;

public sealed class SigningKeyTests
{
    private static readonly byte[] Data = [1, 2, 3];

    [Test]
    public void A_private_key_is_read_in_both_forms_and_has_the_id_of_its_public_half()
    {
        var pkcs8 = Keys.Pkcs8(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create();
        key.ImportFromPem(pkcs8);
        using var first = SigningKey.Parse(Keys.Text(pkcs8));
        using var second = SigningKey.Parse(Keys.Text(key.ExportECPrivateKeyPem()));

        Assert.That(first.KeyId, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))));
        Assert.That(second.KeyId, Is.EqualTo(first.KeyId));
        Assert.That(first.Public.Verifies(Data, second.Sign(Data)), Is.True);
    }

    [Test]
    public void Curve_parameters_before_the_key_are_passed_over()
    {
        const string Parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

        Assert.That(() => SigningKey.Parse(Keys.Text(Parameters + Keys.Sec1(ECCurve.NamedCurves.nistP256))).Dispose(), Throws.Nothing);
    }

    [TestCaseSource(nameof(Refused))]
    public void Another_thing_is_refused_with_its_own_message_and_never_shown(string pem, string message)
    {
        var exception = Assert.Throws<AttestationException>(() => SigningKey.Parse(Keys.Text(pem)))!;

        Assert.That(exception.Message, Is.EqualTo($"--key 'signing.pem': {message}"));
        Assert.That(exception.ToString(), Does.Not.Contain("BEGIN EC PRIVATE KEY").And.Not.Contain("MHcCAQ").And.Not.Contain("MIGHAg"));
    }

    [Test]
    public void A_key_never_shows_itself_as_text()
    {
        var pem = Keys.Pkcs8(ECCurve.NamedCurves.nistP256);
        using var key = SigningKey.Parse(Keys.Text(pem));

        Assert.That(key.ToString(), Is.EqualTo(key.KeyId));
        Assert.That(Keys.Text(pem).ToString(), Is.EqualTo("--key 'signing.pem'"));
    }

    private static IEnumerable<TestCaseData<string, string>> Refused()
    {
        using var rsa = RSA.Create(2048);
        const string Encrypted = "the key is encrypted; this program asks for no passphrase. Decrypt it into a file that only you can read: openssl pkey -in KEY -out FILE.";
        const string NoPem = "this is not PEM text; it must hold '-----BEGIN', the key in base64, and '-----END'.";
        var ec = Keys.Pkcs8(ECCurve.NamedCurves.nistP256);
        yield return Case("encrypted PKCS#8", Keys.Encrypted(), Encrypted);
        yield return Case("encrypted SEC1", "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END EC PRIVATE KEY-----\n", Encrypted);
        yield return Case("cosign's own form", "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n", Encrypted);
        yield return Case("RSA in PKCS#8", rsa.ExportPkcs8PrivateKeyPem(), "this is an RSA key; attestations are signed with ECDSA on curve P-256.");
        yield return Case("RSA in its own form", rsa.ExportRSAPrivateKeyPem(), "this is an RSA key; signing needs a private ECDSA key on curve P-256 ('PRIVATE KEY' or 'EC PRIVATE KEY').");
        yield return Case("Ed25519", "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n", "this is an Ed25519 key; attestations are signed with ECDSA on curve P-256.");
        yield return Case("P-384 in PKCS#8", Keys.Pkcs8(ECCurve.NamedCurves.nistP384), "this is a key on curve P-384; attestations are signed with ECDSA on curve P-256.");
        yield return Case("P-521 in SEC1", Keys.Sec1(ECCurve.NamedCurves.nistP521), "this is a key on curve P-521; attestations are signed with ECDSA on curve P-256.");
        yield return Case("public key", Keys.Public(ec), "this is a public key; signing needs the private key.");
        yield return Case("certificate", Keys.Certificate(ec), "this is a certificate; signing needs the private key.");
        yield return Case("nothing", "", NoPem);
        yield return Case("garbage", "garbage", NoPem);
        yield return Case("two keys", ec + "\n" + ec, "there are 2 entries in this PEM text; it must hold one key.");
        yield return Case("damaged PKCS#8", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "the key in this PEM text is damaged.");
        yield return Case("damaged SEC1", "-----BEGIN EC PRIVATE KEY-----\nMAMCAQE=\n-----END EC PRIVATE KEY-----\n", "the key in this PEM text is damaged.");
        yield return Case("something else", "-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----\n", "this is 'DH PARAMETERS'; signing needs a private ECDSA key on curve P-256 ('PRIVATE KEY' or 'EC PRIVATE KEY').");
    }

    private static TestCaseData<string, string> Case(string name, string pem, string message) => new TestCaseData<string, string>(pem, message).SetArgDisplayNames(name);
}
