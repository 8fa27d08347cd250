using System.Text.Json.Serialization;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Reporting.Writers;

/// <summary>The layout of <c>results.json</c>; described by <c>docs/schemas/results-1.json</c>.</summary>
internal sealed record JsonReport(
    IReadOnlyList<string> Notices,
    string SchemaVersion,
    Verdict Verdict,
    string VerdictReason,
    string? Problem,
    string RunId,
    string Tool,
    DateTimeOffset StartedAt,
    DateTimeOffset FinishedAt,
    string Profile,
    ReportTotals Totals,
    IReadOnlyList<SubjectFact> Subject,
    IReadOnlyList<JsonPhase> Phases,
    IReadOnlyList<JsonResult> Results,
    IReadOnlyList<string> NotRun,
    bool StandIn,
    IReadOnlyList<SubjectDigest> Digests,
    IReadOnlyList<JsonWaiverStatus> Waivers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool OnlyDeclared)
{
    public static JsonReport From(ConformanceReport report) => new(
        report.Notices,
        ResultsSchema.Version,
        report.Verdict,
        VerdictText.Write(report),
        report.Problem,
        report.RunId,
        report.Tool,
        report.StartedAt.ToUniversalTime(),
        report.FinishedAt.ToUniversalTime(),
        report.Profile,
        ReportTotals.From(report),
        report.Subject,
        [.. report.Phases.Select(phase => new JsonPhase(phase.Phase, phase.Duration.TotalSeconds))],
        [.. report.Results.Select(JsonResult.From)],
        [.. ReportTotals.ListNotRun(report).Select(id => id.ToString())],
        report.StandIn,
        report.Digests,
        [.. report.Waivers.Select(JsonWaiverStatus.From)],
        report.OnlyDeclared);
}

/// <summary>One phase in <c>results.json</c>.</summary>
internal sealed record JsonPhase(string Phase, double Seconds);

/// <summary>One control in <c>results.json</c>.</summary>
internal sealed record JsonResult(
    string Id,
    int Revision,
    string Title,
    Requirement Level,
    string? LevelReason,
    Outcome Outcome,
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Summary,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] FailureCause? Cause,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<OpenCause>? Open,
    bool Disruptive,
    string Source,
    string Remediation,
    double Seconds,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<DeclaredValue> Declared,
    JsonWaiver? Waiver,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? LeftToRun)
{
    public static JsonResult From(ControlResult result) => new(
        result.Control.Id.ToString(),
        result.Control.Revision,
        result.Control.Title,
        result.Level,
        result.LevelReason,
        result.Outcome,
        result.Reason,
        result.Summary == result.Reason ? null : result.Summary,
        result.Cause,
        result.Open.Count == 0 ? null : result.Open,
        result.Control.Disruptive,
        result.Control.Source,
        result.Control.Remediation,
        result.Duration.TotalSeconds,
        result.Findings,
        result.Declared,
        result.Waiver is { } waiver ? JsonWaiver.From(waiver) : null,
        result.LeftToRun);
}
