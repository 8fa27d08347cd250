using System.Globalization;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging;

/// <summary>Whether a server stops by itself when it is told to.</summary>
internal static class GracefulStop
{
    // Lock-based storage gives a lost leader's lock away after this time; a leader that steps down does not make anyone wait for it.
    private static readonly TimeSpan LockLifetime = TimeSpan.FromSeconds(15);

    /// <summary>Judges a SIGTERM to PID 1.</summary>
    /// <param name="facts">What happened.</param>
    public static Judgement Judge(SigtermFacts facts)
    {
        const string Expected = "the container ends with exit code 0 in time";
        var actual = facts.Exited ? $"exit code {facts.ExitCode?.ToString() ?? "unknown"} after {Seconds(facts.Took)}" : $"still running after {Seconds(facts.Budget)}";
        return facts is { Exited: true, ExitCode: null }
            ? Judgement.Unknown("effect of SIGTERM to PID 1", Expected, actual)
            : Judgement.Of("effect of SIGTERM to PID 1", facts is { Exited: true, ExitCode: 0 }, Expected, actual);
    }

    /// <summary>Judges the deletion of a pod. A fast deletion is no proof, nor is that the pod came back.</summary>
    /// <param name="facts">What happened.</param>
    /// <param name="servers">How many server pods there are.</param>
    public static IEnumerable<Judgement> Judge(PodDeletionFacts facts, int servers)
    {
        var grace = TimeSpan.FromSeconds(facts.GracePeriodSeconds);
        yield return facts.ExitCode is { } code
            ? Judgement.Of("exit code of the server", code == 0, "0", $"{code}")
            : Judgement.Unknown("exit code of the server", "0", "it was never seen");
        yield return Judgement.Of("shutdown line in the server's log", facts.ShutdownLogged is not null, "present", facts.ShutdownLogged ?? "absent");
        yield return Judgement.Of(
            "time until the server ended", facts.Took < grace, $"less than the grace period of {Seconds(grace)}", Seconds(facts.Took));
        yield return Judgement.None("failures of the preStop hook", facts.HookFailures);
        if (facts.WasActive && servers > 1)
        {
            yield return JudgeFailover(facts);
        }
    }

    /// <summary>True when every judgement passed.</summary>
    /// <param name="judgements">The judgements.</param>
    public static bool Holds(IEnumerable<Judgement> judgements) =>
        judgements.All(judgement => judgement.Recommended || judgement.Outcome is Reporting.Model.Outcome.Passed or Reporting.Model.Outcome.NotApplicable);

    private static Judgement JudgeFailover(PodDeletionFacts facts)
    {
        var waited = facts.FailoverTook - facts.Took;
        return Judgement.Of(
            "next active server",
            facts.NewActive is not null && waited < LockLifetime,
            $"another pod, sooner than a lost lock's {Seconds(LockLifetime)} after the end of the old one",
            facts.NewActive is null ? "none" : $"{facts.NewActive} after {Seconds(facts.FailoverTook)}");
    }

    private static string Seconds(TimeSpan? time) => time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalSeconds:0.0} s") : "unknown";
}
