using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests;

public sealed class UsageTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [TestCase("contorls", "There is no verb 'contorls' (did you mean 'controls'?). The verbs are run, lint, doctor, controls, replay, report, compare, attest, verify, profile, waivers, offline, clean, completion, help, version; --help describes them.")]
    [TestCase("--vaules x.yaml", "There is no option '--vaules' (did you mean '--values'?). 'run --help' lists what there is.")]
    [TestCase("run --xyzzy", "There is no option '--xyzzy'. 'run --help' lists what there is.")]
    [TestCase("run values", "'values' is not expected here: there is no such file, and it is not an option. 'run --help' lists what there is.")]
    [TestCase("--valeus x.yaml --keepp", "There is no option '--valeus' (did you mean '--values'?). There is no option '--keepp' (did you mean '--keep'?). 'run --help' lists what there is.")]
    [TestCase("--values --output x", "--values needs a value: <file>. 'run --help' lists what there is.")]
    [TestCase("run --values= -o x", "--values needs a value: <file>. 'run --help' lists what there is.")]
    [TestCase("--output a --output", "--output needs a value: <folder>. 'run --help' lists what there is.")]
    [TestCase("replay x -o a -o", "--output needs a value: <folder>. 'replay --help' lists what there is.")]
    [TestCase("--chart --keep", "--chart needs a value: <chart>. 'run --help' lists what there is.")]
    [TestCase("help rnu", "There is no verb 'rnu' (did you mean 'run'?). The verbs are run, lint, doctor, controls, replay, report, compare, attest, verify, profile, waivers, offline, clean, completion, help, version.")]
    [TestCase("controls TSL", "There is no control or family 'TSL' (did you mean 'TLS'?); the verb 'controls' lists them.")]
    [TestCase("controls show CORE-99", "There is no control or family 'CORE-99'; the verb 'controls' lists them.")]
    [TestCase("completion bsh", "There is no completion for 'bsh' (did you mean 'bash'?); the shells are bash, zsh, fish, pwsh.")]
    [TestCase("replay x --quiet --verbose", "--quiet and --verbose contradict each other; leave one out.")]
    [TestCase("replay x --show faild", "--show: there is no outcome 'faild' (did you mean 'failed'?); the outcomes are failed, inconclusive, waived, passed, not-applicable, declared, run-only, all.")]
    [TestCase("replay x --fail-on shuold", "--fail-on: 'shuold' must be must, should or regression (did you mean 'should'?)")]
    [TestCase("run --fail-on regression", "--fail-on regression: it needs an earlier run to compare with; name it with --baseline")]
    [TestCase("run --baseline values.yaml", "There are 2 problems:\n  --baseline: an earlier run is compared with --fail-on regression only; add that or leave it out\n  --baseline: bundle")]
    [TestCase("--offline maybe", "'maybe' is not expected here: there is no such file, and it is not an option. 'run --help' lists what there is.")]
    [TestCase("--chart", "--chart needs a value: <chart>. 'run --help' lists what there is.")]
    [TestCase("replay", "'replay' needs <evidence>: Evidence bundle (*.vcb), output folder of a run, or the folder 'evidence' in it. 'replay --help' lists what there is.")]
    [TestCase("profile lsit", "'lsit' is not expected here (did you mean 'list'?). 'profile' needs one of: list, show, check. 'profile --help' lists what there is.")]
    [TestCase("waivers audit", "'audit' needs <file>: Files of waivers. 'waivers audit --help' lists what there is.")]
    [TestCase("offline", "'offline' needs one of: build. 'offline --help' lists what there is.")]
    [TestCase("offline biuld", "'biuld' is not expected here (did you mean 'build'?). 'offline' needs one of: build. 'offline --help' lists what there is.")]
    [TestCase("controls --jsn", "There is no option '--jsn' (did you mean '--json'?). 'controls --help' lists what there is.")]
    [TestCase("@values.txt", "There is no verb '@values.txt'. The verbs are run, lint, doctor, controls, replay, report, compare, attest, verify, profile, waivers, offline, clean, completion, help, version; --help describes them.")]
    public async Task What_is_not_known_is_refused_with_one_message_and_exit_code_3(string line, string message)
    {
        var result = await _app.RunAsync(line.Split(' '));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Error, message.EndsWith("bundle", StringComparison.Ordinal) ? Does.StartWith($"Error: {message[..^6]}") : Is.EqualTo($"Error: {message}\n"));
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
    [TestCase("help")]
    [TestCase("help run")]
    [TestCase("run help")]
    [TestCase("help profile show")]
    [TestCase("version")]
    [TestCase("--values nope.yaml --help")]
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

    [TestCase("other.yaml")]
    [TestCase("run other.yaml")]
    [TestCase("run -f values.yaml other.yaml -o results")]
    public async Task A_values_file_needs_no_option(string line)
    {
        var other = _app.WriteWork("other.yaml", "server: {}\n");

        var result = await _app.RunAsync(line.Split(' '));

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, string.Empty)));
        Assert.That(_app.Pipeline.Plan!.Release.ValuesFiles[^1], Is.EqualTo(other));
        Assert.That(_app.Pipeline.Plan.Release.ValuesFiles, Has.Count.EqualTo(line.Contains("-f", StringComparison.Ordinal) ? 2 : 1));
    }

    [TestCase("controls show CORE-1")]
    [TestCase("controls core-1")]
    public async Task A_control_can_be_shown_as_a_whole(string line) =>
        Assert.That(
            (await _app.RunAsync(line.Split(' '))).Output,
            Does.StartWith("CORE-1  The Vault process can never write a core file\n  Level:    MUST").And.Contain("\n  Sources:  ")
                .And.Contain("\n  Why:      ").And.Contain("\n  Fix:      ").And.Contain("docs/controls/CORE.md").And.Not.Contain("CORE-2"));

    [Test]
    public async Task Controls_can_be_listed_for_people_and_for_programs()
    {
        Assert.That((await _app.RunAsync("controls")).Output, Does.Contain("CORE-1").And.Contain("MUST"));
        Assert.That((await _app.RunAsync("controls", "--json")).Output, Does.StartWith("[\n  {\n").And.Contain("  {\n    \"id\": \"CORE-1\",\n    \"revision\": 1,\n    \"level\": \"Must\","));
    }
}
