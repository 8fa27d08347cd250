namespace VaultConformance.Reporting.Model;

/// <summary>Says a verdict in one sentence.</summary>
public static class VerdictText
{
    /// <summary>The verdict in a few words. Where a stand-in was tested it says so, because people take away nothing else.</summary>
    /// <param name="report">The report.</param>
    public static string WriteHeading(ConformanceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return report.StandIn ? $"{report.Verdict} \u2014 stand-in: certifies nothing" : $"{report.Verdict}";
    }

    /// <summary>The sentence, with what decided it.</summary>
    /// <param name="report">The report.</param>
    public static string Write(ConformanceReport report) => report.Verdict switch
    {
        Verdict.NonConformant => $"Required controls failed: {ListIds(report, Standing.Breach)}.",
        Verdict.Incomplete => DescribeIncomplete(report),
        Verdict.Declared => DescribeDeclared(report),
        _ => DescribeConformant(report),
    };

    private static string DescribeConformant(ConformanceReport report)
    {
        var waived = Join(report.Results
            .Where(result => result is { Level: Requirement.Must, Outcome: Outcome.Waived })
            .Select(result => result.Control.Id));
        var recommended = ListIds(report, Standing.Advice);
        var untold = ListIds(report, Standing.UntoldAdvice);
        string?[] parts =
        [
            waived.Length == 0
                ? "All required controls pass."
                : $"All required controls pass or are waived ({waived}).",
            recommended.Length == 0 ? null : $"Recommendations not met: {recommended}.",
            untold.Length == 0 ? null : $"Could not determine recommendations: {untold}.",
        ];
        return string.Join(' ', parts.OfType<string>());
    }

    private static string DescribeDeclared(ConformanceReport report)
    {
        var recommended = ListIds(report, Standing.Advice);
        string?[] parts =
        [
            "Nothing that is declared fails a required control. That proves nothing of a running server: 'run' does.",
            recommended.Length == 0 ? null : $"Recommendations not met: {recommended}.",
        ];
        return string.Join(' ', parts.OfType<string>());
    }

    private static string DescribeIncomplete(ConformanceReport report)
    {
        var inconclusive = ListIds(report, Standing.Untold);
        var notRun = ReportTotals.ListNotRun(report);
        string?[] causes =
        [
            report.Problem is { } problem ? $"The run did not finish: {problem.TrimEnd('.')}." : null,
            DescribeFailedMeanwhile(report),
            report.Results.Count == 0 ? "There are no results." : null,
            inconclusive.Length > 0 ? $"Could not determine required controls: {inconclusive}." : null,
            report.Results.Count > 0 && notRun.Count > 0 ? $"Controls did not run: {Join(notRun)}." : null,
        ];
        return string.Join(' ', causes.OfType<string>());
    }

    private static string? DescribeFailedMeanwhile(ConformanceReport report) =>
        ListIds(report, Standing.Breach) is { Length: > 0 } ids ? $"Required controls that failed all the same: {ids}." : null;

    private static string ListIds(ConformanceReport report, Standing standing) =>
        Join(report.Results.Where(result => result.GetStanding() == standing).Select(result => result.Control.Id));

    private static string Join(IEnumerable<ControlId> ids) => string.Join(", ", ids);
}
