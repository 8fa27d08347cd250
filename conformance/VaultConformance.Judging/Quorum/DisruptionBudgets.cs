using System.Globalization;
using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Quorum;

/// <summary>Whether a drain of nodes can take more servers at once than the quorum bears.</summary>
/// <param name="objects">Holds budgets and pods.</param>
/// <param name="most">How many servers may be missing; null when it is not known how many voters there are.</param>
/// <param name="overlay">What the run itself changed of the values, and why.</param>
internal sealed class DisruptionBudgets(AdmittedObjects objects, int? most, IReadOnlyList<string> overlay)
{
    private const string Switch = "server.ha.disruptionBudget.enabled: ";
    private const string Fact = "servers that a drain may take at once";

    /// <summary>Judges the budgets for the servers.</summary>
    public Judgement Judge()
    {
        var servers = objects.ServerPods;
        var expected = most is { } count
            ? string.Create(CultureInfo.InvariantCulture, $"at most {count} of {servers.Count}")
            : "fewer than the quorum bears";
        if (objects.DisruptionBudgets is not { } budgets)
        {
            return Judgement.Unknown(Fact, expected, "the PodDisruptionBudgets were not recorded");
        }

        if (overlay.FirstOrDefault(reason => reason.StartsWith(Switch, StringComparison.Ordinal)) is { } switchedOff)
        {
            return Judgement.Unknown(Fact, expected, $"the run switched the chart's budget off. {switchedOff}");
        }

        var kept = servers.Select(
            pod => (pod.Metadata.Name, Budgets: budgets.Where(budget => budget.Spec?.Selector.Selects(pod) == true).ToList()))
            .ToList();
        var open = kept.Where(pod => pod.Budgets.Count == 0).Select(pod => pod.Name).ToList();
        if (open.Count > 0)
        {
            return Judgement.Of(Fact, false, expected, $"no budget for {string.Join(", ", open)}")
                .Saying($"No PodDisruptionBudget keeps a drain from taking these servers at once: {string.Join(", ", open)}.");
        }

        var used = kept.SelectMany(pod => pod.Budgets).Distinct().ToList();
        return kept.Exists(pod => pod.Budgets.Count > 1) ? JudgeSeveral(used, expected) : JudgeSum(used, expected);
    }

    // The eviction API refuses a pod that several budgets select.
    private static Judgement JudgeSeveral(List<V1PodDisruptionBudget> budgets, string expected)
    {
        var names = string.Join(", ", budgets.Select(Name));
        return Judgement.Of(Fact, false, expected, $"several budgets: {names}")
            .Saying($"Several PodDisruptionBudgets select the same server, so that Kubernetes refuses every drain: {names}.");
    }

    private Judgement JudgeSum(List<V1PodDisruptionBudget> budgets, string expected)
    {
        var names = string.Join(", ", budgets.Select(Name));
        if (budgets.Find(budget => FindAllowed(budget) is null) is { } unclear)
        {
            return Judgement.Unknown(Fact, expected, $"the budget '{Name(unclear)}' says nothing that can be read");
        }

        if (most is not { } borne)
        {
            return Judgement.Unknown(
                Fact, expected, "the members of the integrated storage are not known, and so is not how many may be missing");
        }

        var taken = budgets.Sum(budget => FindAllowed(budget)!.Value);
        return Judgement.Of(Fact, taken <= borne, expected, string.Create(CultureInfo.InvariantCulture, $"{taken} ({names})"))
            .Saying(
                $"A drain may take {taken} of {objects.ServerPods.Count} servers at once ({names}); the others keep a quorum only when it "
                    + $"takes at most {borne}.");
    }

    // Pods that are no servers count as well when the budget selects them.
    private int? FindAllowed(V1PodDisruptionBudget budget)
    {
        var pods = objects.Pods.Count(pod => !objects.IsOwn(pod) && budget.Spec.Selector.Selects(pod));
        var allowed = budget.Spec switch
        {
            { MaxUnavailable: { } maximum } => Count(maximum.Value, pods),
            { MinAvailable: { } minimum } => pods - Count(minimum.Value, pods),
            _ => null,
        };
        return allowed is { } count
            ? Math.Clamp(count, 0, objects.ServerPods.Count(pod => budget.Spec.Selector.Selects(pod)))
            : null;
    }

    private static string Name(V1PodDisruptionBudget budget) => budget.Metadata?.Name ?? "without a name";

    // Kubernetes rounds up.
    private static int? Count(string? text, int pods) => text?.EndsWith('%') == true
        ? int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var part)
            ? (int)Math.Ceiling(pods * part / 100m)
            : null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
