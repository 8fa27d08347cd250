using VaultConformance.Cli.Tests.Support;
using VaultConformance.Harness;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests.Attestation;

/// <summary>Runs that sign their own result.</summary>
public sealed class SignedRunTests
{
    private const string Signed = "out/evidence.vcb.intoto.json";

    private AttestationApp _app = null!;

    [SetUp]
    public void CreateApp()
    {
        _app = new AttestationApp();
        _app.App.Pipeline.Answer = async (plan, _, _) =>
        {
            var bundle = await EvidenceBundle.HardenedAsync();
            bundle.WriteEvidence(plan.EvidenceFolder);
            return new RunOutcome(bundle.Report, "<test-run/>", null, []);
        };
    }

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task A_run_signs_its_result_and_the_verdict_stays_the_last_line()
    {
        var run = await _app.App.RunAsync("--output", "out", "--sign-key", "signing.pem");
        var verified = await _app.App.RunAsync("verify", "out/evidence.vcb", "--key", "public.pem");

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((1, "")), run.Error);
        Assert.That(run.Output, Does.Contain($"\nsigning key    {_app.Signer.Id}\n").And.Contain(
            $"\nattestation  {_app.PathOf(Signed)}\nresult       FAILED: 16 passed, 16 warned, 29 failed\nsigner       {_app.Signer.Id}\n"));
        Assert.That(run.Output, Does.Contain("\nNonConformant. Required controls failed: PROC-1.\nReport: ").And.Not.Contain("BEGIN"));
        Assert.That((verified.ExitCode, verified.Error), Is.EqualTo((0, "")), verified.Output);
    }

    [Test]
    public async Task The_key_may_be_named_in_the_environment()
    {
        _app.App.Variables["VAULT_CONFORMANCE_SIGN_KEY"] = "env:SECRET";
        _app.App.Variables["SECRET"] = _app.Signer.PrivatePem;

        await _app.App.RunAsync("--output", "out");

        Assert.That((await _app.App.RunAsync("verify", "out/evidence.vcb", "--key", "public.pem")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Without_a_key_nothing_is_signed_and_an_earlier_attestation_is_gone()
    {
        await _app.App.RunAsync("--output", "out", "--sign-key", "signing.pem");
        Assert.That(File.Exists(_app.PathOf(Signed)), Is.True);

        var run = await _app.App.RunAsync("--output", "out");

        Assert.That(run.Output, Does.Not.Contain("attestation"));
        Assert.That(File.Exists(_app.PathOf(Signed)), Is.False);
    }

    [TestCase("--sign-key nope.pem", "--sign-key: file 'nope.pem' does not exist; name a PEM file, or env:NAME for a variable that holds the key")]
    [TestCase("--sign-key env:NOPE", "--sign-key: variable 'NOPE' is not set or empty; it must hold the key as PEM text.")]
    [TestCase("--sign-key public.pem", "--sign-key 'public.pem': this is a public key; signing needs the private key.")]
    [TestCase("--sign-key a.pem --sign-key b.pem", "--sign-key: is given 2 times; it takes one value")]
    public async Task A_key_that_cannot_sign_ends_the_run_before_it_starts(string line, string message)
    {
        var run = await _app.App.RunAsync(line.Split(' '));

        Assert.That((run.ExitCode, run.Output, run.Error), Is.EqualTo((3, "", $"Error: {message}\n")));
        Assert.That(_app.App.Pipeline.Plan, Is.Null);
    }

    [Test]
    public async Task A_run_that_ended_before_anything_was_judged_is_signed_as_failed()
    {
        var failure = new HarnessException(FailureKind.Environment, "Pod 'vault-0' crash-loops.");
        _app.App.Pipeline.Answer = (_, _, _) =>
        {
            var planned = Controls.Suite.ControlCatalogue.BuiltIn.Controls.Select(control => control.Id);
            return Task.FromResult(new RunOutcome(
                SampleReports.Of() with { Tool = ToolName.OfThisProgram, Subject = [], Planned = [.. planned.Order()], Problem = failure.Message }, null, failure, []));
        };

        var run = await _app.App.RunAsync("--output", "out", "--sign-key", "signing.pem");
        var verified = await _app.App.RunAsync("verify", "out/evidence.vcb", "--key", "public.pem");

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((4, "Error: Pod 'vault-0' crash-loops.\n")), run.Output);
        Assert.That((verified.ExitCode, verified.Error), Is.EqualTo((0, "")), verified.Output);
        Assert.That(verified.Output, Does.Contain($"result       FAILED: 0 passed, 0 warned, {Controls.Suite.ControlCatalogue.BuiltIn.Controls.Count} failed\n"));
    }

    [Test]
    public async Task A_run_whose_results_do_not_follow_from_its_observations_is_not_signed_and_does_not_end_well()
    {
        _app.App.Pipeline.Answer = async (plan, _, _) =>
        {
            var bundle = await EvidenceBundle.HardenedAsync();
            bundle.WriteEvidence(plan.EvidenceFolder);
            var good = bundle.Report.Results.Select(result => result with { Outcome = Outcome.Passed });
            return new RunOutcome(bundle.Report with { Results = [.. good] }, null, null, []);
        };

        var run = await _app.App.RunAsync("--output", "out", "--sign-key", "signing.pem");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Error, Does.StartWith($"Error: Bundle '{_app.PathOf("out/evidence.vcb")}' is not signed, because it contradicts itself:\n  "));
        Assert.That(File.Exists(_app.PathOf(Signed)), Is.False);
    }
}
