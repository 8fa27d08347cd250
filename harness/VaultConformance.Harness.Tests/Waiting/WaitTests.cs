using Microsoft.Extensions.Time.Testing;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Tests.Waiting;

[CancelAfter(10_000)]
public sealed class WaitTests
{
    private static readonly WaitGoal Goal = new("pod 'vault-0' to run", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), "Look at its events.");

    [Test]
    public async Task The_first_sighting_of_the_goal_ends_the_wait(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var looks = 0;

        var waiting = new Wait(time).UntilAsync(
            Goal, _ => Task.FromResult<Sighting<int>>(++looks == 3 ? new Sighting<int>.Reached(looks) : new Sighting<int>.NotYet("pending")), cancellationToken);
        await AdvanceAsync(time, waiting);

        Assert.That(await waiting, Is.EqualTo(3));
    }

    [Test]
    public async Task When_the_limit_is_over_the_message_says_what_was_last_seen(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();

        var waiting = new Wait(time).UntilAsync(Goal, _ => Task.FromResult<Sighting<int>>(new Sighting<int>.NotYet("ContainerCreating")), cancellationToken);
        await AdvanceAsync(time, waiting);

        await Assert.ThatAsync(
            () => waiting,
            Throws.TypeOf<WaitFailedException>().With.Property(nameof(WaitFailedException.TimedOut)).True.And.Message.EqualTo(
                "Waiting for pod 'vault-0' to run took longer than 00:00:10. Last seen: ContainerCreating. Look at its events."));
    }

    [Test]
    public async Task A_look_that_hangs_is_ended_by_the_limit(CancellationToken cancellationToken)
    {
        var time = new FakeTimeProvider();

        var waiting = new Wait(time).UntilAsync<int>(
            Goal,
            async token =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return new Sighting<int>.Reached(1);
            },
            cancellationToken);
        await AdvanceAsync(time, waiting);

        await Assert.ThatAsync(() => waiting, Throws.TypeOf<WaitFailedException>().With.Property(nameof(WaitFailedException.LastSeen)).EqualTo("nothing yet"));
    }

    [Test]
    public async Task A_hopeless_sighting_ends_the_wait_at_once(CancellationToken cancellationToken) =>
        await Assert.ThatAsync(
            () => new Wait(new FakeTimeProvider()).UntilAsync(Goal, _ => Task.FromResult<Sighting<int>>(new Sighting<int>.Hopeless("ImagePullBackOff")), cancellationToken),
            Throws.TypeOf<WaitFailedException>().With.Property(nameof(WaitFailedException.TimedOut)).False.And.Message.EqualTo(
                "Gave up waiting for pod 'vault-0' to run: ImagePullBackOff. Look at its events."));

    [Test]
    public async Task Cancellation_is_not_a_failed_wait()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThatAsync(
            () => new Wait(new FakeTimeProvider()).UntilAsync(Goal, _ => Task.FromResult<Sighting<int>>(new Sighting<int>.NotYet("x")), cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>Moves the clock until the wait is over; real time only passes for the scheduler.</summary>
    private static async Task AdvanceAsync(FakeTimeProvider time, Task waiting)
    {
        while (!waiting.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }
    }
}
