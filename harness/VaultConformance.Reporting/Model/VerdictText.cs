namespace VaultConformance.Reporting.Model;

/// <summary>Says a verdict in one sentence.</summary>
public static class VerdictText
{
    /// <summary>The sentence, with what decided it.</summary>
    /// <param name="report">The report.</param>
    public static string Of(ConformanceReport report) => report.Verdict switch
    {
        Verdict.NonConformant => $"Required controls failed: {Ids(report, Outcome.Failed)}.",
        Verdict.Incomplete => Incomplete(report),
        _ => Conformant(report),
    };

    private static string Conformant(ConformanceReport report)
    {
        var recommended = report.Results.Where(result => result.Outcome == Outcome.Failed).ToList();
        return recommended.Count == 0
            ? "Every required control passed or does not apply."
            : $"Every required control passed or does not apply; recommended controls failed: {Join(recommended.Select(result => result.Control.Id))}.";
    }

    private static string Incomplete(ConformanceReport report)
    {
        var inconclusive = Ids(report, Outcome.Inconclusive);
        var notRun = ReportTotals.NotRunOf(report);
        string?[] causes =
        [
            report.Problem is { } problem ? $"The run did not finish: {problem.TrimEnd('.')}." : null,
            report.Results.Count == 0 ? "There are no results." : null,
            inconclusive.Length > 0 ? $"Required controls could not be told: {inconclusive}." : null,
            report.Results.Count > 0 && notRun.Count > 0 ? $"Controls did not run: {Join(notRun)}." : null,
        ];
        return string.Join(' ', causes.OfType<string>());
    }

    private static string Ids(ConformanceReport report, Outcome outcome) =>
        Join(report.Results.Where(result => result.Level == Requirement.Must && result.Outcome == outcome).Select(result => result.Control.Id));

    private static string Join(IEnumerable<ControlId> ids) => string.Join(", ", ids);
}
