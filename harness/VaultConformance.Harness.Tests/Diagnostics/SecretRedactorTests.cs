using FsCheck;
using FsCheck.Fluent;
using VaultConformance.Harness.Secrets;
using FsCheckConfig = FsCheck.Config;

namespace VaultConformance.Harness.Tests.Diagnostics;

public sealed class SecretRedactorTests
{
    private const string Share = "Zk3vYq0s8JtQ1xW7bN5rLm2pDh4cGa9eUoKiTfVyBnE4";

    [TestCase("token hvs.CAESIJ8s-aBcD_1234567890abcdef in use", "token *** in use")]
    [TestCase("old s.abcdefghijklmnopqrstuvwx token", "old *** token")]
    [TestCase("Unseal Key 1: abcDEF123456", "Unseal Key 1: ***")]
    [TestCase("Initial Root Token: whatever-it-is", "Initial Root Token: ***")]
    [TestCase("Authorization: Bearer abc.def-123456", "Authorization: Bearer ***")]
    [TestCase("X-Vault-Token: some-value", "X-Vault-Token: ***")]
    [TestCase("    client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQo=", "    client-key-data: ***")]
    [TestCase("    token: eyJhbGciOiJSUzI1NiIs.eyJpc3MiOiJrdWJl.c2lnbmF0dXJl", "    token: ***")]
    [TestCase("jwt eyJhbGciOiJSUzI1NiIs.eyJpc3MiOiJrdWJl.c2lnbmF0dXJl end", "jwt *** end")]
    [TestCase("{\"keys_base64\": [\"a\", \"b\"], \"root_token\": \"x1y2z3w4\"}", "{\"keys_base64\": [***], \"root_token\": \"***\"}")]
    [TestCase("key " + Share + " end", "key *** end")]
    [TestCase("-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nrest", "***\nrest")]
    [TestCase("-----BEGIN PRIVATE KEY-----\nabc, cut off", "***")]
    public void What_has_the_shape_of_a_secret_is_replaced(string text, string expected) =>
        Assert.That(new SecretRedactor().Redact(text), Is.EqualTo(expected));

    [TestCase("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [TestCase("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----")]
    [TestCase("automountServiceAccountToken: false")]
    [TestCase("core: vault is sealed")]
    [TestCase("/var/lib/kubelet/pods/a0c15438-d17c-472c-b3b6-135a424468b2/volumes/kubernetes.io~secret/vault-tls")]
    [TestCase("\"token\": null")]
    [TestCase("lowercasewordsandnothingelsebutlowercasewords")]
    public void What_is_no_secret_stays(string text) => Assert.That(new SecretRedactor().Redact(text), Is.EqualTo(text));

    [Test]
    public void Registered_secrets_are_replaced_also_in_base64_and_longest_first()
    {
        var redactor = new SecretRedactor();
        redactor.Register(new SecretText("swordfish"));
        redactor.Register(new UnsealMaterial([new SecretText("key-number-one")], new SecretText("swordfish-root"), AutoUnseal: false));

        Assert.That(redactor.Redact("swordfish swordfish-root key-number-one c3dvcmRmaXNo"), Is.EqualTo("*** *** *** ***"));
    }

    [Test]
    public void A_word_that_is_too_short_to_be_a_secret_is_not_registered()
    {
        var redactor = new SecretRedactor();
        redactor.Register(new SecretText("vault"));

        Assert.That(redactor.Redact("vault-0"), Is.EqualTo("vault-0"));
    }

    [Test]
    public void A_registered_secret_never_survives_whatever_is_around_it()
    {
        var pieces = Gen.Elements("\n", " ", "token: ", "\"", "-----BEGIN PRIVATE KEY-----", "Bearer ", "aGVsbG8", "***", "{", "[", "hvs.").ListOf().Select(string.Concat);
        var cases = from before in pieces from after in pieces from secret in Gen.Elements("s3cret-Value", "hunter2hunter2", Share) select (before, after, secret);

        Prop.ForAll(cases.ToArbitrary(), item =>
        {
            var redactor = new SecretRedactor();
            redactor.Register(new SecretText(item.secret));
            return !redactor.Redact(item.before + item.secret + item.after).Contains(item.secret, StringComparison.Ordinal);
        }).Check(FsCheckConfig.QuickThrowOnFailure.WithMaxTest(1000));
    }
}
