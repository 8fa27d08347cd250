using System.Text.Json.Serialization;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Writers.Sarif;

/// <summary>The run in this program's own words; also says which controls passed or do not apply, which are no results here.</summary>
internal sealed record SarifRunProperties(
    IReadOnlyList<string> Notices,
    string Verdict,
    string VerdictHeading,
    string VerdictReason,
    string Profile,
    string RunId,
    bool StandIn,
    IReadOnlyList<string> Passed,
    IReadOnlyList<string> NotApplicable)
{
    /// <summary>Controls that nothing declared speaks against; null in a report of a run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Declared { get; private init; }

    /// <summary>Controls that only a run can tell; null in a report of a run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? RunOnly { get; private init; }

    public static SarifRunProperties From(ConformanceReport report) => new(
        [.. report.Notices.Select(SarifWords.ToSentence)],
        report.Verdict.ToString(),
        VerdictText.WriteHeading(report),
        SarifWords.ToSentence(VerdictText.Write(report)),
        SarifWords.Shorten(report.Profile),
        SarifWords.Shorten(report.RunId),
        report.StandIn,
        ListIds(report, Outcome.Passed),
        ListIds(report, Outcome.NotApplicable))
    {
        Declared = report.OnlyDeclared ? ListIds(report, Outcome.Declared) : null,
        RunOnly = report.OnlyDeclared ? ListIds(report, Outcome.RunOnly) : null,
    };

    private static string[] ListIds(ConformanceReport report, Outcome outcome) =>
        [.. report.Results.Where(result => result.Outcome == outcome).Select(result => result.Control.Id.ToString())];
}
