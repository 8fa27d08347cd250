using Microsoft.Extensions.Time.Testing;

namespace VaultConformance.Cli.Tests;

public sealed class InterruptionTests
{
    [Test]
    public void The_first_signal_cancels_and_leaves_15_seconds_for_removal()
    {
        var time = new FakeTimeProvider();
        using var interruption = new Interruption(time);

        interruption.Signal();

        Assert.That(interruption.Token.IsCancellationRequested, Is.True);
        time.Advance(TimeSpan.FromSeconds(14.9));
        Assert.That(interruption.GivenUp.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.That(interruption.GivenUp.IsCompleted, Is.True);
    }

    [Test]
    public void A_second_signal_gives_up_at_once()
    {
        using var interruption = new Interruption(new FakeTimeProvider());

        interruption.Signal();
        interruption.Signal();

        Assert.That(interruption.GivenUp.IsCompleted, Is.True);
    }
}
