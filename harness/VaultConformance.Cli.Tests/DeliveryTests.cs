using VaultConformance.Cli.Tests.Support;
using VaultConformance.Harness;

namespace VaultConformance.Cli.Tests;

/// <summary>What a run came to is written down and shown, whatever happens on the way out.</summary>
public sealed class DeliveryTests
{
    private TestApp _app = null!;

    [SetUp]
    public void CreateApp() => _app = new TestApp();

    [TearDown]
    public void RemoveApp() => _app.Dispose();

    [Test]
    public async Task A_step_that_ran_out_of_its_own_time_is_no_interruption()
    {
        _app.Pipeline.Answer = (_, _, _) => throw new OperationCanceledException();

        var result = await _app.RunAsync();

        Assert.That(
            (result.ExitCode, result.Error),
            Is.EqualTo((4, "Error: A step did not end within its own time limit, and nobody interrupted it. Run again; on a slow machine with a longer --timeout.\n")));
    }

    [Test]
    public async Task Results_are_written_before_anything_is_removed()
    {
        _app.Pipeline.AfterDelivery = outcome =>
        {
            Assert.That(
                Directory.GetFiles(Path.Combine(_app.WorkingFolder, "results")).Select(Path.GetFileName),
                Is.SupersetOf(new[] { "results.json", "report.html", "evidence.vcb" }));
            throw new HarnessException(FailureKind.Environment, "The program ended here.");
        };

        var result = await _app.RunAsync("--output", "results");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((4, "Error: The program ended here.\n")));
        Assert.That(File.Exists(Path.Combine(_app.WorkingFolder, "results", "evidence.vcb")), Is.True);
    }

    [Test]
    public async Task An_interruption_while_removing_leaves_the_verdict_on_the_console()
    {
        using var interrupt = new CancellationTokenSource();
        _app.Pipeline.AfterDelivery = async outcome =>
        {
            await interrupt.CancelAsync();
            return outcome;
        };

        var result = await _app.RunAsync([], interrupt.Token);

        Assert.That(result.ExitCode, Is.EqualTo(130));
        Assert.That(result.Output, Does.Contain("\nConformant."));
    }
}
