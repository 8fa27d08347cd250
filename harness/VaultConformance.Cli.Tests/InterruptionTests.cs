using Microsoft.Extensions.Time.Testing;

namespace VaultConformance.Cli.Tests;

public sealed class InterruptionTests
{
    private int _announced;

    [SetUp]
    public void Forget() => _announced = 0;

    [Test]
    public void A_repeat_within_two_seconds_leaves_nothing_behind_and_a_later_one_asks_to()
    {
        var time = new FakeTimeProvider();
        using var interruption = new Interruption(time, () => _announced++);

        interruption.Signal();
        time.Advance(TimeSpan.FromSeconds(1.9));
        interruption.Signal();
        Assert.That(interruption.GivenUp.IsCompleted, Is.False);

        time.Advance(TimeSpan.FromSeconds(0.1));
        interruption.Signal();
        Assert.That(interruption.GivenUp.IsCompleted, Is.True);
        Assert.That(_announced, Is.EqualTo(1), "what happens is said once");
    }

    [Test]
    public void The_first_signal_cancels_and_leaves_30_seconds_for_removal()
    {
        var time = new FakeTimeProvider();
        using var interruption = new Interruption(time, () => _announced++);

        interruption.Signal();

        Assert.That(interruption.Token.IsCancellationRequested, Is.True);
        time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.That(interruption.GivenUp.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.That(interruption.GivenUp.IsCompleted, Is.True);
    }

    [Test]
    public void Two_signals_at_once_leave_the_same_time_for_removal_as_one()
    {
        var time = new FakeTimeProvider();
        using var interruption = new Interruption(time, () => _announced++);

        interruption.Signal();
        interruption.Signal();
        time.Advance(TimeSpan.FromSeconds(29.9));

        Assert.That(interruption.GivenUp.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.That(interruption.GivenUp.IsCompleted, Is.True);
    }

    [Test]
    public void A_later_signal_that_insists_gives_up_at_once()
    {
        using var interruption = new Interruption(new FakeTimeProvider(), () => _announced++);

        interruption.Signal(insists: true);
        Assert.That(interruption.GivenUp.IsCompleted, Is.False);
        interruption.Signal(insists: true);

        Assert.That(interruption.GivenUp.IsCompleted, Is.True);
    }
}
