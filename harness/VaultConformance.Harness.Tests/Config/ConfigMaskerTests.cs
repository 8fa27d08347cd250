using VaultConformance.Harness.Config;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tests.Config;

public sealed class ConfigMaskerTests
{
    [TestCase("token = \"s.abc\"", "token = \"***\"")]
    [TestCase("seal \"awskms\" {\n  secret_key = \"abc/def\"\n  region = \"eu\"\n}", "seal \"awskms\" {\n  secret_key = \"***\"\n  region = \"eu\"\n}")]
    [TestCase("pin = 1234", "pin = \"***\"")]
    [TestCase("p = 1\nPassword = \"x\" # it is fine", "p = 1\nPassword = \"***\" # it is fine")]
    [TestCase("{\"seal\": {\"transit\": {\"token\": \"hvs.abc\"}}}", "{\"seal\": {\"transit\": {\"token\": \"***\"}}}")]
    [TestCase("key = <<EOF\nabc\ndef\nEOF\nui = true", "key = \"***\"\n\n\n\nui = true")]
    [TestCase("token = [\"a\", { b = \"c\" }]", "token = \"***\"")]
    [TestCase("# token = \"s.abc\"\nui = true", "# token = \"***\"\nui = true")]
    [TestCase("/* password: abc\nmore */ ui = true", "/* password: ***\nmore */ ui = true")]
    [TestCase("/* vault login --token abc7DEF9*/ ui = true", "/* vault login --token ****/ ui = true")]
    [TestCase("connection_url = \"postgres://vault:pass@db:5432/vault\"", "connection_url = \"postgres://***@db:5432/vault\"")]
    [TestCase("auto_join = \"provider=aws access_key_id=AKIA secret_access_key=abc\"", "auto_join = \"provider=aws access_key_id=*** secret_access_key=***\"")]
    [TestCase("token = \"we use kubernetes auth\"", "token = \"***unclear***\"")]
    [TestCase("telemetry {\n statsite_address = \"u:p@h:1\"\n}", "telemetry {\n statsite_address = \"***\"\n}")]
    public void A_credential_is_replaced_and_the_rest_stays(string text, string masked)
    {
        Assert.That(ConfigMasker.Mask(text), Is.EqualTo(masked));
    }

    [TestCase("token = \"\"")]
    [TestCase("token = \"env://VAULT_TRANSIT_TOKEN\"")]
    [TestCase("pin = \"file:///run/secrets/pin\"")]
    [TestCase("credentials = \"/vault/userconfig/gcp/creds.json\"")]
    [TestCase("tls_key_file = \"/vault/userconfig/vault-tls/tls.key\"")]
    [TestCase("seal \"gcpckms\" {\n  key_ring = \"r\"\n  crypto_key = \"k\"\n  kms_key_id = \"alias/x\"\n}")]
    [TestCase("max_lease_ttl = \"24h\"\n# ----------------------------------------------------------\n# secret sauce: none; tokens expire; password: see the guide; token: default")]
    [TestCase("token_note = \"we use kubernetes auth\"")]
    public void What_is_no_credential_stays_as_written(string text)
    {
        Assert.That(ConfigMasker.Mask(text), Is.EqualTo(text));
    }

    [Test]
    public void A_masked_value_still_reads_as_a_literal()
    {
        var masked = HclDocument.Parse(ConfigMasker.Mask("seal \"transit\" {\n token = \"hvs.CAESI\"\n}"));

        Assert.That(masked.Root.ListStanzas("seal").Single().Body.FindValue("token")?.AsText(), Is.EqualTo(ConfigMasker.Masked));
    }

    [Test]
    public void Text_that_cannot_be_read_is_withheld_with_the_reason()
    {
        var masked = ConfigMasker.Mask("ui = true\ntoken = \"s.abc\nnext\"");

        Assert.That(masked, Is.EqualTo("# *** withheld: the configuration cannot be read (line 2: a string that is not closed on its line)\n"));
    }

    [Test]
    public void A_commented_private_key_goes_line_by_line()
    {
        var masked = ConfigMasker.Mask("# -----BEGIN PRIVATE KEY-----\n# MC4CAQAwBQYDK2VwBCIEIKPVRr0Z5yQ0e3u0dGJ3m1sV7Tb0kAAAAAAAAAAAAAAA\nui = true");

        Assert.That(masked, Is.EqualTo("# ***\n# ***\nui = true"));
    }
}
