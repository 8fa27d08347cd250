namespace VaultConformance.Reporting.Model;

/// <summary>Says a verdict in one sentence.</summary>
public static class VerdictText
{
    /// <summary>The sentence, with what decided it.</summary>
    /// <param name="report">The report.</param>
    public static string Of(ConformanceReport report) => report.Verdict switch
    {
        Verdict.NonConformant => $"Required controls failed: {Ids(report, Standing.Breach)}.",
        Verdict.Incomplete => Incomplete(report),
        _ => Conformant(report),
    };

    private static string Conformant(ConformanceReport report)
    {
        var waived = Join(report.Results.Where(result => result is { Level: Requirement.Must, Outcome: Outcome.Waived }).Select(result => result.Control.Id));
        var recommended = Ids(report, Standing.Advice);
        var untold = Ids(report, Standing.UntoldAdvice);
        string?[] parts =
        [
            waived.Length == 0 ? "Every required control passed or does not apply" : $"Every required control passed, does not apply or is waived ({waived})",
            recommended.Length == 0 ? null : $"recommended controls failed: {recommended}",
            untold.Length == 0 ? null : $"recommended controls could not be told: {untold}",
        ];
        return string.Join("; ", parts.OfType<string>()) + ".";
    }

    private static string Incomplete(ConformanceReport report)
    {
        var inconclusive = Ids(report, Standing.Untold);
        var notRun = ReportTotals.NotRunOf(report);
        string?[] causes =
        [
            report.Problem is { } problem ? $"The run did not finish: {problem.TrimEnd('.')}." : null,
            FailedMeanwhile(report),
            report.Results.Count == 0 ? "There are no results." : null,
            inconclusive.Length > 0 ? $"Required controls could not be told: {inconclusive}." : null,
            report.Results.Count > 0 && notRun.Count > 0 ? $"Controls did not run: {Join(notRun)}." : null,
        ];
        return string.Join(' ', causes.OfType<string>());
    }

    private static string? FailedMeanwhile(ConformanceReport report) =>
        Ids(report, Standing.Breach) is { Length: > 0 } ids ? $"Required controls that failed all the same: {ids}." : null;

    private static string Ids(ConformanceReport report, Standing standing) =>
        Join(report.Results.Where(result => result.Standing() == standing).Select(result => result.Control.Id));

    private static string Join(IEnumerable<ControlId> ids) => string.Join(", ", ids);
}
