using VaultConformance.Cli.Tests.Support;

namespace VaultConformance.Cli.Tests;

/// <summary>What was taken before a run started is of another one.</summary>
public sealed class ObservationsOfRunTests
{
    private const string Processes = "observations/pod/vault-0/processes.json";
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task An_observation_from_before_the_run_leaves_open_what_rests_on_it()
    {
        await (await EvidenceBundle.HardenedAsync()).Replace(Processes, "2026-11-23T07:50:00", "2020-01-01T00:00:00").WriteAsync(Path.Combine(_app.WorkingFolder, "evidence.vcb"));

        var result = await _app.RunAsync("replay", "evidence.vcb");

        Assert.That(result.Output, Does.Contain("was taken at 2020-01-01 00:00:00Z, before the run started at 2026-03-01 12:00:00Z, so that it is of another run"));
    }

    [Test]
    public async Task Observations_of_the_run_are_judged()
    {
        await (await EvidenceBundle.HardenedAsync()).WriteAsync(Path.Combine(_app.WorkingFolder, "evidence.vcb"));

        Assert.That((await _app.RunAsync("replay", "evidence.vcb")).Output, Does.Not.Contain("before the run started"));
    }
}
