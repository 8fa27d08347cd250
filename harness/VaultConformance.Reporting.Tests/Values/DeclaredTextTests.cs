using VaultConformance.Reporting.Values;

namespace VaultConformance.Reporting.Tests.Values;

/// <summary>What a report may show of a values file.</summary>
public sealed class DeclaredTextTests
{
    [TestCase("1.10", "1.10")]
    [TestCase("'00'", "00")]
    [TestCase("\"\"", "empty")]
    [TestCase("null", "null")]
    [TestCase("{a: 1, b: 2}", "mapping with 2 keys")]
    [TestCase("[a]", "list of 1 entry")]
    [TestCase("[a, b]", "list of 2 entries")]
    [TestCase("[]", "list of 0 entries")]
    [TestCase("https://$(VAULT_K8S_POD_NAME).vault-internal:8200", "https://$(VAULT_K8S_POD_NAME).vault-internal:8200")]
    [TestCase("2.0.4@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "2.0.4@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [TestCase("/vault/userconfig/vault-tls/tls.key", "/vault/userconfig/vault-tls/tls.key")]
    [TestCase("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")]
    [TestCase("\"a\\u001b[31mb\\tc\"", "a\\u001B[31mb c")]
    public void A_harmless_value_is_shown_on_one_line(string yaml, string text) => Assert.That(Of("tag", yaml), Is.EqualTo(text));

    [TestCase("s.kT3Vt7zQmY1bJX6pW9sRfNq2")]
    [TestCase("hvs.CAESIJ")]
    [TestCase("eyJhbGciOiJSUzI1NiJ9.e30.x")]
    [TestCase("AKIAIOSFODNN7EXAMPLE")]
    [TestCase("postgres://vault:hunter2@db/vault")]
    [TestCase("--password=hunter2")]
    [TestCase("-dev-root-token-id root")]
    [TestCase("wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY")]
    [TestCase("0123456789abcdef0123456789abcdef")]
    [TestCase("'-----BEGIN PRIVATE KEY----- MIIB'")]
    public void What_looks_like_a_secret_is_hidden(string yaml) => Assert.That(Of("extraArgs", yaml), Is.EqualTo("(hidden)"));

    [TestCase("VAULT_TOKEN")]
    [TestCase("DB_PASSWORD")]
    [TestCase("clientSecret")]
    [TestCase("awsAccessKey")]
    [TestCase("VAULT_LICENSE")]
    public void A_value_whose_key_sounds_like_a_secret_is_hidden(string name)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(name, "abc"), Is.EqualTo("(hidden)"));
            Assert.That(Of(name, "true"), Is.EqualTo("true"));
        }
    }

    [Test]
    public void A_block_is_counted_and_never_shown() => Assert.That(Of("note", "|\n  hunter2\n  hunter3\n"), Is.EqualTo("block of 2 lines"));

    [Test]
    public void A_long_value_is_cut() => Assert.That(Of("note", new string('x', 100_000)), Is.EqualTo($"{new string('x', 80)}… (100,000 characters)"));

    [Test]
    public void A_secret_in_an_assignment_is_not_shown() =>
        Assert.That(
            new ValuesLocator([ValuesFile.Parse("v.yaml", "server:\n  standalone:\n    config: |\n      ui = \"hvs.CAESIJ\"\n      x = 1\n")]).Find(["server.standalone.config#ui"]).Single().Text,
            Is.EqualTo("block of 2 lines"));

    private static string Of(string name, string yaml) => new ValuesLocator([ValuesFile.Parse("v.yaml", $"{name}: {yaml}")]).Find([name]).Single().Text;
}
