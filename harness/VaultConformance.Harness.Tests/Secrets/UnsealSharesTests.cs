using System.Diagnostics;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Tests.Secrets;

public sealed class UnsealSharesTests
{
    private const string Hex = "8b0e71ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee";
    private const string Digest = "8254c329a92850f6d539dd376f4816ee2764517da5e0235514af433164480d7a";
    private const string Share = "Zk9Qd1h2c3RrTWJyNmVYcEpDdUw0bkFzOFRnVWlWMDU3";
    private const string Key = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";

    [TestCase("U=" + Hex + "; vault operator unseal $U", "U=***; vault operator unseal $U")]
    [TestCase("key: " + Hex, "key: ***")]
    [TestCase("/unseal.sh " + Hex + " " + Hex, "/unseal.sh *** ***")]
    [TestCase("{\\\"k\\\":\\\"" + Hex + "\\\"}", "{\\\"k\\\":\\\"***\\\"}")]
    [TestCase("a\\n" + Hex + "\\n", "a\\n***\\n")]
    [TestCase("X=" + Share + " run", "X=*** run")]
    [TestCase("--x=" + Share, "--x=***")]
    [TestCase("U=" + Key + "; vault operator unseal $U", "U=***; vault operator unseal $U")]
    [TestCase("U=" + Digest + "; vault operator unseal $U", "U=***; vault operator unseal $U")]
    [TestCase("{\"key\": \"" + Digest + "\"} to sys/unseal", "{\"key\": \"***\"} to sys/unseal")]
    [TestCase("unseal with " + Digest, "unseal with ***unclear***")]
    public void A_share_is_taken_out_by_its_length(string text, string expected) => Assert.That(SecretScanner.Mask(text), Is.EqualTo(expected));

    [TestCase("BUILD=" + Digest)]
    [TestCase("hashicorp/vault@sha256:" + Digest + " unseal")]
    [TestCase("VAULT_SHA256=" + Digest + "; vault operator unseal")]
    [TestCase("echo '" + Digest + "  vault.zip' | sha256sum -c && vault operator unseal")]
    [TestCase("seal \"awskms\" auto-unseal of " + Digest)]
    [TestCase("vault operator unseal failed: connection refused")]
    [TestCase("NODE_ID=" + Share)]
    [TestCase("CHECKSUM=" + Key)]
    [TestCase("FILE=/usr/share/Java2/lib/modules/Abcdefgh1/a/bcde")]
    [TestCase("000000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("vault write auth/k/login role=a jwt=@/var/run/secrets/kubernetes.io/serviceaccount/token")]
    [TestCase("vault login token=@-")]
    [TestCase("vault kv put secret/a password=@pw.txt")]
    [TestCase("curl -d token=@$FILE https://a")]
    public void A_digest_and_a_file_are_none(string text) => Assert.That(SecretScanner.Mask(text), Is.EqualTo(text));

    [TestCase("DB_PASSWORD=@hunter2 run", "DB_PASSWORD=*** run")]
    [TestCase("password = \"@/hunter\"", "password = \"***\"")]
    public void A_literal_that_begins_like_the_name_of_a_file_is_a_secret(string text, string expected) => Assert.That(SecretScanner.Mask(text), Is.EqualTo(expected));

    [TestCase("a", Hex, true)]
    [TestCase("a", "x: " + Hex + "\n", true)]
    [TestCase("a", Digest, false)]
    [TestCase("public-key", Hex, false)]
    [TestCase("hmac", Hex, false)]
    public void One_share_in_hexadecimal_is_enough(string name, string text, bool found) => Assert.That(KeyShares.AreIn("app", [KeyValuePair.Create(name, text)]), Is.EqualTo(found));

    [Test]
    public void Shares_side_by_side_are_found_in_variables_of_any_name() => Assert.That(
        MaskedKeys.FindInVariables([("A", Share), ("B", "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJBC"), ("C", "word")]), Is.EqualTo([KeyTrace.Found, KeyTrace.Found, KeyTrace.None]));

    [TestCase("U=" + Digest + "; unseal $U ")]
    [TestCase("unseal $U=")]
    [TestCase("U=" + Share + ";")]
    [TestCase("curl sys/init {")]
    public void Time_grows_with_the_length_of_the_text_only(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));
        var watch = Stopwatch.StartNew();

        SecretScanner.Mask(text);
        InitCommands.FindIn([text]);

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(4)));
    }

    [TestCase("expected key=abc, token: none", "expected key=abc, token: none")]
    [TestCase("sh: /unseal.sh " + Hex, "sh: /unseal.sh ***")]
    [TestCase("https://u:p@a:8200 has hvs.CAESIJ8saBcD1234567890abcdef", "https://***@a:8200 has ***")]
    public void Sentences_lose_only_what_has_a_shape(string text, string expected) => Assert.That(SecretScanner.MaskShapes(text), Is.EqualTo(expected));
}
