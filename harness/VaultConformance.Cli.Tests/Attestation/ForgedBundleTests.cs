using System.Text.Json.Nodes;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Reporting.Attestation;
using VaultConformance.Runs.Attestation;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests.Attestation;

/// <summary>Bundles whose sizes, hashes and manifest are consistent, but whose content was forged: only judging the observations again finds it.</summary>
public sealed class ForgedBundleTests
{
    private const string Results = "results/results.json";

    private EvidenceBundle _bundle = null!;
    private AttestationApp _app = null!;

    [OneTimeSetUp]
    public async Task MakeBundleAsync() => _bundle = await EvidenceBundle.HardenedAsync();

    [SetUp]
    public void CreateApp() => _app = new AttestationApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task A_sound_bundle_without_a_key_is_looked_into_but_proves_nothing_about_its_maker()
    {
        await _app.WriteAsync(_bundle);

        var result = await _app.App.RunAsync("verify", "evidence.vcb");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((2, "")));
        Assert.That(result.Output, Does.EndWith("\nSIGNATURE NOT CHECKED: anyone can have made this bundle. Give the signer's public key with --key.\n"));
        Assert.That(result.Output, Does.Not.Contain("verified").IgnoreCase);
    }

    [Test]
    public async Task An_attestation_without_a_key_is_refused()
    {
        var result = await _app.App.RunAsync("verify", "evidence.vcb", "--attestation", "x.json");

        Assert.That((result.ExitCode, result.Output, result.Error), Is.EqualTo(
            (3, "", "Error: --attestation needs --key: without the signer's public key nothing in an attestation can be relied on.\n")));
    }

    [Test]
    public async Task Results_of_another_run_are_found_by_judging_the_observations_again()
    {
        var defaults = await EvidenceBundle.ChartDefaultsAsync();

        var output = await ForgedAsync(defaults.With(Results, _bundle.Text(Results)), "results");

        Assert.That(output, Does.Contain("\nFAILED   results    runId is \"hardened\"; the observations give \"defaults\"\n"));
        Assert.That(output, Does.Contain("\nFAILED   results    results[API-6].reason is \"vault-0: observation "));
    }

    [Test]
    public async Task Results_of_another_run_that_were_made_to_fit_are_found_too()
    {
        var defaults = await EvidenceBundle.ChartDefaultsAsync();
        var hardened = _bundle.Text(Results).Replace("\"runId\": \"hardened\"", "\"runId\": \"defaults\"");

        var output = await ForgedAsync(defaults.With(Results, hardened), "results");

        Assert.That(output, Does.Contain("\nFAILED   results    results[API-6].reason is \"vault-0: observation "));
    }

    [TestCase("CORE-2", "outcome", "Passed", "results[CORE-2].outcome is \"Passed\"; the observations give \"Failed\"")]
    [TestCase("CORE-2", "level", "May", "results[CORE-2].level is \"May\"; the observations give \"Should\"")]
    [TestCase("CORE-2", "revision", 7, "results[CORE-2].revision is 7; the observations give 2")]
    [TestCase("CORE-2", "reason", "nothing", "results[CORE-2].reason is \"nothing\"; the observations give ")]
    public async Task One_changed_result_is_found(string id, string member, object value, string problem)
    {
        Assert.That(await ForgedAsync(Changed(_bundle, results => Result(results, id)[member] = JsonValue.Create(value)), "results"), Does.Contain($"\nFAILED   results    {problem}"));
    }

    [Test]
    public async Task A_changed_finding_verdict_or_stand_in_is_found()
    {
        var finding = await ForgedAsync(Changed(_bundle, results => Result(results, "CORE-2")["findings"]![0]!["outcome"] = "NotApplicable"), "results");
        var verdict = await ForgedAsync(Changed(_bundle, results => results["verdict"] = "Conformant"), "results");
        var standIn = await ForgedAsync(Changed(_bundle, results => results["standIn"] = true), "results");

        Assert.That(finding, Does.Contain("\nFAILED   results    results[CORE-2].findings[0].outcome is \"NotApplicable\"; the observations give \""));
        Assert.That(verdict, Does.Contain("\nFAILED   results    verdict is \"Conformant\"; the observations give \"NonConformant\"\n"));
        Assert.That(standIn, Does.Contain("\nFAILED   results    standIn is true; the observations give false\n"));
    }

    [Test]
    public async Task An_unknown_control_is_found()
    {
        var output = await ForgedAsync(Changed(_bundle, results => Result(results, "CORE-2")["id"] = "CORE-77"), "controls, results");

        Assert.That(output, Does.Contain("\nFAILED   controls   CORE-77 is among the results, but there is no such control\nFAILED   controls   CORE-2 was planned, but is not among the results\n"));
    }

    [Test]
    public async Task A_missing_planned_control_is_found()
    {
        var output = await ForgedAsync(Changed(_bundle, results => ((JsonArray)results["results"]!).Remove(Result(results, "CORE-2"))), "controls, results");

        Assert.That(output, Does.Contain("\nFAILED   controls   CORE-2 was planned, but is not among the results\n"));
    }

    [Test]
    public async Task A_control_that_is_missing_in_results_and_plan_is_found()
    {
        var bundle = await EvidenceBundle.HardenedAsync();
        var plan = JsonNode.Parse(bundle.Text("plan.json"))!;
        var planned = (JsonArray)plan["planned"]!;
        planned.Remove(planned.Single(entry => entry!.ToJsonString().Contains("\"CORE-2\"", StringComparison.Ordinal)));

        var output = await ForgedAsync(
            Changed(bundle, results => ((JsonArray)results["results"]!).Remove(Result(results, "CORE-2"))).With("plan.json", plan.ToJsonString()), "controls, results");

        Assert.That(output, Does.Contain("\nFAILED   controls   CORE-2 was planned, but is not among the results\n"));
        Assert.That(output, Does.Contain("\nFAILED   controls   CORE-2 is not in the plan, but baseline@1.0 gives it\n"));
    }

    [Test]
    public async Task A_control_that_is_there_twice_is_found()
    {
        var output = await ForgedAsync(Changed(_bundle, results => ((JsonArray)results["notRun"]!).Add("CORE-3")), "controls, results");

        Assert.That(output, Does.Contain("\nFAILED   controls   CORE-3 is among the results 2 times\n"));
    }

    [Test]
    public async Task A_control_that_the_recorded_profile_does_not_have_is_found()
    {
        const string Profile = "name: small\nversion: 1.0\ndescription: d\ncontrols:\n  CORE-1: {level: must}\n";
        var bundle = await EvidenceBundle.HardenedAsync(record => record with { Profile = Profile });

        var output = await ForgedAsync(
            Changed(bundle, results => ((JsonArray)results["results"]!).Add(Result(JsonNode.Parse(_bundle.Text(Results))!, "CORE-3").DeepClone())), "controls, results");

        Assert.That(output, Does.Contain("\nFAILED   controls   CORE-3 is among the results, but was not planned\n"));
    }

    [Test]
    public async Task A_digest_that_was_not_observed_is_found()
    {
        var bundle = await EvidenceBundle.HardenedAsync();
        var other = new string('e', 64);

        var output = await ForgedAsync(bundle.Replace("run.json", new string('c', 64), other).Replace(Results, new string('c', 64), other), "subjects");

        Assert.That(output, Does.Contain($"\nFAILED   subjects   Chart 'vault-0.34.1' (sha256 {other}) is in the record of the run, but was not observed\n"));
        Assert.That(output, Does.Contain($"\nFAILED   subjects   Chart 'vault-0.34.1' (sha256 {new string('c', 64)}) was observed, but is not in the record of the run\n"));
    }

    [Test]
    public async Task A_stand_in_that_was_kept_quiet_is_found()
    {
        var bundle = _bundle.Replace("observations/release/release.json", "\"standIn\": false", "\"standIn\": true");

        Assert.That(await ForgedAsync(bundle, "subjects"), Does.Contain("\nFAILED   subjects   a stand-in was observed, but the record of the run does not say so\n"));
    }

    [Test]
    public async Task An_observation_that_was_changed_with_its_hash_is_found_by_what_it_gives()
    {
        var bundle = _bundle.Replace("observations/pod/vault-0/core-settings.json", "\"corePattern\": \"core\"", "\"corePattern\": \"|/bin/sh\"");

        Assert.That(await ForgedAsync(bundle, "results"), Does.Contain("\nFAILED   results    "));
    }

    [Test]
    public async Task A_bundle_of_another_version_is_compared_by_outcomes_and_says_so()
    {
        var bundle = await EvidenceBundle.HardenedAsync(record => record with { Tool = "vault-conformance 0.0.9" });
        await _app.SignedAsync(Changed(bundle, results =>
        {
            Result(results, "CORE-2")["reason"] = "In other words.";
            Result(results, "CORE-2").Remove("declared");
            results["schemaVersion"] = "1.0";
        }));

        var good = await _app.VerifyAsync();
        var forged = await ForgedAsync(Changed(bundle, results => Result(results, "CORE-2")["outcome"] = "Passed"), "results");
        var dropped = await ForgedAsync(Changed(bundle, results => Result(results, "CORE-2").Remove("outcome")), "results");

        Assert.That(good.ExitCode, Is.Zero, good.Output);
        Assert.That(dropped, Does.Contain("\nFAILED   results    results[CORE-2].outcome is not there; the observations give \"Failed\"\n"));
        Assert.That(good.Output, Does.StartWith(
            $"NOTICE: The bundle was written by {ToolName.Describe("vault-conformance 0.0.9", ToolName.Build)}, this is {ToolName.Describe(ToolName.OfThisProgram, ToolName.Build)}: outcomes were compared, but not the words of reasons and findings.\n"));
        Assert.That(forged, Does.Contain("\nFAILED   results    results[CORE-2].outcome is \"Passed\"; the observations give \"Failed\"\n"));
    }

    [Test]
    public async Task Another_build_of_the_same_version_is_another_program()
    {
        var bundle = await EvidenceBundle.HardenedAsync(record => record with { Build = "0123456789abcdef" });
        await _app.SignedAsync(Changed(bundle, results => Result(results, "CORE-2")["reason"] = "In other words."));

        var verified = await _app.VerifyAsync();

        Assert.That((verified.ExitCode, verified.Error), Is.EqualTo((0, "")), verified.Output);
        Assert.That(verified.Output, Does.StartWith("NOTICE: The bundle was written by vault-conformance 0.1.0, build 0123456, this is "));
    }

    [Test]
    public async Task A_record_without_a_build_was_written_by_an_unknown_one()
    {
        var bundle = await EvidenceBundle.HardenedAsync(record => record with { Build = null });
        await _app.SignedAsync(Changed(bundle, results => Result(results, "CORE-2")["reason"] = "In other words."));

        var verified = await _app.VerifyAsync();

        Assert.That(verified.ExitCode, Is.EqualTo(ToolName.Build is null ? 1 : 0), verified.Output);
    }

    [Test]
    public async Task An_earlier_revision_that_comes_to_the_same_is_verified_and_named()
    {
        var bundle = await EvidenceBundle.HardenedAsync(record => record with { Build = "0123456789abcdef" });
        await _app.SignedAsync(Changed(bundle, results => Result(results, "CORE-2")["revision"] = 1));

        var verified = await _app.VerifyAsync();

        Assert.That((verified.ExitCode, verified.Error), Is.EqualTo((0, "")), verified.Output);
        Assert.That(verified.Output, Does.Contain("NOTICE: CORE-2 was judged by revision 1, this program has revision 2; both say Failed.\n"));
        Assert.That(_app.Statement().ToJsonString(), Does.Contain("\"CORE-2@1\""));
    }

    [Test]
    public async Task An_earlier_revision_that_came_to_something_else_is_left_open()
    {
        var bundle = await EvidenceBundle.HardenedAsync(record => record with { Build = "0123456789abcdef" });
        await _app.SignedAsync(bundle);
        var other = Changed(bundle, results =>
        {
            Result(results, "CORE-2")["revision"] = 1;
            Result(results, "CORE-2")["outcome"] = "Passed";
        });
        await _app.WriteAsync(other);

        var attested = await _app.AttestAsync();
        var looked = await _app.App.RunAsync("verify", "evidence.vcb");

        const string Sentence = "CORE-2 was judged by revision 1, this program has revision 2; the bundle says Passed, revision 2 gives Failed";
        Assert.That((attested.ExitCode, attested.Output), Is.EqualTo((1, "")));
        Assert.That(attested.Error, Does.Contain("is not signed, because this program judges by other revisions. Sign it with the build that made it (vault-conformance 0.1.0, build 0123456), or run again:").And.Contain(Sentence));
        Assert.That((looked.ExitCode, looked.Error), Is.EqualTo((2, "")));
        Assert.That(looked.Output, Does.Contain($"\nOPEN     results    {Sentence}\n"));
    }

    [Test]
    public async Task What_the_build_of_its_own_revision_signed_is_verified_in_part()
    {
        var bundle = Changed(await EvidenceBundle.HardenedAsync(record => record with { Build = "0123456789abcdef" }), results =>
        {
            Result(results, "CORE-2")["revision"] = 1;
            Result(results, "CORE-2")["outcome"] = "Passed";
        });
        await _app.WriteAsync(bundle);
        var replayed = await ReplayedBundle.OpenAsync(_app.PathOf(AttestationApp.Bundle), new Controls.Suite.SuiteJudge(), TimeProvider.System, CancellationToken.None);
        _app.Sign(Statement.Write(replayed.Attested, new Controls.Suite.SuiteJudge().Controls).ToJsonString());

        var verified = await _app.VerifyAsync();

        Assert.That((verified.ExitCode, verified.Error), Is.EqualTo((2, "")), verified.Output);
        Assert.That(verified.Output, Does.EndWith("\nVERIFIED IN PART: signature, files and all other controls hold; the verdict rests on what is open. Verify the rest with the build that made the bundle: vault-conformance 0.1.0, build 0123456.\n"));
        Assert.That(verified.Output, Does.Not.Contain("\nVerified."));
    }

    private static JsonObject Result(JsonNode results, string id) => (JsonObject)results["results"]!.AsArray().Single(result => result!["id"]!.GetValue<string>() == id)!;

    private static EvidenceBundle Changed(EvidenceBundle bundle, Action<JsonNode> change)
    {
        var results = JsonNode.Parse(bundle.Text(Results))!;
        change(results);
        return bundle.With(Results, results.ToJsonString());
    }

    /// <summary>The forged bundle is neither signed nor accepted; the output says why.</summary>
    private async Task<string> ForgedAsync(EvidenceBundle bundle, string failed)
    {
        await _app.WriteAsync(bundle);

        var attested = await _app.AttestAsync();
        var looked = await _app.App.RunAsync("verify", "evidence.vcb");

        Assert.That((attested.ExitCode, attested.Output), Is.EqualTo((1, "")), attested.Error);
        Assert.That((looked.ExitCode, looked.Error), Is.EqualTo((1, $"Error: Verification failed: {failed}. Do not rely on the bundle.\n")), looked.Output);
        return "\n" + looked.Output;
    }
}
