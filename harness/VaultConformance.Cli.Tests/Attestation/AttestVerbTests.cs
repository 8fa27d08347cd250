using System.Runtime.Versioning;
using System.Security.Cryptography;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Cli.Tests.Attestation;

public sealed class AttestVerbTests
{
    private AttestationApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new AttestationApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task A_bundle_is_signed_and_verified()
    {
        var bundle = await EvidenceBundle.HardenedAsync();
        await _app.WriteAsync(bundle);

        var attested = await _app.AttestAsync();
        var verified = await _app.VerifyAsync();

        var totals = ReportTotals.From(bundle.Report);
        Assert.That((attested.ExitCode, attested.Error), Is.EqualTo((0, "")));
        Assert.That(Lines(attested), Is.EqualTo(new[]
        {
            $"run          hardened, baseline@1.0, {totals}",
            $"verdict      NonConformant. {VerdictText.Write(bundle.Report)}",
            "result       FAILED: 16 passed, 16 warned, 29 failed",
            $"signer       {_app.Signer.Id}",
            $"attestation  {_app.PathOf(AttestationApp.Envelope)}",
        }));
        Assert.That((verified.ExitCode, verified.Error), Is.EqualTo((0, "")));
        Assert.That(Lines(verified), Is.EqualTo(new[]
        {
            $"ok       signature  ECDSA P-256 with SHA-256, by key {_app.Signer.Id}",
            $"ok       bundle     'evidence.vcb' is what was signed (sha256 {Sha256(_app.PathOf(AttestationApp.Bundle))})",
            "ok       parts      16 parts, each with the size and hash that the bundle lists",
            $"ok       controls   {bundle.Report.Planned.Count} planned, all reported, all of baseline@1.0 and known to this program",
            $"ok       results    judging the observations again gives what was recorded for {bundle.Report.Planned.Count} controls",
            "ok       subjects   3 digests of chart, values, setup, patches and images are those that were observed",
            "ok       statement  result, tests, subjects and configuration are what the bundle gives",
            $"run          hardened, baseline@1.0, {totals}",
            $"verdict      NonConformant. {VerdictText.Write(bundle.Report)}",
            "result       FAILED: 16 passed, 16 warned, 29 failed",
            $"signer       {_app.Signer.Id}",
            "Verified.",
        }));
    }

    [Test]
    public async Task The_key_may_come_from_the_environment_and_the_attestation_may_lie_elsewhere()
    {
        await _app.WriteAsync(await EvidenceBundle.HardenedAsync());
        _app.App.Variables["SIGNING_KEY"] = _app.Signer.PrivatePem;
        _app.App.Variables["PUBLIC_KEY"] = _app.Signer.PublicPem;

        var attested = await _app.App.RunAsync("attest", "evidence.vcb", "--key", "env:SIGNING_KEY", "--output", "deep/signed.json");
        var verified = await _app.App.RunAsync("verify", "evidence.vcb", "--key", "env:PUBLIC_KEY", "--attestation", "deep/signed.json");

        Assert.That((attested.ExitCode, verified.ExitCode), Is.EqualTo((0, 0)), attested.Error + verified.Error);
        Assert.That(File.Exists(_app.PathOf(AttestationApp.Envelope)), Is.False);
        Assert.That(attested.Output + verified.Output, Does.Not.Contain("BEGIN").And.Not.Contain(_app.Signer.PrivatePem[40..60]));
    }

    [Test]
    public async Task A_renamed_bundle_is_still_what_was_signed()
    {
        await _app.SignedAsync(await EvidenceBundle.HardenedAsync(record => record with { Only = ["CORE-1", "CORE-3"] }));
        File.Move(_app.PathOf("evidence.vcb"), _app.PathOf("vendor.vcb"));

        var result = await _app.App.RunAsync("verify", "vendor.vcb", "--key", "public.pem", "--attestation", AttestationApp.Envelope);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")), result.Output);
    }

    [Test]
    public async Task A_stand_in_comes_first_in_everything_that_is_printed()
    {
        const string Notice = "STAND-IN: this run tested the fixture chart instead of HashiCorp's chart.";
        await _app.SignedAsync((await EvidenceBundle.HardenedAsync(record => record with { StandIn = true, Notices = [Notice] })).Replace(
            "observations/release/release.json", "\"standIn\": false", "\"standIn\": true"));

        var attested = await _app.AttestAsync();
        var verified = await _app.VerifyAsync();

        Assert.That(Lines(attested)[0], Is.EqualTo($"NOTICE: {Notice}"));
        Assert.That(Lines(verified)[0], Is.EqualTo($"NOTICE: {Notice}"));
        Assert.That(_app.Statement().ToJsonString(), Does.Contain("\"standIn\":true").And.Contain("STAND-IN: this run tested the fixture chart"));
    }

    [Test]
    public async Task A_run_of_a_few_controls_never_passes()
    {
        await _app.SignedAsync(await EvidenceBundle.HardenedAsync(record => record with { Only = ["CORE-1", "CORE-3"] }));

        var verified = await _app.VerifyAsync();

        Assert.That(verified.Output, Does.Contain("verdict      Incomplete. ").And.Contain("result       FAILED: 2 passed, 15 warned, 44 failed\n"));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "file modes are Unix's")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_private_key_that_others_can_read_is_told()
    {
        await _app.WriteAsync(await EvidenceBundle.HardenedAsync());
        File.SetUnixFileMode(_app.PathOf("signing.pem"), UnixFileMode.UserRead | UnixFileMode.GroupRead);

        Assert.That(Lines(await _app.AttestAsync())[0], Is.EqualTo("NOTICE: The private key in 'signing.pem' can be read by others on this machine; 'chmod 600 signing.pem' ends that."));
    }

    [TestCase("nope.pem", "--key: file 'nope.pem' does not exist; name a PEM file, or env:NAME for a variable that holds the key")]
    [TestCase(".", "--key: '.' is a folder, not a file")]
    [TestCase("huge.pem", "--key: file 'huge.pem' is larger than 64 KiB; no key is")]
    [TestCase("env:NOPE", "--key: variable 'NOPE' is not set or empty; it must hold the key as PEM text.")]
    [TestCase("public.pem", "--key 'public.pem': this is a public key; signing needs the private key.")]
    [TestCase("env:GARBAGE", "--key env:GARBAGE: this is not PEM text; it must hold '-----BEGIN', the key in base64, and '-----END'.")]
    public async Task A_key_that_cannot_sign_is_refused(string key, string message)
    {
        await _app.WriteAsync(await EvidenceBundle.HardenedAsync());
        _app.App.WriteWork("huge.pem", new string('x', (64 * 1024) + 1));
        _app.App.Variables["GARBAGE"] = "hunter2";

        var result = await _app.App.RunAsync("attest", "evidence.vcb", "--key", key);

        Assert.That((result.ExitCode, result.Output, result.Error), Is.EqualTo((3, "", $"Error: {message}\n")));
        Assert.That(File.Exists(_app.PathOf(AttestationApp.Envelope)), Is.False);
    }

    [Test]
    public async Task A_bundle_that_contradicts_itself_is_not_signed()
    {
        await _app.WriteAsync((await EvidenceBundle.HardenedAsync()).Replace("run.json", new string('f', 64), new string('e', 64)));

        var result = await _app.AttestAsync();

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((1, "")));
        Assert.That(result.Error, Does.StartWith($"Error: Bundle '{_app.PathOf(AttestationApp.Bundle)}' is not signed, because it contradicts itself:\n  digests[1]"));
        Assert.That(result.Error, Does.Contain($"\n  Values 'values.yaml' (sha256 {new string('f', 64)}) was observed, but is not in the record of the run\n"));
        Assert.That(File.Exists(_app.PathOf(AttestationApp.Envelope)), Is.False);
    }

    [Test]
    public async Task A_missing_bundle_and_a_missing_key_option_are_usage_errors()
    {
        var noBundle = await _app.App.RunAsync("attest", "nope.vcb", "--key", "signing.pem");
        var noKey = await _app.App.RunAsync("attest", "nope.vcb");

        Assert.That((noBundle.ExitCode, noKey.ExitCode), Is.EqualTo((3, 3)));
        Assert.That(noBundle.Error, Is.EqualTo($"Error: Bundle '{_app.PathOf("nope.vcb")}' does not exist.\n"));
        Assert.That(noKey.Error, Is.EqualTo("Error: Option '--key' is required. 'attest --help' lists what there is.\n"));
    }

    private static string[] Lines(CliResult result) => result.Output.TrimEnd('\n').Split('\n');

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
