using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Processes;

/// <summary>Whether another server takes over at once when the active one is deleted.</summary>
public static class Failover
{
    private const string Fact = "next active server";

    // Lock-based storage gives a lost leader's lock away after this time; a leader that steps down does not make anyone wait for it.
    private static readonly TimeSpan LockLifetime = TimeSpan.FromSeconds(15);

    /// <summary>Judges it.</summary>
    /// <param name="facts">The deletion.</param>
    /// <param name="names">Names of the server pods.</param>
    public static Judgement Judge(PodDeletionFacts facts, IReadOnlyCollection<string> names)
    {
        if (names.Count < 2)
        {
            return Judgement.Irrelevant(Fact, "there is one server");
        }

        if (!facts.WasActive)
        {
            return JudgeStandby(facts);
        }

        var expected = Expected;
        if (facts.NewActive is { } successor && ExplainDoubt(facts, successor, names) is { } doubt)
        {
            return Judgement.Unknown(Fact, expected, doubt);
        }

        var ended = facts.EndedAfter is { } byCluster && byCluster < facts.Took ? byCluster : facts.Took;
        if (facts.NewActive is not null && facts.FailoverTook - ended < LockLifetime)
        {
            return Judgement.Of(Fact, true, expected, $"{facts.NewActive} after {GracefulStop.FormatSeconds(facts.FailoverTook)}");
        }

        return JudgeLate(facts, expected);
    }

    private static string Expected =>
        $"another pod, sooner than a lost lock's {GracefulStop.FormatSeconds(LockLifetime)} after the end of the old one";

    // An older version could not say why it deleted only one server; a newer one says what it saw of the end, and has to say that too.
    private static Judgement JudgeStandby(PodDeletionFacts facts) => facts switch
    {
        { ActiveSpared: { Length: > 0 } reason } => Judgement.Irrelevant(Fact, reason),
        { LogComplete: null, EndedAfter: null, NoneActiveAt: null } => Judgement.Irrelevant(Fact, "only a standby was deleted in this run"),
        _ => Judgement.Unknown(
            Fact, Expected, "only a standby was deleted in this run, and it was not recorded why the active server was not. Run again"),
    };

    private static string? ExplainDoubt(PodDeletionFacts facts, string successor, IReadOnlyCollection<string> names) =>
        (successor, facts.FailoverTook) switch
        {
            _ when successor == facts.Pod => $"{successor}, the pod that was deleted itself",
            _ when !names.Contains(successor) => $"{successor}, which is not a server pod",
            (_, null) => $"{successor}, and it was not recorded after what time",
            (_, { Ticks: < 0 }) => $"{successor} after {GracefulStop.FormatSeconds(facts.FailoverTook)}, which is not a time that can pass",
            _ => null,
        };

    // That none was active yet was said by the servers; that one was seen active late may be the harness' delay.
    private static Judgement JudgeLate(PodDeletionFacts facts, string expected)
    {
        var actual = facts.NewActive is null ? "none" : $"{facts.NewActive} after {GracefulStop.FormatSeconds(facts.FailoverTook)}";
        return facts.NoneActiveAt - facts.Took >= LockLifetime || (facts.NewActive is null && facts.NoneActiveAt is null)
            ? Judgement.Of(Fact, false, expected, actual)
                .Saying(facts.NewActive is null ? "No other server became active." : $"The next server became active too late: {actual}.")
            : Judgement.Unknown(Fact, expected, $"{actual}, and the servers did not say often enough when none was active");
    }
}
