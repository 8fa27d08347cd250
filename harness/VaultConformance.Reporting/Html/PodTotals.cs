using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Html;

/// <summary>What one pod came out with over all controls.</summary>
/// <param name="Pod">Name of the pod.</param>
/// <param name="Passed">How many controls hold for it.</param>
/// <param name="Failed">Controls that fail for it.</param>
/// <param name="Open">Controls that could not be determined for it.</param>
public sealed record PodTotals(string Pod, int Passed, IReadOnlyList<ControlId> Failed, IReadOnlyList<ControlId> Open)
{
    private const int Widespread = 2;

    /// <summary>The totals of every pod where there are several. Subjects with a kind or a port in their name are not pods.</summary>
    /// <param name="report">The report.</param>
    public static IReadOnlyList<PodTotals> ListFrom(ConformanceReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var rows = report.Results.Select(SubjectMatrixRow.From).ToList();
        List<string> pods =
        [
            .. rows.SelectMany(row => row.Outcomes.Keys)
                .Where(name => name.Contains('-', StringComparison.Ordinal) && name.AsSpan().IndexOfAny('/', ':', ' ') < 0)
                .GroupBy(name => name, StringComparer.Ordinal)
                .Where(group => group.Count() >= Widespread)
                .Select(group => group.Key)
                .Order(SubjectComparer.Natural),
        ];
        return pods.Count < Widespread ? [] : [.. pods.Select(pod => Count(pod, rows))];
    }

    private static PodTotals Count(string pod, List<SubjectMatrixRow> rows)
    {
        IReadOnlyList<ControlId> With(Outcome outcome) =>
            [.. rows.Where(row => row.Outcomes.GetValueOrDefault(pod, Outcome.NotApplicable) == outcome)
                .Select(row => row.Result.Control.Id)];
        return new PodTotals(pod, With(Outcome.Passed).Count, With(Outcome.Failed), With(Outcome.Inconclusive));
    }
}
