using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Writers.Sarif;

/// <summary>The run in this program's own words; also says which controls passed or do not apply, which are no results here.</summary>
internal sealed record SarifRunProperties(
    IReadOnlyList<string> Notices,
    string Verdict,
    string VerdictReason,
    string Profile,
    string RunId,
    bool StandIn,
    IReadOnlyList<string> Passed,
    IReadOnlyList<string> NotApplicable)
{
    public static SarifRunProperties Of(ConformanceReport report) => new(
        [.. report.Notices.Select(SarifWords.Sentence)],
        report.Verdict.ToString(),
        SarifWords.Sentence(VerdictText.Of(report)),
        SarifWords.Short(report.Profile),
        SarifWords.Short(report.RunId),
        report.StandIn,
        Ids(report, Outcome.Passed),
        Ids(report, Outcome.NotApplicable));

    private static string[] Ids(ConformanceReport report, Outcome outcome) =>
        [.. report.Results.Where(result => result.Outcome == outcome).Select(result => result.Control.Id.ToString())];
}
