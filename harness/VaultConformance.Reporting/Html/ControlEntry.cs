using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Html;

/// <summary>One planned control on the page, also when it has no result.</summary>
/// <param name="Id">The control.</param>
/// <param name="Result">Its result; null when it did not run.</param>
public sealed record ControlEntry(ControlId Id, ControlResult? Result)
{
    /// <summary>Word for the controls without a result.</summary>
    public const string NotRun = "NotRun";

    /// <summary>Status of a recommendation that failed: the verdict does not need it.</summary>
    public const string NotMet = "NotMet";

    /// <summary>What became of it: the name of an <see cref="Outcome"/>, or <see cref="NotRun"/>.</summary>
    public string Status => Result?.GetStanding() == Standing.Advice ? NotMet : Result?.Outcome.ToString() ?? NotRun;

    /// <summary>The part of the page that its card stands in.</summary>
    public string Heading => Result?.GetStanding() switch
    {
        null => "Not run",
        Standing.Breach => "Failed",
        Standing.Untold => "Could not be determined",
        Standing.Advice => "Recommendations not met",
        Standing.UntoldAdvice => "Recommendations that could not be determined",
        Standing.Accepted => "Waived",
        Standing.Holds => "Passed",
        Standing.Unproven => PageText.DescribeStatus(Status),
        _ => "Not applicable",
    };

    /// <summary>Where it stands among the others: what blocks the verdict first.</summary>
    public int Place => Result?.GetStanding() switch
    {
        Standing.Breach => 0,
        Standing.Untold => 1,
        null => 2,
        Standing.Advice => 3,
        Standing.UntoldAdvice => 4,
        Standing.Accepted => 5,
        Standing.Holds => 6,
        Standing.Unproven => Result.Outcome == Outcome.Declared ? 7 : 8,
        _ => 9,
    };

    /// <summary>Its level in the words of RFC 2119; empty when it did not run.</summary>
    public string Level => Result is { } result ? PageText.DescribeLevel(result.Level) : string.Empty;

    /// <summary>The requirement, or that there is no result.</summary>
    public string Title =>
        Result is { } result ? PageText.ToLine(result.Control.Title, PageText.Sentence) : "This control was planned and did not run";

    /// <summary>True when a reader should see its details at once.</summary>
    public bool NeedsAttention => Result is { Outcome: Outcome.Failed or Outcome.Inconclusive };

    /// <summary>True when it decides against the verdict <see cref="Verdict.Conformant"/>.</summary>
    public bool Decides => Result?.GetStanding() is null or Standing.Breach or Standing.Untold;

    /// <summary>All planned controls and all results, by id.</summary>
    /// <param name="report">The report.</param>
    public static IReadOnlyList<ControlEntry> ListFrom(ConformanceReport report)
    {
        var results = report.Results.Select(result => new ControlEntry(result.Control.Id, result));
        var missing = ReportTotals.ListNotRun(report).Select(id => new ControlEntry(id, null));
        return [.. results.Concat(missing).OrderBy(entry => entry.Id)];
    }
}
