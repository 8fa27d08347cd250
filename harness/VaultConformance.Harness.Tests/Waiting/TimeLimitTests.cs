using Microsoft.Extensions.Time.Testing;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Tests.Waiting;

public sealed class TimeLimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _clock = new();

    [Test]
    public void Before_the_limit_nothing_is_cancelled()
    {
        using var limit = new TimeLimit(Limit, _clock, CancellationToken.None);

        _clock.Advance(Limit - TimeSpan.FromMilliseconds(1));

        Assert.That((limit.Token.IsCancellationRequested, limit.IsOver), Is.EqualTo((false, false)));
    }

    [Test]
    public void At_the_limit_the_time_is_over()
    {
        using var limit = new TimeLimit(Limit, _clock, CancellationToken.None);

        _clock.Advance(Limit);

        Assert.That((limit.Token.IsCancellationRequested, limit.IsOver), Is.EqualTo((true, true)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void Who_interrupts_did_not_run_out_of_time_whenever_that_was(bool afterTheLimit)
    {
        using var caller = new CancellationTokenSource();
        using var limit = new TimeLimit(Limit, _clock, caller.Token);

        _clock.Advance(afterTheLimit ? Limit : TimeSpan.Zero);
        caller.Cancel();
        _clock.Advance(Limit);

        Assert.That((limit.Token.IsCancellationRequested, limit.IsOver), Is.EqualTo((true, false)));
    }

    [Test]
    public void An_infinite_limit_is_never_over()
    {
        using var limit = new TimeLimit(Timeout.InfiniteTimeSpan, _clock, CancellationToken.None);

        _clock.Advance(TimeSpan.FromDays(1));

        Assert.That(limit.IsOver, Is.False);
    }
}
