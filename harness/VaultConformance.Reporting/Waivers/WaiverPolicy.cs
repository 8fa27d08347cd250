using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Waivers;

/// <summary>What waivers make of results. Only a failure can be waived; what could not be told never is.</summary>
internal static class WaiverPolicy
{
    /// <summary>Applies waivers to results.</summary>
    /// <param name="waivers">The waivers, in order; the first that covers a failure counts.</param>
    /// <param name="results">The results as the controls gave them.</param>
    /// <param name="context">The run.</param>
    /// <returns>The results in the same order, and what became of each waiver.</returns>
    public static WaivedResults Apply(IReadOnlyList<Waiver> waivers, IReadOnlyList<ControlResult> results, WaiverContext context)
    {
        ArgumentNullException.ThrowIfNull(waivers);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(context);
        List<ControlResult> waived =
            [.. results.Select(result => FindCovering(result, waivers, context) is { } waiver ? Waive(result, waiver) : result)];
        return new WaivedResults(
            waived,
            [.. waivers.Select(waiver => DecideStatus(waiver, waived.Find(result => result.Control.Id == waiver.Control), context))]);
    }

    private static Waiver? FindCovering(ControlResult result, IReadOnlyList<Waiver> waivers, WaiverContext context) =>
        waivers.FirstOrDefault(waiver => waiver.Control == result.Control.Id && ExplainNotWaived(waiver, result, context) is null);

    // Accepting what failed says nothing about what could not be told, which may be a failure too.
    private static ControlResult Waive(ControlResult result, Waiver waiver)
    {
        var untold = result.Findings.Where(finding => finding.Outcome == Outcome.Inconclusive).ToList();
        var texts = untold.Select(finding => $"{finding.Subject}: {finding.Fact}: {finding.Actual}").Distinct().Take(3);
        return untold.Count == 0
            ? Accept(result, waiver)
            : result with
            {
                Outcome = Outcome.Inconclusive,
                Summary = null,
                Cause = null,
                Reason = $"{string.Join("; ", texts)}. Waiver {waiver.Id} covers what failed, and no waiver covers this.",
            };
    }

    private static ControlResult Accept(ControlResult result, Waiver waiver) => result with
    {
        Outcome = Outcome.Waived,
        Waiver = waiver,
        Reason = $"{result.Reason.TrimEnd('.')}. Accepted by {waiver.ApprovedBy} until {WaiverTerm.FormatLastDay(waiver)} (waiver "
            + $"{waiver.Id}): {waiver.Reason}",
    };

    private static WaiverStatus DecideStatus(Waiver waiver, ControlResult? result, WaiverContext context)
    {
        var tooBroad = WaiverTerm.ExplainTooBroad(waiver, context.JudgedAt);
        var (state, message) = DecideState(waiver, result, context);
        var warning = tooBroad.Count == 0 ? string.Empty : $" Too broad: {string.Join("; ", tooBroad)}.";
        return new WaiverStatus(waiver, state, message + warning) { TooBroad = tooBroad };
    }

    private static (WaiverState State, string Message) DecideState(Waiver waiver, ControlResult? result, WaiverContext context)
    {
        if (result?.Waiver == waiver)
        {
            return (WaiverState.Used, $"{waiver.Control} failed and is waived until {WaiverTerm.FormatLastDay(waiver)}.");
        }

        var counts = result is null
            ? $"{waiver.Control} is not verified in this run (profile {context.Profile})"
            : $"{waiver.Control} {Happened(result)}";
        return WaiverTerm.CountDaysLeft(waiver, context.JudgedAt) < 0
            ? (WaiverState.Expired, $"It expired: its last day was {WaiverTerm.FormatLastDay(waiver)}. {ToSentence(counts)}")
            : (WaiverState.Unused, ToSentence(result is null ? counts : ExplainNotWaived(waiver, result, context) ?? counts));
    }

    private static string Happened(ControlResult result) => result.Outcome switch
    {
        Outcome.Passed => "passed",
        Outcome.Failed => "failed, and counts as failed",
        Outcome.Waived => $"is waived by {result.Waiver!.Id}",
        Outcome.NotApplicable => "does not apply",
        _ => "could not be told, which no waiver covers",
    };

    // Null when the waiver covers the failure.
    private static string? ExplainNotWaived(Waiver waiver, ControlResult result, WaiverContext context)
    {
        if (result.Outcome != Outcome.Failed)
        {
            return $"{waiver.Control} {Happened(result)}";
        }

        if (WaiverTerm.CountDaysLeft(waiver, context.JudgedAt) < 0)
        {
            return $"its last day was {WaiverTerm.FormatLastDay(waiver)}";
        }

        return context.ExplainOutside(waiver.Scope) is { } outside
            ? $"{waiver.Control} failed outside its scope: {outside}"
            : ExplainNotWaivedByPods(waiver, result, context);
    }

    // What could not be told may be a failure too, so that it has to be inside as well.
    private static string? ExplainNotWaivedByPods(Waiver waiver, ControlResult result, WaiverContext context)
    {
        List<Finding> open = [.. result.Findings.Where(finding => finding.Outcome is Outcome.Failed or Outcome.Inconclusive)];
        List<string> outside =
            [.. open.Where(finding => !context.Covers(waiver.Scope, finding)).Select(finding => finding.Subject).Distinct()];
        return outside.Count == 0 && (open.Count > 0 || waiver.Scope.Pod is null)
            ? null
            : $"{waiver.Control} failed outside its scope: pod {waiver.Scope.Pod} does not cover "
                + $"{(outside.Count == 0 ? "what failed" : string.Join(", ", outside.Select(subject => $"'{subject}'")))}";
    }

    private static string ToSentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}

/// <summary>Results after waivers.</summary>
/// <param name="Results">The results, in the order they were given.</param>
/// <param name="Statuses">What became of each waiver, in order.</param>
internal sealed record WaivedResults(IReadOnlyList<ControlResult> Results, IReadOnlyList<WaiverStatus> Statuses);
