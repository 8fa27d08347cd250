using System.Diagnostics;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tests.Secrets;

public sealed class SecretScannerTests
{
    private const string Share = "Zk9Qd1h2c3RrTWJyNmVYcEpDdUw0bkFzOFRnVWlWMDU3";

    [TestCase("vault operator unseal -tls-skip-verify " + Share + " >/dev/null", "vault operator unseal -tls-skip-verify *** >/dev/null")]
    [TestCase("vault operator unseal short-key-1", "vault operator unseal ***")]
    [TestCase("sleep 5; VAULT_TOKEN=FieldRootTok_7731 vault token lookup", "sleep 5; VAULT_TOKEN=*** vault token lookup")]
    [TestCase("/usr/local/bin/vault login FieldRootTok_7731", "/usr/local/bin/vault login ***")]
    [TestCase("mysql --password hunter2 -h db", "mysql --password *** -h db")]
    [TestCase("postgres://vault:p@ss:w/ord@db:5432/vault", "postgres://***@db:5432/vault")]
    [TestCase("http://a.example and https://u:pw@b.example", "http://a.example and https://***@b.example")]
    [TestCase("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc==;EndpointSuffix=x", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=***;EndpointSuffix=x")]
    [TestCase("\"root_token\": \"x1y2z3w4\"", "\"root_token\": \"***\"")]
    [TestCase("user:\n  password: hunter2\n", "user:\n  password: ***\n")]
    [TestCase("host=db user=vault password=hunter2 sslmode=require", "host=db user=vault password=*** sslmode=require")]
    [TestCase("key AKIAIOSFODNN7EXAMPLE in use", "key *** in use")]
    [TestCase("mysql -u root -phunter2 -h db", "mysql -u root *** -h db")]
    [TestCase("curl -u admin:hunter2 https://a.example", "curl -u *** https://a.example")]
    [TestCase("curl -s --user=admin:hunter2 https://a.example", "curl -s *** https://a.example")]
    [TestCase("docker login -u ci -p hunter2 registry", "docker login -u ci -p *** registry")]
    [TestCase("redis-cli -h r -a hunter2 ping", "redis-cli -h r -a *** ping")]
    [TestCase("ldapsearch -D cn=a -w hunter2", "ldapsearch -D cn=a -w ***")]
    [TestCase("openssl pkcs12 -passin pass:hunter2 -in a", "openssl pkcs12 -passin *** -in a")]
    [TestCase("post to https://hooks.slack.com/services/T000/B000/abcdefgh now", "post to https://hooks.slack.com/services/*** now")]
    [TestCase("https://api.telegram.org/bot123456:AAabcdefgh/send", "https://api.telegram.org/bot***")]
    [TestCase("https://a.blob.core.windows.net/c?sv=2024&sig=abcDEF12%3D&se=x", "https://a.blob.core.windows.net/c?sv=2024&sig=***&se=x")]
    [TestCase("https://b.s3.amazonaws.com/k?X-Amz-Signature=0123456789abcdef", "https://b.s3.amazonaws.com/k?X-Amz-Signature=***")]
    [TestCase("--statsd=vault:hunter2@statsd:8125", "--statsd=***@statsd:8125")]
    [TestCase("DB_PASSWORD_KEY=hunter2", "DB_PASSWORD_KEY=***unclear***")]
    public void A_secret_in_text_is_taken_out(string text, string expected) => Assert.That(SecretScanner.Mask(text), Is.EqualTo(expected));

    [TestCase("VAULT_TOKEN=$(cat /vault/token) vault status")]
    [TestCase("vault operator unseal \"$UNSEAL_KEY\"")]
    [TestCase("vault operator init -key-shares=1 -key-threshold=1 -recovery-shares=5")]
    [TestCase("vault login -method=kubernetes role=app")]
    [TestCase("export TOKEN_TTL=1h; SECRET_NAME=vault-tls; PASSWORD_FILE=/run/pw")]
    [TestCase("# revokes the root token; see the token policy: default")]
    [TestCase("password: see the guide for the password policy")]
    [TestCase("kubectl get secret vault-tls -o jsonpath='{.data.tls\\.crt}'")]
    [TestCase("leader_api_addr = \"https://vault-0.vault-internal:8200\"\nleader_client_key_file = \"/vault/tls/tls.key\"")]
    [TestCase("https://$(POD_IP):8200 and postgres://$(USER):$(PASSWORD)@db")]
    [TestCase("time=2026-11-28T06:00:00Z level=info msg=\"token: renewed\"")]
    [TestCase("image: hashicorp/vault@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [TestCase("{\"kind\":\"Pod\",\"secretName\":\"vault-tls\",\"key\":\"tls.key\",\"automountServiceAccountToken\":false}")]
    [TestCase("MAX_PASSWORD_AGE=90\nDB_PASSWORD_KEY=password\nCREDENTIAL_HELPER=ecr-login\n")]
    [TestCase("docker run -p 8200:8200 hashicorp/vault:1.20@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [TestCase("curl -u $USER:$PASSWORD https://a; mkdir -p /a/b; mysql -p; id -u")]
    [TestCase("mail ops@example.org, git clone git@github.com:a/b.git")]
    public void What_is_no_secret_stays(string text) => Assert.That(SecretScanner.Mask(text), Is.EqualTo(text));

    [TestCase("a://a:")]
    [TestCase("a")]
    [TestCase("a://")]
    [TestCase("eyJ-")]
    [TestCase("eyJaaaaaaaa.")]
    [TestCase("token = ")]
    [TestCase("password:")]
    [TestCase("\"keys\": [")]
    [TestCase("vault unseal -")]
    [TestCase("-----BEGIN ")]
    [TestCase("-----BEGIN PRIVATE KEY-----")]
    [TestCase("hvs.")]
    [TestCase("a:b@")]
    [TestCase("a:b@c:1")]
    [TestCase("?sig=")]
    [TestCase("PASSWORD_KEY=")]
    [TestCase("\\\"")]
    public void Time_grows_with_the_length_of_the_text_only(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));
        var watch = Stopwatch.StartNew();

        SecretScanner.Mask(text);
        ConfigMasker.Mask($"x = \"{text.Replace("\"", "'", StringComparison.Ordinal).Replace('\\', '/')}\"");
        DeclaredVariables.MaskEntry("x", text);

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(4)), "a run of 80 000 characters took 24 s once");
    }

    [Test]
    public void A_text_that_is_too_long_is_withheld_and_says_so() => Assert.That(
        SecretScanner.Mask(new string('a', SecretScanner.LongestText + 1)), Is.EqualTo("# *** withheld: 4194305 characters, more than the 4194304 that are checked\n"));

    [Test]
    public void A_flag_names_the_secret_that_follows_it_in_a_list() => Assert.That(
        SecretScanner.Mask(["vault", "operator", "unseal", "-address=https://v:8200", "short-key-1"]), Is.EqualTo((string[])["vault", "operator", "unseal", "-address=https://v:8200", "***"]));

    [TestCase("x", "[\"" + Share + "\", \"" + Share + "\"]", true)]
    [TestCase("x", Share + "," + Share, true)]
    [TestCase("x", "- " + Share + "\n- " + Share + "\n", true)]
    [TestCase("x", "key1=" + Share + "\nkey2=" + Share, true)]
    [TestCase("unseal", Share, true)]
    [TestCase("x", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\nhvs.CAESIJ8saBcD1234567890abcdef", true)]
    [TestCase("init.json", "{\"unseal_keys_b64\":[\"abc\"],\"root_token\":\"s.abc\"}", true)]
    [TestCase("password", Share, false)]
    [TestCase("admin-password", Share, false)]
    [TestCase("gossip", Share, false)]
    [TestCase("root-token-revoke.sh", "vault token revoke $ROOT_TOKEN", false)]
    [TestCase("notes", "unseal_keys_b64 and root_token come from init", false)]
    public void Key_shares_are_found_in_any_notation_and_passwords_are_none(string name, string text, bool found) =>
        Assert.That(KeyShares.AreIn("app", [KeyValuePair.Create(name, text)]), Is.EqualTo(found));

    [Test]
    public void One_share_to_a_key_is_found_too() => Assert.That(
        KeyShares.AreIn("app", [KeyValuePair.Create("a", Share), KeyValuePair.Create("b", Share)]), Is.True);
}
