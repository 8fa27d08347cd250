using Microsoft.Extensions.Time.Testing;
using VaultConformance.Cli.Output;
using VaultConformance.Harness.Progress;

namespace VaultConformance.Cli.Tests.Output;

public sealed class PlainProgressTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Test]
    public async Task A_long_step_says_each_minute_that_it_is_still_running()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var progress = new PlainProgress(output, _time);

        await progress.ShowWhileAsync(() =>
        {
            progress.Report(new ProgressEvent(ProgressKind.PhaseStarted, "kit", "preparing the offline kit"));
            progress.Report(new ProgressEvent(ProgressKind.Note, "offline-kit", "kubernetes: building"));
            _time.Advance(TimeSpan.FromMinutes(1));
            _time.Advance(TimeSpan.FromMinutes(1));
            progress.Report(new ProgressEvent(ProgressKind.PhaseFinished, "kit", "preparing the offline kit", TimeSpan.FromMinutes(2)));
            _time.Advance(TimeSpan.FromMinutes(5));
            return Task.FromResult(0);
        });

        Assert.That(output.ToString(), Is.EqualTo("""
            12:00:00Z kit         preparing the offline kit …
            12:00:00Z offline-kit kubernetes: building
            12:01:00Z kit         still preparing the offline kit, 1 min; last: kubernetes: building
            12:02:00Z kit         still preparing the offline kit, 2 min; last: kubernetes: building
            12:02:00Z kit         preparing the offline kit: 120.0 s

            """));
    }

    [Test]
    public void Quiet_progress_shows_notices_only()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var progress = ConsoleProgress.CreateFor(CliConsole.Log(output, output), _time, Detail.Quiet);

        progress.Report(new ProgressEvent(ProgressKind.PhaseStarted, "cluster", "starting"));
        progress.Report(new ProgressEvent(ProgressKind.Notice, "engine", "The engine is slow."));

        Assert.That(output.ToString(), Is.EqualTo("NOTICE: The engine is slow.\n"));
    }
}
