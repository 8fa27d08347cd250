using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Html;

/// <summary>The controls whose pods, or other subjects, differ, and the outcome for each of them.</summary>
/// <param name="Subjects">Columns, in natural order.</param>
/// <param name="Rows">One for each control whose subjects differ.</param>
/// <param name="LeftOut">Number of subjects beyond the largest number of columns.</param>
public sealed record SubjectMatrix(IReadOnlyList<string> Subjects, IReadOnlyList<SubjectMatrixRow> Rows, int LeftOut)
{
    /// <summary>Largest number of columns.</summary>
    public const int MaximumColumns = 40;

    /// <summary>The matrix of a report; without rows when no subjects differ.</summary>
    /// <param name="report">The report.</param>
    public static SubjectMatrix From(ConformanceReport report)
    {
        List<SubjectMatrixRow> rows = [.. report.Results.Select(SubjectMatrixRow.From).Where(row => row.Differs)];
        List<string> subjects =
            [.. rows.SelectMany(row => row.Outcomes.Keys).Distinct(StringComparer.Ordinal).Order(SubjectComparer.Natural)];
        return new SubjectMatrix([.. subjects.Take(MaximumColumns)], rows, Math.Max(subjects.Count - MaximumColumns, 0));
    }
}

/// <summary>One control, subject by subject.</summary>
/// <param name="Result">The control.</param>
/// <param name="Outcomes">The outcome that matters most for each subject.</param>
public sealed record SubjectMatrixRow(ControlResult Result, IReadOnlyDictionary<string, Outcome> Outcomes)
{
    /// <summary>True when it holds for some subjects and not for others.</summary>
    public bool Differs => Outcomes.Values.Where(outcome => outcome != Outcome.NotApplicable).Distinct().Count() > 1;

    /// <summary>The row of a control.</summary>
    /// <param name="result">The control.</param>
    public static SubjectMatrixRow From(ControlResult result) => new(
        result,
        result.Findings
            .Where(finding => finding.Subject.Length > 0)
            .GroupBy(finding => finding.Subject, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key, group => group.Select(finding => finding.Outcome).MinBy(FindingGroup.Weigh), StringComparer.Ordinal));
}
