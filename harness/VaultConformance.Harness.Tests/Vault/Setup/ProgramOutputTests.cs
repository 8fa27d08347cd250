using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Vault.Setup;

namespace VaultConformance.Harness.Tests.Vault.Setup;

/// <summary>What a setup program printed is kept without secrets, whatever of it is kept.</summary>
public sealed class ProgramOutputTests
{
    private const string Body = "MIIEpAIBAAKCAQEAplantedplantedplantedplantedplantedplantedplanted";

    [TestCase(8)]
    [TestCase(180)]
    [TestCase(500)]
    public void A_private_key_is_taken_out_whatever_is_left_of_the_output(int after)
    {
        var lines = Print(["-----BEGIN RSA PRIVATE KEY-----", .. Enumerable.Repeat(Body, 50), "-----END RSA PRIVATE KEY-----", .. Enumerable.Range(0, after).Select(number => $"line {number}")]);

        Assert.That(lines, Has.None.Contains("planted").And.Count.LessThanOrEqualTo(200));
        Assert.That(lines, Has.Exactly(Math.Min(after, 200)).StartsWith("line "));
    }

    [TestCase("-----BEGIN PRIVATE KEY-----|" + Body, TestName = "a key without an end")]
    [TestCase("starting|" + Body + "|" + Body + "|-----END EC PRIVATE KEY-----|done", TestName = "a key without a beginning")]
    [TestCase("-----BEGIN PRIVATE KEY-----" + Body + "-----END PRIVATE KEY-----|done", TestName = "a key in one line")]
    [TestCase("  ~ password = \"old\" -> \"planted\"", TestName = "the new value of a plan")]
    [TestCase("  ~ password = old -> planted", TestName = "the new value of a plan without quotes")]
    [TestCase("Password:\u001b[1mplanted-pw\u001b[0m", TestName = "a coloured value")]
    [TestCase("error: cannot write password \"planted\"", TestName = "a value in quotes behind its name")]
    [TestCase("The token is 'planted-token'", TestName = "a value in a sentence")]
    public void Nothing_that_was_planted_stays(string output) => Assert.That(Print(output.Split('|')), Has.None.Contains("planted"));

    [TestCase("  + path = \"kv\" -> (known after apply)")]
    [TestCase("password = (sensitive value)")]
    [TestCase("Success! Enabled the file audit device at: file/")]
    [TestCase("-----BEGIN CERTIFICATE-----")]
    public void What_is_no_secret_stays(string line) => Assert.That(Print([line]), Is.EqualTo(new[] { line }));

    [Test]
    public void Lines_of_the_other_stream_are_kept_while_a_key_is_printed()
    {
        var output = new ProgramOutput(new SecretRedactor());
        var (standard, error) = (output.OpenStream(), output.OpenStream());
        standard("-----BEGIN PRIVATE KEY-----");
        error("a warning");
        standard(Body);
        standard("-----END PRIVATE KEY-----");

        Assert.That(output.Copy(), Is.EqualTo(new[] { "***", "a warning" }));
    }

    private static IReadOnlyList<string> Print(IEnumerable<string> lines)
    {
        var output = new ProgramOutput(new SecretRedactor());
        var stream = output.OpenStream();
        foreach (var line in lines)
        {
            stream(line);
        }

        return output.Copy();
    }
}
