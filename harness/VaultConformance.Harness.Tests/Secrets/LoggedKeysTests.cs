using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tests.Secrets;

public sealed class LoggedKeysTests
{
    private const string Share = "Zk9Qd1h2c3RrTWJyNmVYcEpDdUw0bkFzOFRnVWlWMDU3";
    private const string Key = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";

    private static readonly RunKeys Nothing = new(null);
    private static readonly RunKeys Keys = new(new UnsealMaterial([new SecretText(Key)], new SecretText("a-token-of-this-run"), AutoUnseal: false));

    [TestCase("Unseal Key 1: " + Share + "\n", "unseal key in the output of 'vault operator init'")]
    [TestCase("Unseal Key: q83vEjRWeJCrze8SNFZ4kA==\r\nRoot Token: root\r\n", "root token in the output of 'vault operator init' or of a server in development mode", "unseal key in the output of 'vault operator init'")]
    [TestCase("time=1 msg=\"Recovery Key 12: " + Share + "\"", "recovery key in the output of 'vault operator init'")]
    [TestCase("Initial Root Token: FieldRootTok_7731", "root token in the output of 'vault operator init' or of a server in development mode")]
    [TestCase("{\n  \"unseal_keys_b64\": [\n    \"" + Share + "\"\n  ],\n  \"recovery_keys_b64\": [],\n}", "unseal keys in a list")]
    [TestCase("{\\\"recovery_keys_b64\\\":[\\\"" + Share + "\\\"]}", "recovery keys in a list")]
    [TestCase("unseal_keys_hex:\n- abcdef1234567890abcdef", "unseal keys in a list")]
    [TestCase("{\"root_token\":\"FieldRootTok_7731\"}", "root token in the output of 'vault operator init' or of a server in development mode")]
    [TestCase("login with hvs.CAESIJ8saBcD1234567890abcdef done", "Vault token")]
    [TestCase("trying 8b0e71ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee", "share of an unseal key in hexadecimal")]
    [TestCase("token=s.AbCdEfGhIjKlMnOpQrStUvWx", "Vault token")]
    public void A_key_or_token_in_a_log_is_found_by_its_shape(string log, params string[] kinds) => Assert.That(LoggedKeys.FindIn(log, Nothing), Is.EqualTo(kinds));

    [TestCase("")]
    [TestCase("==> Vault server started! Log data will stream in below:\n[INFO] core: security barrier not initialized\n")]
    [TestCase("Unseal Key (will be hidden): \nUnseal Key 1: ***\nKey threshold 3, unseal keys 5, unseal_keys_b64, root_token")]
    [TestCase("running /scripts/root-token-revoke.sh\nroot token: revoked by the operator\nRoot Token: <hidden>\nInitial Root Token: $ROOT_TOKEN\n")]
    [TestCase("{\"unseal_keys_b64\":[],\"recovery_keys_b64\": [],\"root_token\":\"\",\"keys_base64\":[\"***\"]}")]
    [TestCase("{\"root_token\":\"hmac-sha256:0f6a1b\",\"keys_base64\":[\"hmac-sha256:0f6a1b5e8d7c4f6a\"]}")]
    [TestCase("image hashicorp/vault@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 and sha256-" + Share)]
    [TestCase("class com.example.s.AbstractVaultConnectionFactory and hvs.xxxxxxxxxxxxxxxxxxxxxxxx")]
    public void What_only_speaks_of_keys_is_none(string log) => Assert.That(LoggedKeys.FindIn(log, Keys), Is.Empty);

    [TestCase("got " + Key)]
    [TestCase("key=" + Key + ";")]
    [TestCase("{\"k\":\"q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA\"}")]
    public void A_key_of_this_run_is_found_by_its_digest(string log)
    {
        Assert.That(LoggedKeys.FindIn(log, Keys), Is.EqualTo((string[])["an unseal key of this run"]));
        Assert.That(LoggedKeys.FindIn(log, Nothing), Is.Empty);
    }

    [Test]
    public void A_key_of_this_run_is_found_in_hexadecimal()
    {
        var hex = Convert.ToHexString(Convert.FromBase64String(Key));

        Assert.That(LoggedKeys.FindIn($"a {hex} b", Keys), Is.EqualTo((string[])["an unseal key of this run"]));
        Assert.That(LoggedKeys.FindIn($"a {hex.ToLowerInvariant()}", Keys), Is.EqualTo((string[])["an unseal key of this run"]));
    }

    [TestCase("token: a-token-of-this-run.", "the root token of this run")]
    public void The_root_token_of_this_run_is_found_whatever_its_shape(string log, string kind) => Assert.That(LoggedKeys.FindIn(log, Keys), Is.EqualTo((string[])[kind]));

    [Test]
    public void A_root_token_that_is_a_common_word_is_not_looked_for() => Assert.That(
        LoggedKeys.FindIn("the root of all", new RunKeys(new UnsealMaterial([], new SecretText("root"), AutoUnseal: true))), Is.Empty);

    [Test, CancelAfter(10_000)]
    public void Time_grows_with_the_length_only() => Assert.That(
        LoggedKeys.FindIn(string.Concat(Enumerable.Repeat("Unseal Key: root_token\": unseal_keys_b64:    hvs.aaaa ", 40_000)), Keys), Is.Empty);
}
