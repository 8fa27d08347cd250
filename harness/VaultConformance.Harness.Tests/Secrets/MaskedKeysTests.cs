using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tests.Secrets;

public sealed class MaskedKeysTests
{
    private const string Share = "Zk9Qd1h2c3RrTWJyNmVYcEpDdUw0bkFzOFRnVWlWMDU3";

    [TestCase("***")]
    [TestCase(Share)]
    [TestCase("hvs.CAESIJ8saBcD1234567890abcdef")]
    [TestCase("vault operator unseal -tls-skip-verify ***")]
    [TestCase("vault operator unseal short-key-1")]
    [TestCase("curl -H 'X-Vault-Token: ***' https://vault:8200/v1/sys/health")]
    [TestCase("curl -X PUT -d '{\"key\": \"***\"}' https://vault:8200/v1/sys/unseal")]
    [TestCase("echo '{\"unseal_keys_b64\": [***]}'")]
    [TestCase("printf 'Initial Root Token: ***'")]
    [TestCase("--recovery-key ***")]
    [TestCase("-dev-root-token-id=***")]
    [TestCase("export rootToken=***")]
    [TestCase("TOKEN=***; vault operator init")]
    public void A_key_is_told_by_what_stands_before_it(string text) => Assert.That(MaskedKeys.FindInCommand(["sh", "-c", text]), Is.EqualTo(KeyTrace.Found));

    [TestCase("TOKEN=*** run")]
    [TestCase("--token ***")]
    [TestCase("GITHUB_TOKEN=*** vault operator unseal")]
    [TestCase("Authorization: Bearer ***")]
    [TestCase("# *** withheld: 9000000 characters, more than the 4194304 that are checked")]
    public void A_credential_of_an_unknown_kind_stays_unknown(string text) => Assert.That(MaskedKeys.FindInCommand(["sh", "-c", text]), Is.EqualTo(KeyTrace.Unclear));

    [TestCase("")]
    [TestCase("postgres://***@db/vault")]
    [TestCase("postgres://vault:***@db/vault")]
    [TestCase("curl -H 'Authorization: Basic ***' https://a")]
    [TestCase("curl https://hooks.slack.com/services/***")]
    [TestCase("https://a.blob.core.windows.net/c?sv=2024&sig=***")]
    [TestCase("--statsd=***@statsd:8125")]
    [TestCase("PGPASSWORD=*** psql")]
    [TestCase("mysql --password *** -h db")]
    [TestCase("AWS_SECRET_ACCESS_KEY=***")]
    [TestCase("vault operator unseal \"$KEY\"")]
    [TestCase("sh /scripts/root-token-revoke.sh # the unseal key, the root token")]
    [TestCase("vault operator init -key-shares=1 -key-threshold=1 -recovery-shares=5")]
    [TestCase("VAULT_TOKEN=$(cat /run/token) vault status")]
    public void What_is_no_key_of_vault_is_none(string text) => Assert.That(MaskedKeys.FindInCommand(["sh", "-c", text]), Is.EqualTo(KeyTrace.None));

    [TestCase("VAULT_TOKEN", "***", KeyTrace.Found)]
    [TestCase("BAO_STATIC_UNSEAL_KEY", "abc", KeyTrace.Found)]
    [TestCase("FOO", "hvs.CAESIJ8saBcD1234567890abcdef", KeyTrace.Found)]
    [TestCase("KEY_1", Share, KeyTrace.Found)]
    [TestCase("TOKEN", "***", KeyTrace.Unclear)]
    [TestCase("VAULT_TOKEN_KEY", "***unclear***", KeyTrace.Unclear)]
    [TestCase("DB_PASSWORD_KEY", "***unclear***", KeyTrace.None)]
    [TestCase("MYSQL_PWD", "***", KeyTrace.None)]
    [TestCase("UNSEAL_KEY", "$(KEY)", KeyTrace.None)]
    [TestCase("UNSEAL", "auto", KeyTrace.None)]
    [TestCase("UNSEAL_KEY_FILE", "/run/keys/1", KeyTrace.None)]
    public void A_variable_is_told_by_name_and_shape(string name, string value, object trace) => Assert.That(MaskedKeys.FindInVariable(name, value), Is.EqualTo(trace));
}
