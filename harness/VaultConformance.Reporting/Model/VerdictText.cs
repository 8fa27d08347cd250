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
        var waived = Ids(report, Outcome.Waived);
        var recommended = Join(report.Results.Where(result => result.Outcome == Outcome.Failed).Select(result => result.Control.Id));
        string?[] parts =
        [
            waived.Length == 0 ? "Every required control passed or does not apply" : $"Every required control passed, does not apply or is waived ({waived})",
            recommended.Length == 0 ? null : $"recommended controls failed: {recommended}",
        ];
        return string.Join("; ", parts.OfType<string>()) + ".";
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
