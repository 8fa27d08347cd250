using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Reporting.Attestation;

namespace VaultConformance.Cli.Tests.Attestation;

/// <summary>What was changed after signing, and what the wrong one signed.</summary>
public sealed class VerifyVerbTests
{
    private const string Failed = "Rely on neither the bundle nor the attestation.\n";

    private EvidenceBundle _bundle = null!;
    private AttestationApp _signed = null!;
    private AttestationApp _app = null!;

    [OneTimeSetUp]
    public async Task SignAsync()
    {
        _bundle = await EvidenceBundle.HardenedAsync();
        _signed = new AttestationApp();
        await _signed.SignedAsync(_bundle);
    }

    [OneTimeTearDown]
    public void RemoveSigned() => _signed.Dispose();

    [SetUp]
    public void CreateApp() => _app = _signed.Copy();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task No_byte_of_the_bundle_can_be_changed()
    {
        var original = await File.ReadAllBytesAsync(_app.PathOf(AttestationApp.Bundle));
        var step = original.Length / 300;
        var positions = Enumerable.Range(0, 64).Concat(Enumerable.Range(0, original.Length / step).Select(at => at * step)).Concat(Enumerable.Range(original.Length - 64, 64));
        foreach (var position in positions.Distinct())
        {
            var changed = original.ToArray();
            changed[position] ^= (byte)(1 << (position % 8));
            await File.WriteAllBytesAsync(_app.PathOf(AttestationApp.Bundle), changed);

            var result = await _app.VerifyAsync();

            Assert.That((result.ExitCode, result.Error), Is.EqualTo((1, $"Error: Verification failed: bundle. {Failed}")), $"byte {position}");
        }
    }

    [Test]
    public async Task Another_bundle_is_told_from_the_signed_one()
    {
        var signed = _app.Statement()["subject"]![0]!["digest"]!["sha256"]!.GetValue<string>();
        await _app.WriteAsync(await EvidenceBundle.ChartDefaultsAsync());

        var result = await _app.VerifyAsync();

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((1, $"Error: Verification failed: bundle. {Failed}")));
        Assert.That(result.Output, Does.Match($"^ok       signature  .*\nFAILED   bundle     'evidence.vcb' has sha256 [0-9a-f]{{64}}; the attestation speaks of sha256 {signed}\n$"));
    }

    [Test]
    public async Task A_changed_payload_is_not_what_was_signed()
    {
        var envelope = Envelope();
        _app.App.WriteWork(AttestationApp.Envelope, DsseEnvelopeJson.Write(
            envelope with { Payload = Text(_app.Statement().ToJsonString().Replace("\"FAILED\"", "\"PASSED\"")) }));

        await AssertNotSignedAsync(_app.Signer.Id);
    }

    [Test]
    public async Task A_changed_signature_is_none()
    {
        var envelope = Envelope();
        var value = envelope.Signatures[0].Value.ToArray();
        value[^1] ^= 1;
        _app.App.WriteWork(AttestationApp.Envelope, DsseEnvelopeJson.Write(envelope with { Signatures = [envelope.Signatures[0] with { Value = value }] }));

        await AssertNotSignedAsync(_app.Signer.Id);
    }

    [Test]
    public async Task A_changed_key_id_names_another_key()
    {
        var envelope = Envelope();
        _app.App.WriteWork(AttestationApp.Envelope, DsseEnvelopeJson.Write(envelope with { Signatures = [envelope.Signatures[0] with { KeyId = new string('0', 64) }] }));

        await AssertNotSignedAsync(new string('0', 64));
    }

    [Test]
    public async Task Another_key_did_not_sign()
    {
        var other = KeyPair.New();
        _app.App.WriteWork("other.pem", other.PublicPem);

        var result = await _app.App.RunAsync("verify", "evidence.vcb", "--key", "other.pem");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((1, $"Error: Verification failed: signature. {Failed}")));
        Assert.That(result.Output, Is.EqualTo($"FAILED   signature  no signature is good and by key {other.Id}; the attestation names {_app.Signer.Id}\n"));
    }

    [Test]
    public async Task Another_type_of_payload_is_refused_even_when_it_is_signed()
    {
        _app.Sign(_app.Statement().ToJsonString(), "application/json");

        var result = await _app.VerifyAsync();

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((1, $"Error: Verification failed: signature. {Failed}")));
        Assert.That(result.Output, Is.EqualTo("FAILED   signature  the payload is of type 'application/json', not 'application/vnd.in-toto+json'\n"));
    }

    [Test]
    public async Task A_second_signature_is_told_but_not_looked_at()
    {
        var other = KeyPair.New();
        using var key = other.Signer();
        var envelope = Envelope();
        _app.App.WriteWork(AttestationApp.Envelope, DsseEnvelopeJson.Write(
            envelope with { Signatures = [.. DsseEnvelope.Sign(envelope.Payload, key).Signatures, .. envelope.Signatures] }));

        var result = await _app.VerifyAsync();

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Output, Does.StartWith($"NOTICE: The attestation also carries signatures that were not checked; they name {other.Id}.\nok       signature").And.EndWith("Verified.\n"));
    }

    [TestCase("https://slsa.dev/provenance/v1", "https://in-toto.io/attestation/test-result/v0.1", "the statement says predicateType is \"https://slsa.dev/provenance/v1\"; the bundle gives \"https://in-toto.io/attestation/test-result/v0.1\"")]
    [TestCase("https://in-toto.io/Statement/v0.1", "https://in-toto.io/Statement/v1", "the statement says _type is \"https://in-toto.io/Statement/v0.1\"; the bundle gives \"https://in-toto.io/Statement/v1\"")]
    [TestCase("\"PASSED\"", "\"FAILED\"", "the statement says predicate.result is \"PASSED\"; the bundle gives \"FAILED\"")]
    [TestCase("\"name\":\"vault-9\"", "\"name\":\"vault-0.34.1\"", "the statement says subject[1].name is \"vault-9\"; the bundle gives \"vault-0.34.1\"")]
    [TestCase("\"standIn\":true", "\"standIn\":false", "the statement says predicate.configuration[2].annotations.standIn is true; the bundle gives false")]
    [TestCase("\"url\":\"x\",\"result\"", "\"result\"", "the statement says predicate.url is \"x\"; the bundle gives nothing")]
    [TestCase("\"extra\":1,\"subject\"", "\"subject\"", "the statement says extra is 1; the bundle gives nothing")]
    public async Task A_statement_that_the_bundle_does_not_give_is_refused_even_when_it_is_signed(string claimed, string given, string problem)
    {
        var statement = _app.Statement().ToJsonString();
        Assert.That(statement, Does.Contain(given));
        _app.Sign(statement.Replace(given, claimed));

        var result = await _app.VerifyAsync();

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((1, $"Error: Verification failed: statement. {Failed}")));
        Assert.That(result.Output, Does.EndWith($"\nFAILED   statement  {problem}\n"));
    }

    [Test]
    public async Task A_forged_bundle_is_found_although_the_right_key_signed_it()
    {
        var signed = _app.Statement()["subject"]![0]!["digest"]!["sha256"]!.GetValue<string>();
        await _app.WriteAsync(_bundle.Replace("results/results.json", "\"verdict\": \"NonConformant\"", "\"verdict\": \"Conformant\""));
        _app.Sign(_app.Statement().ToJsonString().Replace(signed, Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(_app.PathOf(AttestationApp.Bundle))))));

        var result = await _app.VerifyAsync();

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((1, $"Error: Verification failed: results. {Failed}")));
        Assert.That(result.Output, Does.Contain("\nFAILED   results    verdict is \"Conformant\"; the observations give \"NonConformant\"\n"));
    }

    [Test]
    public async Task A_control_that_moved_to_another_list_is_found()
    {
        var statement = _app.Statement();
        var failed = (JsonArray)statement["predicate"]!["failedTests"]!;
        var moved = failed[0]!.GetValue<string>();
        failed.RemoveAt(0);
        ((JsonArray)statement["predicate"]!["passedTests"]!).Add(JsonValue.Create(moved));
        _app.Sign(statement.ToJsonString());

        var result = await _app.VerifyAsync();

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Output, Does.Contain($"is \"{moved}\"; the bundle gives nothing\n"));
    }

    [TestCase("{\"_type\":1,\"_type\":1}", "is not well-formed: ")]
    [TestCase("[]", "is not well-formed: it holds no JSON object.\n")]
    [TestCase("{", "is not well-formed: ")]
    public async Task A_statement_that_can_be_read_in_two_ways_is_malformed(string statement, string message)
    {
        _app.Sign(statement);

        var result = await _app.VerifyAsync();

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((3, "")));
        Assert.That(result.Error, Does.StartWith($"Error: The statement in attestation '{_app.PathOf(AttestationApp.Envelope)}' {message}"));
    }

    [Test]
    public async Task A_malformed_or_missing_attestation_is_a_wrong_input()
    {
        _app.App.WriteWork("malformed.json", "{\"payload\": 7}");

        var malformed = await _app.App.RunAsync("verify", "evidence.vcb", "--key", "public.pem", "--attestation", "malformed.json");
        var missing = await _app.App.RunAsync("verify", "evidence.vcb", "--key", "public.pem", "--attestation", "nope.json");

        Assert.That((malformed.ExitCode, malformed.Error), Is.EqualTo((3, $"Error: Attestation '{_app.PathOf("malformed.json")}' is not well-formed: member 'payload' must be a text.\n")));
        Assert.That((missing.ExitCode, missing.Error), Is.EqualTo((3, $"Error: There is no attestation '{_app.PathOf("nope.json")}'. Name it with --attestation; 'attest' makes one.\n")));
    }

    [Test]
    public async Task A_bundle_that_is_not_there_is_a_wrong_input()
    {
        File.Delete(_app.PathOf(AttestationApp.Bundle));

        var result = await _app.VerifyAsync();

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((3, "")));
        Assert.That(result.Error, Is.EqualTo($"Error: Bundle '{_app.PathOf(AttestationApp.Bundle)}' does not exist.\n"));
    }

    [TestCase("signing.pem", "--key 'signing.pem': this is a private key; verifying needs the public one, which anyone may have: openssl pkey -in KEY -pubout -out FILE.")]
    [TestCase("values.yaml", "--key 'values.yaml': this is not PEM text; it must hold '-----BEGIN', the key in base64, and '-----END'.")]
    public async Task A_key_that_cannot_verify_is_refused(string key, string message)
    {
        var result = await _app.App.RunAsync("verify", "evidence.vcb", "--key", key);

        Assert.That((result.ExitCode, result.Output, result.Error), Is.EqualTo((3, "", $"Error: {message}\n")));
    }

    private DsseEnvelope Envelope() => DsseEnvelopeJson.Read(File.ReadAllBytes(_app.PathOf(AttestationApp.Envelope)), "test");

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private async Task AssertNotSignedAsync(string named)
    {
        var result = await _app.VerifyAsync();

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((1, $"Error: Verification failed: signature. {Failed}")));
        Assert.That(result.Output, Is.EqualTo($"FAILED   signature  no signature is good and by key {_app.Signer.Id}; the attestation names {named}\n"));
    }
}
