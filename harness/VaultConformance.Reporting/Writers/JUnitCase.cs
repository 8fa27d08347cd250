using System.Text;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Writers;

/// <summary>What JUnit can say about a test case.</summary>
internal enum JUnitStatus
{
    Passed,
    Failure,
    Error,
    Skipped,
}

/// <summary>One control as a JUnit test case.</summary>
internal sealed record JUnitCase(
    string ClassName, string Name, JUnitStatus Status, string Type, string Message, string Details, string Output, TimeSpan Duration)
{
    /// <summary>All planned controls by id, also those without a result.</summary>
    public static IReadOnlyList<JUnitCase> ListFrom(ConformanceReport report)
    {
        var results = report.Results.Select(result => (result.Control.Id, Case: From(result)));
        var missing = ReportTotals.ListNotRun(report).Select(id => (Id: id, Case: CreateNotRun(id, report.Problem)));
        return [.. results.Concat(missing).OrderBy(pair => pair.Id).Select(pair => pair.Case)];
    }

    private static JUnitCase From(ControlResult result) => new(
        GetClassName(result.Control.Id),
        $"{result.Control.Id} {result.Control.Title}",
        DecideStatus(result),
        result.Outcome.ToString(),
        $"{result.Outcome} ({DescribeLevel(result.Level)}): {result.Summary}",
        DescribeDetails(result),
        DescribeOutput(result),
        result.Duration);

    private static JUnitCase CreateNotRun(ControlId id, string? problem) => new(
        GetClassName(id),
        id.ToString(),
        JUnitStatus.Error,
        "NotRun",
        problem is null ? "The control did not run." : $"The control did not run: {problem}",
        string.Empty,
        string.Empty,
        TimeSpan.Zero);

    private static JUnitStatus DecideStatus(ControlResult result) => result.GetStanding() switch
    {
        Standing.Holds => JUnitStatus.Passed,
        Standing.Breach => JUnitStatus.Failure,
        Standing.Untold => JUnitStatus.Error,
        _ => JUnitStatus.Skipped,
    };

    private static string DescribeDetails(ControlResult result)
    {
        var text = new StringBuilder();
        foreach (var finding in result.Findings.Where(finding => finding.Outcome != Outcome.Passed))
        {
            text.Append(finding.Subject).Append(": ").Append(finding.Fact).Append('\n')
                .Append("  Expected: ").Append(finding.Expected).Append('\n')
                .Append("  Actual:   ").Append(finding.Actual).Append('\n')
                .Append(finding.Evidence.Count == 0 ? string.Empty : $"  Evidence: {string.Join(", ", finding.Evidence)}\n");
        }

        return text.Append(DescribeAdvice(result) is { } advice ? $"{advice}\n" : string.Empty).ToString();
    }

    private static string DescribeOutput(ControlResult result) =>
        $"""
        Requirement: {result.Control.Title}
        Level: {DescribeLevel(result.Level)}{(result.LevelReason is { } reason ? $" ({reason})" : string.Empty)}
        Outcome: {result.Outcome}
        Source: {result.Control.Source}
        {DescribeAdvice(result) ?? $"Remediation: {result.Control.Remediation}"}
        """;

    // What could not be determined may be in order: it has nothing to mend.
    private static string? DescribeAdvice(ControlResult result) => result.Outcome switch
    {
        Outcome.Failed => $"Remediation: {DeclaredPlace.DescribeFix(result)}",
        Outcome.Inconclusive => $"{FindOutText.Heading}: {FindOutText.Write(result)}",
        _ => null,
    };

    private static string GetClassName(ControlId id) => $"VaultConformance.{id.Family}";

    private static string DescribeLevel(Requirement level) => level.ToString().ToUpperInvariant();
}
