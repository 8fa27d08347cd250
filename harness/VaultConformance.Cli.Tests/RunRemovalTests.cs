using Microsoft.Extensions.Time.Testing;
using VaultConformance.Harness;
using VaultConformance.Harness.Progress;
using VaultConformance.Runs.Engine;

namespace VaultConformance.Cli.Tests;

public sealed class RunRemovalTests
{
    [Test]
    public async Task Trouble_while_removing_is_a_notice_and_the_rest_is_removed_all_the_same()
    {
        var progress = new Seen();
        var cluster = new Created(null);

        await new RunRemoval(progress, new FakeTimeProvider())
            .RemoveAsync(new Created(new HarnessException(FailureKind.Environment, "Namespace 'vault' is not gone.")), cluster);

        Assert.That(cluster.Removed, Is.True);
        Assert.That(
            progress.Events.Where(seen => seen.Kind == ProgressKind.Notice).Select(seen => seen.Message),
            Is.EqualTo((string[])["Not everything of the release was removed: Namespace 'vault' is not gone. The verb 'clean' removes what is left."]));
    }

    [Test]
    public async Task A_removal_that_was_cancelled_or_failed_in_a_way_that_nobody_foresaw_throws_nothing()
    {
        var progress = new Seen();

        await new RunRemoval(progress, new FakeTimeProvider()).RemoveAsync(new Created(new OperationCanceledException("time is over")), new Created(new InvalidOperationException("boom")));

        Assert.That(progress.Events.Count(seen => seen.Kind == ProgressKind.Notice), Is.EqualTo(2));
    }

    [Test]
    public async Task A_removal_that_works_says_nothing_but_its_phase()
    {
        var progress = new Seen();

        await new RunRemoval(progress, new FakeTimeProvider()).RemoveAsync(new Created(null), new Created(null));

        Assert.That(progress.Events.Select(seen => seen.Kind), Is.EqualTo([ProgressKind.PhaseStarted, ProgressKind.PhaseFinished]));
    }

    private sealed class Created(Exception? trouble) : IAsyncDisposable
    {
        public bool Removed { get; private set; }

        public ValueTask DisposeAsync()
        {
            Removed = true;
            return trouble is null ? ValueTask.CompletedTask : ValueTask.FromException(trouble);
        }
    }

    private sealed class Seen : IRunProgress
    {
        public List<ProgressEvent> Events { get; } = [];

        public void Report(ProgressEvent progressEvent) => Events.Add(progressEvent);
    }
}
