namespace VaultConformance.Reporting.Model;

/// <summary>Something that a reader has to look at: one control, or several that could not be told for the same reason.</summary>
/// <param name="Results">The results; never empty.</param>
public sealed record Deviation(IReadOnlyList<ControlResult> Results)
{
    /// <summary>The only control, or null when there are several.</summary>
    public ControlResult? Single => Results.Count == 1 ? Results[0] : null;

    /// <summary>Their outcome.</summary>
    public Outcome Outcome => Results[0].Outcome;

    /// <summary>Their reason.</summary>
    public string Reason => Results[0].Reason;

    /// <summary>What the evidence says about them: of several that share a reason, about the first that it says anything of.</summary>
    internal EvidenceExcerpt Excerpt =>
        Results.Select(result => result.Excerpt).FirstOrDefault(excerpt => excerpt.Lines.Count > 0) ?? EvidenceExcerpt.None;

    /// <summary>Their ids, for example <c>FS-1, FS-2</c>.</summary>
    public string Ids => string.Join(", ", Results.Select(result => result.Control.Id));

    /// <summary>All deviations of a report, the most binding first.</summary>
    /// <param name="report">The report.</param>
    public static IReadOnlyList<Deviation> ListFrom(ConformanceReport report)
    {
        var told =
            report.Results.Where(result => result.Outcome is Outcome.Failed or Outcome.Waived).Select(result => new Deviation([result]));
        var untold = report.Results.Where(result => result.Outcome == Outcome.Inconclusive)
            .GroupBy(result => result.Reason, StringComparer.Ordinal)
            .Select(group => new Deviation([.. group]));
        return [.. told.Concat(untold)
            .OrderByDescending(deviation => deviation.Results.Max(result => result.Level))
            .ThenBy(deviation => deviation.Outcome)];
    }
}
