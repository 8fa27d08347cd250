namespace VaultConformance.Reporting.Model;

/// <summary>How a verdict follows from results.</summary>
internal static class VerdictRules
{
    /// <summary>The verdict of a report.</summary>
    /// <param name="report">The report.</param>
    public static Verdict Decide(ConformanceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (report.Problem is not null)
        {
            // Of a release that did not come up only what is declared was judged, and the exit code says that the run did not finish.
            return Verdict.Incomplete;
        }

        var standings = report.Results.Select(result => result.GetStanding()).ToHashSet();
        if (standings.Contains(Standing.Breach))
        {
            return Verdict.NonConformant;
        }

        if (report.OnlyDeclared && report.Results.Count > 0)
        {
            return Verdict.Declared;
        }

        var reported = report.Results.Select(result => result.Control.Id).ToHashSet();
        var incomplete = report.Results.Count == 0
            || !report.Planned.All(reported.Contains)
            || standings.Contains(Standing.Untold);
        return incomplete ? Verdict.Incomplete : Verdict.Conformant;
    }
}
