using System.Text;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tests.Vault;

public sealed class SanitizedConfigurationTests
{
    [TestCase("""{"telemetry":{"circonus_api_token":"hunter2"}}""", """{"telemetry":{"circonus_api_token":"***"}}""", "telemetry.circonus_api_token")]
    [TestCase("""{"seals":[{"type":"transit","token":"s.abc"}]}""", """{"seals":[{"type":"transit","token":"***"}]}""", "seal.token")]
    [TestCase("""{"seals":[{"type":"pkcs11","config":{"pin":1234}}]}""", """{"seals":[{"type":"pkcs11","config":{"pin":"***"}}]}""", "seal.config.pin")]
    [TestCase("""{"telemetry":{"statsd_address":"statsd://u:pw@h:1"}}""", """{"telemetry":{"statsd_address":"statsd://***@h:1"}}""", "telemetry.statsd_address")]
    [TestCase("""{"telemetry":{"statsite_address":"u:p@h:1"}}""", """{"telemetry":{"statsite_address":"***"}}""", "telemetry.statsite_address")]
    [TestCase("""{"token":"we use kubernetes auth"}""", """{"token":"***unclear***"}""", "token")]
    public void A_credential_is_masked_and_found_before_and_after(string config, string masked, string place)
    {
        var result = SanitizedConfiguration.Mask((JsonObject)JsonNode.Parse(config)!);

        Assert.That(result.ToJsonString(), Is.EqualTo(masked));
        Assert.That(SanitizedConfiguration.Find((JsonObject)JsonNode.Parse(config)!).Select(item => item.Place), Is.EqualTo((string[])[place]));
        Assert.That(SanitizedConfiguration.Find(result).Select(item => item.Place), Is.EqualTo((string[])[place]));
    }

    [TestCase("""{"api_addr":"https://v:8200","cache_size":0,"cluster_name":"","default_lease_ttl":3600,"listeners":[{"config":{"address":"[::]:8200","tls_min_version":"tls12","tls_cipher_suites":"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"},"type":"tcp"}],"seals":[{"disabled":false,"type":"shamir"}],"storage":{"type":"raft"},"ui":null}""")]
    public void What_a_server_reports_stays(string config)
    {
        Assert.That(SanitizedConfiguration.Mask((JsonObject)JsonNode.Parse(config)!).ToJsonString(), Is.EqualTo(config));
        Assert.That(SanitizedConfiguration.Find((JsonObject)JsonNode.Parse(config)!), Is.Empty);
    }

    [Test]
    public void Evidence_of_an_earlier_version_is_masked_before_it_is_passed_on()
    {
        var recorded = Encoding.UTF8.GetBytes("""{"kind":"vault-state","value":{"sanitizedConfig":{"telemetry":{"circonus_api_token":"hunter2"}}}}""");

        Assert.That(Encoding.UTF8.GetString(RecordedSecrets.Mask("pod/vault-0/vault-state.json", recorded)), Does.Contain("***").And.Not.Contain("hunter2"));
        Assert.That(RecordedSecrets.Mask("pod/vault-0/other.json", recorded), Is.SameAs(recorded));
        Assert.That(RecordedSecrets.Mask("pod/vault-0/vault-state.json", [0x7b]), Is.EqualTo((byte[])[0x7b]));
    }

    [TestCase("***", CredentialTrace.Found)]
    [TestCase("a ***unclear*** b", CredentialTrace.Unclear)]
    [TestCase("***unclear*** ***", CredentialTrace.Found)]
    [TestCase("***?", CredentialTrace.Found)]
    [TestCase("a", CredentialTrace.None)]
    public void A_mark_says_what_stood_there(string text, object trace) => Assert.That(Credentials.Trace(text), Is.EqualTo(trace));
}
