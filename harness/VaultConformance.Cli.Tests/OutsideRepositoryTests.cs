using Microsoft.Extensions.Time.Testing;
using VaultConformance.Cli.Output;
using VaultConformance.Cli.Tests.Support;
using VaultConformance.Runs;

namespace VaultConformance.Cli.Tests;

/// <summary>The program may have been copied somewhere: what needs no clone works there, what needs one says so.</summary>
public sealed class OutsideRepositoryTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task CreateAsync()
    {
        _app = new TestApp();
        await (await EvidenceBundle.HardenedAsync()).WriteAsync(Path.Combine(_app.WorkingFolder, "evidence.vcb"));
    }

    [TearDown]
    public void Remove() => _app.Dispose();

    [TestCase("replay", "evidence.vcb")]
    [TestCase("replay", "evidence.vcb", "--profile", "hardened")]
    [TestCase("verify", "evidence.vcb")]
    [TestCase("controls")]
    public async Task Verbs_that_need_no_fixtures_work(params string[] arguments)
    {
        var result = await RunAsync(arguments);

        Assert.That(result.Error, Is.Empty);
        Assert.That(result.ExitCode, Is.Not.EqualTo(4));
    }

    [Test]
    public async Task A_verb_that_needs_fixtures_says_where_they_are()
    {
        var result = await RunAsync("run");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((
            4,
            $"Error: A run without --values needs a clone of this repository, and '{_app.Folder}' is in none: give --values, or start run.sh or run.ps1 of a clone.\n")));
    }

    private async Task<CliResult> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var services = new CliServices(
            CliConsole.Log(output, error), _app.Variables, _app.WorkingFolder, RepositoryFolder.FindContaining(_app.Folder), new FakeTimeProvider(TestApp.Now), _app.Pipeline);
        return new CliResult(await new CommandLineApp(services).RunAsync(arguments, CancellationToken.None), output.ToString(), error.ToString());
    }
}
