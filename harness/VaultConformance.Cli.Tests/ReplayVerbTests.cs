using System.Text.Json.Nodes;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Values;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests;

public sealed class ReplayVerbTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [TestCase("out")]
    [TestCase("out/evidence")]
    public async Task Evidence_without_observations_is_incomplete_never_conformant(string folder)
    {
        await RecordAsync();

        var result = await _app.RunAsync("replay", folder);

        Assert.That(result.Output, Does.Contain("NOTICE: A stand-in was tested.").And.Match("Incomplete. Could not determine required controls: .*CORE-1, "));
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((2, string.Empty)));
    }

    [Test]
    public async Task What_decides_the_exit_code_may_stand_in_the_environment_and_the_file_too()
    {
        await RecordAsync();
        _app.Variables["VAULT_CONFORMANCE_FAIL_ON"] = "everything";
        var refused = await _app.RunAsync("replay", "out");
        _app.Variables.Remove("VAULT_CONFORMANCE_FAIL_ON");
        _app.WriteWork("vault-conformance.yaml", "fail-on: all\n");
        var refusedToo = await _app.RunAsync("replay", "out");

        Assert.That((refused.ExitCode, refusedToo.ExitCode), Is.EqualTo((3, 3)));
        Assert.That(refused.Error, Does.Contain("VAULT_CONFORMANCE_FAIL_ON: "));
        Assert.That(refusedToo.Error, Does.Contain("vault-conformance.yaml line 1: "));
    }

    [Test]
    public async Task Results_can_be_written_again()
    {
        await RecordAsync();

        await _app.RunAsync("replay", "out", "--output", "again");

        Assert.That(File.ReadAllText(Path.Combine(_app.WorkingFolder, "again", "results.json")), Does.Contain("\"runId\": \"r1\"").And.Contain("baseline@1.0"));
        Assert.That(
            File.ReadAllText(Path.Combine(_app.WorkingFolder, "again", "report.html")),
            Does.Contain("<h1>Incomplete</h1>").And.Contain("A stand-in was tested.").And.Contain("Why it matters"));
    }

    [Test]
    public async Task What_the_values_declared_is_reported_again_without_them()
    {
        var declared = new DeclaredValue("server.resources", "site.yaml", 7, "mapping with 1 key, without limits") { Path = "deploy/site.yaml" };
        await RecordAsync(record => record with
        {
            Declared = new DeclaredValues(["deploy/site.yaml"], new Dictionary<string, IReadOnlyList<DeclaredValue>> { ["MEM-4"] = [declared] }),
        });

        await _app.RunAsync("replay", "out", "--output", "again");

        var folder = Path.Combine(_app.WorkingFolder, "again");
        Assert.That(File.ReadAllText(Path.Combine(folder, "results.json")), Does.Contain("mapping with 1 key, without limits"));
        Assert.That(File.ReadAllText(Path.Combine(folder, "results.sarif")), Does.Contain("Declared in deploy/site.yaml, line 7: server.resources").And.Contain("\"startLine\": 7"));
    }

    [Test]
    public async Task A_record_that_knows_nothing_of_values_is_replayed_as_before()
    {
        await RecordAsync();
        var path = Path.Combine(_app.WorkingFolder, "out", "evidence", "run.json");
        var record = JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();
        record.Remove("declared");
        await File.WriteAllTextAsync(path, record.ToJsonString());

        Assert.That((await _app.RunAsync("replay", "out")).ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task Another_profile_can_be_asked_for()
    {
        await RecordAsync();

        Assert.That((await _app.RunAsync("replay", "out", "--profile", "hardened")).Output, Does.Contain("hardened@2.0"));
        Assert.That((await _app.RunAsync("replay", "out", "--profile", "hardend")).ExitCode, Is.EqualTo(3));
    }

    [TestCase("level: must, notApplicable: \"because\"")]
    [TestCase("level: may, reason: \"because\"")]
    public async Task A_recorded_profile_that_asks_less_than_the_built_in_one_of_its_name_says_so(string lowered)
    {
        await RecordAsync(record => record with { Profile = TestApp.ProfileText("baseline").Replace("TLS-1: {level: must}", $"TLS-1: {{{lowered}}}", StringComparison.Ordinal) });

        var result = await _app.RunAsync("replay", "out");

        Assert.That(result.Output, Does.Contain("NOTICE: The profile calls itself baseline@1.0, and asks less than the one of that name that comes with this program: TLS-1.\n"), result.Error);
    }

    [Test]
    public async Task A_run_recorded_before_a_control_existed_is_judged_as_it_was_planned()
    {
        await RecordAsync(record => record with { Profile = "name: old\nversion: 0.9\ndescription: d\ncontrols:\n  CORE-1: {level: must}\n" });

        var result = await _app.RunAsync("replay", "out");

        Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
        Assert.That(result.Output, Does.Match("NOTICE: Controls that came after this run was recorded are not judged: .*CORE-2, ").And.Contain("old@0.9, 1 control: 1 inconclusive"));
    }

    [Test]
    public async Task A_profile_that_extended_another_one_is_replayed_without_it()
    {
        var controls = string.Join(", ", Controls.Suite.ControlCatalogue.BuiltIn.Controls.Select(control => $"{control.Id}: {{level: must}}"));
        _app.Profiles["base-1.0"] = $"name: base\nversion: 1.0\ndescription: d\ncontrols: {{{controls}}}\n";
        _app.Profiles["mine-1.0"] = "name: mine\nversion: 1.0\nextends: base@1.0\ndescription: d\ncontrols: {CORE-1: {level: may, reason: because}}\n";
        var recorded = (await _app.RunAsync("profile", "show", "mine", "--yaml")).Output;
        _app.Profiles.Remove("base-1.0");
        _app.Profiles.Remove("mine-1.0");

        await RecordAsync(record => record with { Profile = recorded });
        var result = await _app.RunAsync("replay", "out");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((2, string.Empty)));
        Assert.That(result.Output, Does.Contain("mine@1.0").And.Match("Could not determine required controls: .*CORE-2, "));
    }

    [Test]
    public async Task A_record_whose_profile_is_only_a_difference_is_refused()
    {
        await RecordAsync(record => record with { Profile = "name: mine\nversion: 1.0\nextends: baseline@1.0\ndescription: d\n" });

        var result = await _app.RunAsync("replay", "out");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain("line 3: 'extends' is not possible here: a profile that a run recorded is whole"));
    }

    [Test]
    public async Task A_folder_that_is_not_there_is_refused()
    {
        var result = await _app.RunAsync("replay", "nowhere");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Match("^Error: Evidence '.*nowhere' does not exist. Give an evidence bundle \\(\\*.vcb\\), the output folder of a run, or the folder 'evidence' in it.\n$"));
    }

    [Test]
    public async Task A_folder_without_evidence_is_refused()
    {
        var result = await _app.RunAsync("replay", ".");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain("holds no evidence: there is neither run.json nor evidence.vcb in it."));
    }

    [TestCase("{", "cannot be read as the record of a run")]
    [TestCase("{\"formatVersion\": 1}", "cannot be read as the record of a run")]
    public async Task A_damaged_record_is_refused(string text, string message)
    {
        await RecordAsync();
        _app.WriteWork("out/evidence/run.json", text);

        var result = await _app.RunAsync("replay", "out");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain(message).And.Contain("Record the evidence again."));
    }

    [Test]
    public async Task A_record_of_another_format_is_refused()
    {
        await RecordAsync(record => record with { FormatVersion = 3 });

        Assert.That((await _app.RunAsync("replay", "out")).Error, Does.Contain("It has format 3; this program reads formats 1 to 2."));
    }

    private Task RecordAsync(Func<RunRecord, RunRecord>? change = null)
    {
        var record = new RunRecord(
            RunRecord.CurrentFormat, "r1", "vault-conformance 0.1.0", TestApp.Now, ["A stand-in was tested."], [], TestApp.ProfileText("baseline"), [], [], null);
        return RunRecordFile.WriteAsync(Path.Combine(_app.WorkingFolder, "out", "evidence"), change?.Invoke(record) ?? record, CancellationToken.None);
    }
}
