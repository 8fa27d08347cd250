using System.Text.Json.Serialization;

namespace VaultConformance.Reporting.Model;

/// <summary>How many controls had which outcome.</summary>
/// <param name="Planned">Controls in the plan.</param>
/// <param name="Passed">Passed.</param>
/// <param name="Failed">Failed, at any level.</param>
/// <param name="Waived">Waived.</param>
/// <param name="NotApplicable">Not applicable.</param>
/// <param name="Inconclusive">Inconclusive.</param>
/// <param name="NotRun">Planned, but without a result.</param>
public sealed record ReportTotals(int Planned, int Passed, int Failed, int Waived, int NotApplicable, int Inconclusive, int NotRun)
{
    /// <summary>How many of <see cref="Failed"/> are recommendations, which do not stand against Conformant.</summary>
    [JsonIgnore]
    public int Recommendations { get; private init; }

    /// <summary>How many were judged by what is declared alone, and did not fail; null in a report of a run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Declared { get; private init; }

    /// <summary>How many nothing that is declared decides; null in a report of a run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RunOnly { get; private init; }

    /// <summary>Counts the results of a report.</summary>
    /// <param name="report">The report.</param>
    public static ReportTotals From(ConformanceReport report)
    {
        int Count(Outcome outcome) => report.Results.Count(result => result.Outcome == outcome);
        return new ReportTotals(
            report.Planned.Count,
            Count(Outcome.Passed),
            Count(Outcome.Failed),
            Count(Outcome.Waived),
            Count(Outcome.NotApplicable),
            Count(Outcome.Inconclusive),
            ListNotRun(report).Count)
        {
            Recommendations = report.Results.Count(result => result.GetStanding() == Standing.Advice),
            Declared = report.OnlyDeclared ? Count(Outcome.Declared) : null,
            RunOnly = report.OnlyDeclared ? Count(Outcome.RunOnly) : null,
        };
    }

    /// <summary>Controls that were planned and have no result.</summary>
    /// <param name="report">The report.</param>
    public static IReadOnlyList<ControlId> ListNotRun(ConformanceReport report)
    {
        var reported = report.Results.Select(result => result.Control.Id).ToHashSet();
        return [.. report.Planned.Where(id => !reported.Contains(id)).Order()];
    }

    /// <summary>The counts in words, without those that are zero, for example <c>32 controls: 30 passed, 2 failed</c>.</summary>
    public override string ToString()
    {
        (int Count, string Word)[] parts =
        [
            (Passed, "passed"),
            (Failed - Recommendations, "failed"),
            (Recommendations, Recommendations == 1 ? "recommendation not met" : "recommendations not met"),
            (Waived, "waived"),
            (NotApplicable, "not applicable"),
            (Inconclusive, "inconclusive"),
            (Declared ?? 0, "declared"),
            (RunOnly ?? 0, "only a run can tell"),
            (NotRun, "not run"),
        ];
        var shown = parts.Where(part => part.Count > 0).Select(part => $"{part.Count} {part.Word}").DefaultIfEmpty("no results");
        return $"{Planned} control{(Planned == 1 ? "" : "s")}: {string.Join(", ", shown)}";
    }
}
