namespace VaultConformance.Reporting.Model;

/// <summary>How a verdict follows from results.</summary>
public static class VerdictRules
{
    /// <summary>The verdict of a report.</summary>
    /// <param name="report">The report.</param>
    public static Verdict Of(ConformanceReport report)
    {
        var required = report.Results.Where(result => result.Level == Requirement.Must).ToList();
        if (required.Any(result => result.Outcome == Outcome.Failed))
        {
            return Verdict.NonConformant;
        }

        var reported = report.Results.Select(result => result.Control.Id).ToHashSet();
        var incomplete = report.Problem is not null
            || report.Results.Count == 0
            || !report.Planned.All(reported.Contains)
            || required.Any(result => result.Outcome == Outcome.Inconclusive);
        return incomplete ? Verdict.Incomplete : Verdict.Conformant;
    }
}
