using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests;

/// <summary>Comments of values files stay in what a run writes, but for the secrets in them.</summary>
public sealed class CommentMaskTests
{
    [TestCase("a: 1 # plain words, /vault/audit/audit.log, 2.0.4-ubi and https://vault.example.com:8200/ui", null, TestName = "what is no secret stays")]
    [TestCase("a: 1 # sha256:0123456789abcdef", null, TestName = "a digest stays")]
    [TestCase("logLevel: info\t# token hvs.CAESIJx4uYqPz0aTokenThatNobodyMaySee", "logLevel: info\t# token ***", TestName = "a token behind a tab")]
    [TestCase("# wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "# ***", TestName = "a word that looks random")]
    [TestCase("# unseal 1: m8yCqAzvYc0WIJb2w7F1n5QkZr4tLxPd6sHgUeVoXb8=", "# unseal 1: ***", TestName = "an unseal key")]
    [TestCase("a: 1 # adminPassword=abc&3x", "a: 1 # adminPassword=***", TestName = "the rest of a masked word")]
    public void A_comment_loses_what_looks_secret(string line, string? clean) =>
        Assert.That(ValuesMask.Apply(line + "\n"), Is.EqualTo((clean ?? line) + "\n"));

    [TestCase("DB_PASSWORD: \"Sommer2024!\" # same as in the wiki: Sommer2024!\n", "DB_PASSWORD: \"***\" # same as in the wiki: ***\n", TestName = "of a value")]
    [TestCase("# Sommer2024! is used below\nDB_PASSWORD: Sommer2024!\n", "# *** is used below\nDB_PASSWORD: \"***\"\n", TestName = "before the value")]
    [TestCase(
        "config: |\n  seal \"awskms\" {\n    secret_key = \"abcdEfgh\" # was abcdEfgh, then // abcdEfgh\n  }\n",
        "config: |\n  seal \"awskms\" {\n    secret_key = \"***\" # was ***, then // ***\n  }\n", TestName = "of a configuration")]
    public void A_copy_of_a_masked_value_goes_too(string text, string clean) => Assert.That(ValuesMask.Apply(text), Is.EqualTo(clean));

    [Test]
    public void A_private_key_in_comments_goes_from_its_first_line_to_its_last() =>
        Assert.That(
            ValuesMask.Apply("a: 1\n# -----BEGIN RSA PRIVATE KEY-----\n# MIIEpAIBAAKC\n# pQrStUv\n# -----END RSA PRIVATE KEY-----\n# after it\nb: 2\n"),
            Is.EqualTo("a: 1\n# ***\n# ***\n# ***\n# ***\n# after it\nb: 2\n"));

    [Test]
    public void A_private_key_without_an_end_goes_with_its_block_of_comments() =>
        Assert.That(ValuesMask.Apply("# -----BEGIN PRIVATE KEY-----\n# MIIE\na: 1\n# after it\n"), Is.EqualTo("# ***\n# ***\na: 1\n# after it\n"));

    [TestCase("server:\n  hvs.CAESIJaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: x\n")]
    [TestCase("server:\n  list:\n  - {hvs.CAESIJaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: x}\n")]
    public void A_file_with_a_secret_as_a_key_is_withheld(string text) =>
        Assert.That(ValuesMask.Apply(text), Is.EqualTo("# *** withheld: a key of the values looks like a secret\n"));

    [Test]
    [CancelAfter(20_000)]
    public void An_anchor_that_stands_for_itself_ends_in_one_sentence(CancellationToken cancellationToken) =>
        Assert.That(ValuesMask.Apply("server: &a\n  x: [*a]\n"), Does.StartWith("# *** withheld: ").And.Contain("an anchor stands for something that holds it"));

    [Test]
    [CancelAfter(20_000)]
    public void Aliases_that_stand_for_more_than_memory_holds_end_in_one_sentence(CancellationToken cancellationToken)
    {
        var lines = Enumerable.Range(1, 9).Select(at => $"a{at}: &a{at} [{string.Join(",", Enumerable.Repeat($"*a{at - 1}", 10))}]");

        Assert.That(ValuesMask.Apply("a0: &a0 x\n" + string.Join('\n', lines) + "\n"), Does.StartWith("# *** withheld: ").And.Contain("its aliases stand for more than"));
    }
}
