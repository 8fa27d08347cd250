using VaultConformance.Cli.Tests.Support;
using VaultConformance.Harness.Vault.Setup;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Cli.Tests;

/// <summary>How a run is told to configure the server: read strictly, before anything starts.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SetupPlanTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task Writes_and_programs_arrive_in_their_order()
    {
        _app.WriteWork("a.yaml", "- path: sys/auth/userpass\n  data: {type: userpass, config: {max_lease_ttl: 1h}, local: true, n: 3, text: \"3\"}\n  status: 204\n- path: sys/x/\n");
        _app.WriteWork("b.sh", "#!/bin/sh\n");
        File.SetUnixFileMode(Work("b.sh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var plan = await PlanAsync("--setup", "a.yaml", "--setup", "b.sh");

        var writes = (SetupStep.Writes)plan.Release.Setup[0];
        Assert.That(writes.Requests.Select(write => (write.Path, write.Status, write.Line)), Is.EqualTo([("sys/auth/userpass", (int?)204, 1), ("sys/x", null, 4)]));
        Assert.That(writes.Requests[0].Data!.ToJsonString(), Is.EqualTo("""{"type":"userpass","config":{"max_lease_ttl":"1h"},"local":true,"n":3,"text":"3"}"""));
        Assert.That(plan.Release.Setup[1], Is.InstanceOf<SetupStep.Program>().With.Property("Path").EqualTo(Work("b.sh")));
        Assert.That(PlanRecord.From(plan, []).Setup, Is.EqualTo(["a.yaml", "b.sh"]));
    }

    [TestCase("", "line 1: the file is empty")]
    [TestCase("path: a\n", "line 1: the file must be a list of writes")]
    [TestCase("- a\n", "line 1: a write must be a mapping")]
    [TestCase("- data: {}\n", "line 1: field 'path' is missing")]
    [TestCase("- path: /v1/sys/auth\n", "must be a path of the API without '/v1/' in front")]
    [TestCase("- path: v1/sys/auth\n", "must be a path of the API without '/v1/' in front")]
    [TestCase("- path: a\n  dta: {}\n", "line 2: unknown field 'dta' (did you mean 'data'?)")]
    [TestCase("- path: a\n  data: 3\n", "line 2: 'data' must be a mapping")]
    [TestCase("- path: a\n  status: many\n", "line 2: 'many' must be an HTTP status from 200 to 599")]
    [TestCase("- path: a\n  path: b\n", "line 2: 'path' is already given in line 1")]
    [TestCase("- path: &x a\n", "anchors are not allowed")]
    [TestCase("- path: [\n", "this is not YAML")]
    public async Task A_list_that_is_not_one_is_refused_with_its_line(string text, string problem)
    {
        _app.WriteWork("a.yaml", text);

        await ExpectRefusedAsync("a.yaml", problem);
    }

    [Test]
    public async Task A_file_that_is_neither_is_refused()
    {
        _app.WriteWork("b.sh", "#!/bin/sh\n");

        await ExpectRefusedAsync("b.sh", "neither a list of writes (*.yaml) nor a program that may be executed");
    }

    [Test]
    public Task A_file_that_is_not_there_is_refused() => ExpectRefusedAsync("nowhere.yaml", "nowhere.yaml");

    private string Work(string name) => Path.Combine(_app.WorkingFolder, name);

    private async Task<RunPlan> PlanAsync(params string[] arguments)
    {
        var result = await _app.RunAsync(["run", .. arguments]);
        Assert.That(result.Error, Is.Empty);
        return _app.Pipeline.Plan!;
    }

    [Test]
    public async Task Values_of_a_user_are_not_configured_by_the_example()
    {
        _app.WriteWork("values.yaml", "server: {}\n");

        Assert.That((await PlanAsync("--values", "values.yaml")).Release.Setup, Is.Empty);
    }

    private async Task ExpectRefusedAsync(string file, string problem)
    {
        var result = await _app.RunAsync("run", "--setup", file);
        Assert.That((result.ExitCode, _app.Pipeline.Plan), Is.EqualTo((3, (RunPlan?)null)));
        Assert.That(result.Error, Does.Contain(problem));
    }
}
