using System.Globalization;
using System.Text.RegularExpressions;
using k8s.Models;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging;

/// <summary>Whether the preStop hook can work in the image, and leaves time for the shutdown.</summary>
internal static partial class PreStopHook
{
    private const long DefaultGraceSeconds = 30;

    /// <summary>Judges a pod.</summary>
    /// <param name="hook">The hook and which of its commands exist.</param>
    /// <param name="pod">The pod as admitted.</param>
    /// <param name="container">The server container.</param>
    /// <param name="budgetSeconds">Time that a shutdown should have.</param>
    public static IEnumerable<Judgement> Judge(PreStopFacts hook, V1Pod pod, V1Container container, int budgetSeconds)
    {
        const string Fact = "commands of the preStop hook that the image does not have";
        yield return hook switch
        {
            { Command.Count: 0 } => Judgement.Irrelevant(Fact, "the pod has no preStop command"),
            { Words.Count: 0 } => Judgement.Unknown(Fact, "none", "no command word was found in the hook"),
            _ => Judgement.None(Fact, hook.Missing),
        };
        var grace = pod.Spec.TerminationGracePeriodSeconds ?? DefaultGraceSeconds;
        var sleep = SleepSeconds(hook, container);
        var actual = string.Create(CultureInfo.InvariantCulture, $"{grace} s grace period less {sleep} s sleep of the hook");
        yield return Judgement.Of("time left for the shutdown", grace - sleep > 0, "more than none", actual);
        yield return Judgement.Advised("margin for the shutdown", grace - sleep >= budgetSeconds, $"at least {budgetSeconds} s", actual);
    }

    private static double SleepSeconds(PreStopFacts hook, V1Container container) =>
        (container.Lifecycle?.PreStop?.Sleep?.Seconds ?? 0)
        + Sleep().Matches(string.Join(' ', hook.Command)).Sum(match => double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\bsleep\s+(\d+(?:\.\d+)?)", RegexOptions.CultureInvariant)]
    private static partial Regex Sleep();
}
