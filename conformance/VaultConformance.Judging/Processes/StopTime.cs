using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Processes;

/// <summary>
/// Whether a server ended before its grace period did. Two clocks tell it: that of the harness, and that of the cluster in whole seconds.
/// </summary>
public static class StopTime
{
    private const string Fact = "time until the server ended";

    private static readonly TimeSpan ClusterClock = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Judges a deletion. The harness sees the end late, and with a sidecar that ends later long after; so its own clock proves that a
    /// server ended in time, and never that it did not. Where the clocks contradict each other, neither proves anything.
    /// </summary>
    /// <param name="facts">What happened.</param>
    public static Judgement Judge(PodDeletionFacts facts)
    {
        var grace = TimeSpan.FromSeconds(facts.GracePeriodSeconds);
        var expected = $"less than the grace period of {GracefulStop.FormatSeconds(grace)}";
        var seen = GracefulStop.FormatSeconds(facts.Took);
        return (facts.Took, facts.EndedAfter) switch
        {
            ({ Ticks: < 0 }, _) => Judgement.Unknown(Fact, expected, $"{seen}, which is not a time that can pass"),
            (_, { } told) when told < -ClusterClock =>
                Judgement.Unknown(Fact, expected, $"{GracefulStop.FormatSeconds(told)} by the cluster, which is not a time that can pass"),
            (var took, null) => took < grace
                ? Judgement.Of(Fact, true, expected, seen)
                : Judgement.Unknown(Fact, expected, $"its end was seen after {seen}, and the cluster did not tell when it was"),
            (var took, { } told) when took < grace => told < grace
                ? Judgement.Of(Fact, true, expected, GracefulStop.FormatSeconds(told))
                : Judgement.Unknown(Fact, expected, $"its end was seen after {seen}, and the cluster says that it was after "
                    + $"{GracefulStop.FormatSeconds(told)}: one of the clocks is wrong"),
            (_, { } told) => JudgeTold(told, grace, expected),
        };
    }

    // A time in whole seconds may be up to one more or less in truth.
    private static Judgement JudgeTold(TimeSpan told, TimeSpan grace, string expected) => told >= grace && told < grace + ClusterClock
        ? Judgement.Unknown(
            Fact, expected, $"{GracefulStop.FormatSeconds(told)} in the whole seconds of the cluster, which may be a little less or more")
        : Judgement.Of(Fact, told < grace, expected, GracefulStop.FormatSeconds(told))
            .Saying(time => $"The server took {time} to end; its grace period is {GracefulStop.FormatSeconds(grace)}.");
}
