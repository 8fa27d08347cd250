using System.Globalization;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Shell;
using k8s.Models;

namespace VaultConformance.Judging.Processes;

/// <summary>Whether the preStop hook can work in the image, and leaves time for the shutdown.</summary>
public static class PreStopHook
{
    /// <summary>What Kubernetes gives a pod that declares nothing.</summary>
    internal const long DefaultGraceSeconds = 30;

    private const string Commands = "commands of the preStop hook that the image does not have";
    private const string TimeLeft = "time left for the shutdown";
    private const string SomeTime = "more than none";

    /// <summary>Judges a pod.</summary>
    /// <param name="hook">The hook and which of its commands exist.</param>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="container">The server container.</param>
    /// <param name="budgetSeconds">Time that a shutdown should have.</param>
    public static IEnumerable<Judgement> Judge(PreStopFacts hook, V1Pod pod, V1Container container, int budgetSeconds)
    {
        var handler = container.Lifecycle?.PreStop;
        var grace = pod.Spec.TerminationGracePeriodSeconds ?? DefaultGraceSeconds;
        if (handler is { HttpGet: not null } or { TcpSocket: not null })
        {
            return [Judgement.Unknown(
                "preStop hook", "a command", "a request; what it makes the server do, and how long it takes, cannot be seen")];
        }

        if (handler?.Sleep is { } sleep)
        {
            return [
                Judgement.Irrelevant(Commands, "the hook only waits"),
                .. JudgeTime(grace, new HookTime(sleep.Seconds, sleep.Seconds, []), budgetSeconds)
            ];
        }

        var admitted = handler?.Exec?.Command ?? [];
        return admitted.Count == 0 && hook.Command.Count == 0
            ? [Judgement.Irrelevant(Commands, "the pod has no preStop command"), .. JudgeTime(grace, new HookTime(0, 0, []), budgetSeconds)]
            : JudgeCommand(hook, [.. admitted], grace, budgetSeconds);
    }

    private static IEnumerable<Judgement> JudgeCommand(PreStopFacts hook, IReadOnlyList<string> admitted, long grace, int budgetSeconds)
    {
        yield return Judgement.None(Commands, hook.Missing)
            .Saying(found => $"The preStop hook runs commands that the image does not have: {found}.");
        if (!admitted.SequenceEqual(hook.Command))
        {
            yield return Judgement.Unknown("preStop hook that was checked", "that of the pod", "another one than the pod has");
        }

        foreach (var analysis in new[] { admitted, hook.Command }.Where(command => command.Count > 0).Select(HookAnalysis.From))
        {
            var unseen = analysis.Words.Except(hook.Words).Concat(analysis.Doubts).ToList();
            if (unseen.Count > 0)
            {
                yield return Judgement.Unknown(
                    "commands of the preStop hook that could not be looked up", "none", string.Join(", ", unseen));
            }

            foreach (var judgement in JudgeTime(grace, analysis.Time, budgetSeconds))
            {
                yield return judgement;
            }

            if (admitted.SequenceEqual(hook.Command))
            {
                yield break;
            }
        }
    }

    // What passes in any case can fail; what may pass can only leave it open.
    private static IEnumerable<Judgement> JudgeTime(long grace, HookTime time, int budgetSeconds)
    {
        var actual = string.Create(CultureInfo.InvariantCulture, $"{grace} s grace period less {time.AtLeast} s sleep of the hook");
        if (time.AtLeast < grace && (time.Doubts.Count > 0 || time.AtMost >= grace))
        {
            var doubt = time.Doubts.Count > 0
                ? string.Join(", ", time.Doubts)
                : string.Create(CultureInfo.InvariantCulture, $"up to {time.AtMost} s under some condition");
            yield return Judgement.Unknown(
                TimeLeft, SomeTime, $"{actual}; how much more the hook takes before it signals the server is not known: {doubt}");
            yield break;
        }

        yield return Judgement.Of(TimeLeft, time.AtLeast < grace, SomeTime, actual).Saying(string.Create(
            CultureInfo.InvariantCulture,
            $"The preStop hook sleeps {time.AtLeast} s of the {grace} s grace period, so Vault has no time to shut down."));
        yield return Judgement.Advised(
            "margin for the shutdown", grace - time.AtMost >= budgetSeconds, $"at least {budgetSeconds} s", actual);
    }
}
