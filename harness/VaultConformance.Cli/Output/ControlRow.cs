using VaultConformance.Reporting.Model;

namespace VaultConformance.Cli.Output;

/// <summary>One row of the table of controls.</summary>
/// <param name="Control">Control; empty in the further rows of one.</param>
/// <param name="Level">Level; empty in the further rows of a control.</param>
/// <param name="Outcome">Outcome; null for a control that did not run.</param>
/// <param name="OutcomeText">Outcome in words; empty in the further rows of a control.</param>
/// <param name="Subject">Pod or other thing.</param>
/// <param name="Expected">What was expected; the requirement itself where nothing deviates.</param>
/// <param name="Actual">What was seen, or why nothing was.</param>
internal sealed record ControlRow(
    string Control, string Level, Outcome? Outcome, string OutcomeText, string Subject, string Expected, string Actual)
{
    private const int LongestSeen = 40;

    /// <summary>The rows of a report by control: one for each finding that deviates, or one for a control without such.</summary>
    /// <param name="report">The report.</param>
    public static IReadOnlyList<ControlRow> ListFrom(ConformanceReport report)
    {
        var results = report.Results.SelectMany(result => ListFrom(result).Select(row => (result.Control.Id, Row: row)));
        var missing = ReportTotals.ListNotRun(report).Select(id => (Id: id, Row: CreateNotRun(id, report.Problem ?? string.Empty)));
        return [.. results.Concat(missing).OrderBy(pair => pair.Id).Select(pair => pair.Row)];
    }

    private static ControlRow CreateNotRun(ControlId id, string problem) => new(id.ToString(), "", null, "NotRun", "", "", problem);

    private static IEnumerable<ControlRow> ListFrom(ControlResult result)
    {
        List<Finding> deviations = [.. result.Findings.Where(Deviates)];
        return deviations.Count > 0
            ? deviations.Select(
                (finding, index) => CreateRow(result, index == 0, finding.Subject, $"{finding.Fact}: {finding.Expected}", finding.Actual))
            : [CreateRow(
                result,
                first: true,
                DescribeSubjects(result),
                result.Control.Title,
                result.Reason.Length > 0 ? result.Reason : DescribeSeen(result))];
    }

    private static ControlRow CreateRow(ControlResult result, bool first, string subject, string expected, string actual) => new(
        first ? result.Control.Id.ToString() : string.Empty,
        first ? result.Level.ToString().ToUpperInvariant() : string.Empty,
        result.Outcome,
        first ? result.Outcome.ToString() : string.Empty,
        subject,
        expected,
        actual);

    private static bool Deviates(Finding finding) =>
        finding.Outcome is Reporting.Model.Outcome.Failed or Reporting.Model.Outcome.Inconclusive;

    private static string DescribeSubjects(ControlResult result) =>
        string.Join(", ", result.Findings.Select(finding => finding.Subject).Distinct());

    private static string DescribeSeen(ControlResult result) => result.Findings.Count switch
    {
        0 => string.Empty,
        1 when result.Findings[0].Actual.Length <= LongestSeen => result.Findings[0].Actual,
        var count => $"{count} fact{(count == 1 ? "" : "s")} as expected",
    };
}
