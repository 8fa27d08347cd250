using System.Globalization;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;

namespace VaultConformance.Judging.Processes;

/// <summary>Whether a server stops by itself when it is told to.</summary>
public static class GracefulStop
{
    /// <summary>Judges a SIGTERM to PID 1.</summary>
    /// <param name="facts">What happened.</param>
    public static Judgement Judge(SigtermFacts facts)
    {
        const string Expected = "the container ends with exit code 0 in time";
        var actual = facts.Exited
            ? $"exit code {facts.ExitCode?.ToString() ?? "unknown"} after {FormatSeconds(facts.Took)}"
            : $"still running after {FormatSeconds(facts.Budget)}";
        return facts is { Exited: true, ExitCode: null }
            ? Judgement.Unknown("effect of SIGTERM to PID 1", Expected, actual)
            : Judgement.Of("effect of SIGTERM to PID 1", facts is { Exited: true, ExitCode: 0 }, Expected, actual)
                .Saying(facts.Exited
                    ? $"On SIGTERM the container ends with exit code {facts.ExitCode}."
                    : $"SIGTERM does not end the server within {FormatSeconds(facts.Budget)}.");
    }

    /// <summary>The deletion of a standby, if there was one, and that of the active server.</summary>
    /// <param name="facts">What happened.</param>
    public static IReadOnlyList<PodDeletionFacts> ListDeletions(PodDeletionFacts facts) => facts.Active is { } active
        ? [facts with { Active = null, ActiveSpared = $"it was a standby; the active server '{active.Pod}' was deleted after it" }, active]
        : [facts];

    /// <summary>What happened to a pod that is not a server says nothing about servers; nothing when it is one.</summary>
    /// <param name="pod">Name of the pod that something was done to.</param>
    /// <param name="servers">Names of the server pods.</param>
    public static IEnumerable<Judgement> JudgeSubject(string pod, IReadOnlyCollection<string> servers) => servers.Contains(pod)
        ? []
        : [
            Judgement.Unknown("pod that was told to end", $"a server pod ({string.Join(", ", servers)})", $"'{pod}', which is none of them")
        ];

    /// <summary>The time that a pod was given has to be its own: another one proves nothing about it.</summary>
    /// <param name="facts">What happened.</param>
    /// <param name="pod">The pod as admitted; null when it is none of the servers.</param>
    public static IEnumerable<Judgement> JudgeGrace(PodDeletionFacts facts, V1Pod? pod) =>
        pod is not null
            && (pod.Spec.TerminationGracePeriodSeconds ?? PreStopHook.DefaultGraceSeconds) is var own
            && own != facts.GracePeriodSeconds
            ? [Judgement.Unknown(
                "grace period of the deletion",
                $"that of the pod ({own} s)",
                $"{facts.GracePeriodSeconds} s: it was given another time to end than it has")]
            : [];

    /// <summary>Judges one deletion of a pod. A fast deletion is no proof, nor is that the pod came back.</summary>
    /// <param name="facts">What happened.</param>
    /// <param name="servers">Names of the server pods.</param>
    public static IEnumerable<Judgement> Judge(PodDeletionFacts facts, IReadOnlyCollection<string> servers) =>
        [.. JudgeSubject(facts.Pod, servers), .. JudgeEnd(facts), Failover.Judge(facts, servers)];

    private static IEnumerable<Judgement> JudgeEnd(PodDeletionFacts facts)
    {
        var whose = facts.WasActive ? "the active server" : "the server";
        yield return facts.ExitCode is { } code
            ? Judgement.Of($"exit code of {whose}", code == 0, "0", $"{code}")
                .Saying($"{char.ToUpperInvariant(whose[0])}{whose[1..]} ended with exit code {code}.")
            : Judgement.Unknown($"exit code of {whose}", "0", "it was never seen");
        yield return facts is { ShutdownLogged: null, LogComplete: false }
            ? Judgement.Unknown("shutdown line in the server's log", "present", "the log could not be read to its end")
            : Judgement.Of(
                "shutdown line in the server's log", facts.ShutdownLogged is not null, "present", facts.ShutdownLogged ?? "absent")
                    .Saying("The server's log has no shutdown line.");
        yield return StopTime.Judge(facts);
        yield return Judgement.None("failures of the preStop hook", facts.HookFailures)
            .Saying(found => $"The preStop hook failed: {found.TrimEnd('.')}.");
        const string Back = "the deleted pod afterwards";
        const string Expected = "back and unsealed";
        yield return facts.Recovered
            ? Judgement.Of(Back, true, Expected, Expected)
            : Judgement.Late(Back, Expected, "it did not come back within the time of the run");
    }

    /// <summary>
    /// Whether a deletion and the hook make up for a PID 1 that forwards no signal, in words: one that fails does not, and what is open
    /// leaves it open.
    /// </summary>
    /// <param name="deletion">What PROC-2 found.</param>
    /// <param name="hook">What PROC-3 found.</param>
    public static string DescribeCompensation(IReadOnlyList<Judgement> deletion, IReadOnlyList<Judgement> hook)
    {
        (string Control, IReadOnlyList<Judgement> Judgements)[] both = [("PROC-2", deletion), ("PROC-3", hook)];
        if (both.Any(one => one.Judgements.Any(judgement => judgement is { Recommended: false, Outcome: Outcome.Failed })))
        {
            return " (PROC-2 and PROC-3 do not show a clean shutdown)";
        }

        var open =
            both.SelectMany(one => one.Judgements.Where(judgement => judgement is { Recommended: false, Outcome: Outcome.Inconclusive })
                .Select(judgement => $"{one.Control}: {judgement.Fact}: {judgement.Actual}")).ToList();
        return open.Count == 0
            ? " (tolerated: PROC-2 and PROC-3 show a clean shutdown)"
            : $" (whether PROC-2 and PROC-3 show a clean shutdown could not be determined: {string.Join("; ", open)})";
    }

    /// <summary>A time in seconds, in words.</summary>
    /// <param name="time">The time; null when not known.</param>
    internal static string FormatSeconds(TimeSpan? time) =>
        time is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known.TotalSeconds:0.0} s") : "unknown";
}
