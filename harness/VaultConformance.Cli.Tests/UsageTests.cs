using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests;

public sealed class UsageTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [TestCase("contorls", "There is no verb 'contorls' (did you mean 'controls'?). The verbs are run, doctor, controls, replay, report, compare, attest, verify, profile, waivers, offline, clean; --help describes them.")]
    [TestCase("--vaules x.yaml", "There is no option '--vaules' (did you mean '--values'?). 'run --help' lists what there is.")]
    [TestCase("run --xyzzy", "There is no option '--xyzzy'. 'run --help' lists what there is.")]
    [TestCase("run values.yaml", "'values.yaml' is not expected here. 'run --help' lists what there is.")]
    [TestCase("--offline maybe", "'maybe' is not expected here. 'run --help' lists what there is.")]
    [TestCase("--chart", "Required argument missing for option: '--chart'. 'run --help' lists what there is.")]
    [TestCase("replay", "Required argument 'evidence' missing for command: 'replay'. 'replay --help' lists what there is.")]
    [TestCase("profile lsit", "'lsit' is not expected here (did you mean 'list'?). Required command was not provided. 'profile --help' lists what there is.")]
    [TestCase("waivers audit", "Required argument 'file' missing for command: 'audit'. 'audit --help' lists what there is.")]
    [TestCase("offline", "Required command was not provided. 'offline --help' lists what there is.")]
    [TestCase("offline biuld", "'biuld' is not expected here (did you mean 'build'?). Required command was not provided. 'offline --help' lists what there is.")]
    [TestCase("controls --jsn", "There is no option '--jsn' (did you mean '--json'?). 'controls --help' lists what there is.")]
    [TestCase("@values.txt", "There is no verb '@values.txt'. The verbs are run, doctor, controls, replay, report, compare, attest, verify, profile, waivers, offline, clean; --help describes them.")]
    public async Task What_is_not_known_is_refused_with_one_message_and_exit_code_3(string line, string message)
    {
        var result = await _app.RunAsync(line.Split(' '));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Error, Is.EqualTo($"Error: {message}\n"));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.ExitCode, Is.EqualTo(3));
            Assert.That(_app.Pipeline.Plan, Is.Null, "nothing may have started");
        }
    }

    [Test]
    public async Task Without_a_verb_the_verb_is_run()
    {
        Assert.That((await _app.RunAsync()).ExitCode, Is.Zero);
        Assert.That(_app.Pipeline.Plan, Is.Not.Null);
    }

    [Test]
    public async Task Options_without_a_verb_belong_to_run()
    {
        Assert.That((await _app.RunAsync("--release", "other")).ExitCode, Is.Zero);
        Assert.That(_app.Pipeline.Plan!.Release.Name, Is.EqualTo("other"));
    }

    [TestCase("--help")]
    [TestCase("run --help")]
    [TestCase("--release x --help")]
    [TestCase("--version")]
    public async Task Help_starts_nothing(string line)
    {
        var result = await _app.RunAsync(line.Split(' '));

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Is.Not.Empty);
        Assert.That(_app.Pipeline.Plan, Is.Null);
    }

    [Test]
    public async Task Help_names_every_verb()
    {
        var help = (await _app.RunAsync("--help")).Output;

        Assert.That(new[] { "run", "doctor", "controls", "replay", "profile", "waivers", "offline", "clean" }, Is.All.Matches<string>(verb => help.Contains($"\n  {verb} ", StringComparison.Ordinal)));
        Assert.That(help, Does.Not.Contain("\n  test "), "the tests of this repository are no matter of the program");
    }

    [Test]
    public async Task Controls_can_be_listed_for_people_and_for_programs()
    {
        Assert.That((await _app.RunAsync("controls")).Output, Does.Contain("CORE-1").And.Contain("MUST"));
        Assert.That((await _app.RunAsync("controls", "--json")).Output, Does.StartWith("[\n  {\n    \"id\": \"CORE-1\",\n    \"revision\": 1,\n    \"level\": \"Must\","));
    }
}
