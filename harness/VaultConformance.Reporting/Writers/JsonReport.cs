using VaultConformance.Reporting.Model;

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
    IReadOnlyList<JsonWaiverStatus> Waivers)
{
    /// <summary>Rises in its first part when readers of the old layout would break, in its second when something is added.</summary>
    public const string CurrentSchemaVersion = "1.1";

    public static JsonReport Of(ConformanceReport report) => new(
        report.Notices,
        CurrentSchemaVersion,
        report.Verdict,
        VerdictText.Of(report),
        report.Problem,
        report.RunId,
        report.Tool,
        report.StartedAt.ToUniversalTime(),
        report.FinishedAt.ToUniversalTime(),
        report.Profile,
        ReportTotals.Of(report),
        report.Subject,
        [.. report.Phases.Select(phase => new JsonPhase(phase.Phase, phase.Duration.TotalSeconds))],
        [.. report.Results.Select(JsonResult.Of)],
        [.. ReportTotals.NotRunOf(report).Select(id => id.ToString())],
        report.StandIn,
        report.Digests,
        [.. report.Waivers.Select(JsonWaiverStatus.Of)]);
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
    bool Disruptive,
    string Source,
    string Remediation,
    double Seconds,
    IReadOnlyList<Finding> Findings,
    IReadOnlyList<DeclaredValue> Declared,
    JsonWaiver? Waiver)
{
    public static JsonResult Of(ControlResult result) => new(
        result.Control.Id.ToString(),
        result.Control.Revision,
        result.Control.Title,
        result.Level,
        result.LevelReason,
        result.Outcome,
        result.Reason,
        result.Control.Disruptive,
        result.Control.Source,
        result.Control.Remediation,
        result.Duration.TotalSeconds,
        result.Findings,
        result.Declared,
        result.Waiver is { } waiver ? JsonWaiver.Of(waiver) : null);
}

/// <summary>A waiver in <c>results.json</c>.</summary>
internal sealed record JsonWaiver(
    string Id, string Control, WaiverScope Scope, string Reason, string Owner, string ApprovedBy, DateOnly Expires, string? Link)
{
    public static JsonWaiver Of(Waiver waiver) =>
        new(waiver.Id, waiver.Control.ToString(), waiver.Scope, waiver.Reason, waiver.Owner, waiver.ApprovedBy, waiver.Expires, waiver.Link);

    /// <exception cref="FormatException">The control is no id of one.</exception>
    public Waiver ToModel() => new(Id, ControlId.Parse(Control), Scope, Reason, Owner, ApprovedBy, Expires, Link);
}

/// <summary>What became of a waiver, in <c>results.json</c>.</summary>
internal sealed record JsonWaiverStatus(JsonWaiver Waiver, WaiverState State, string Message, IReadOnlyList<string> TooBroad)
{
    public static JsonWaiverStatus Of(WaiverStatus status) => new(JsonWaiver.Of(status.Waiver), status.State, status.Message, status.TooBroad);

    /// <exception cref="FormatException">The control is no id of one.</exception>
    public WaiverStatus ToModel() => new(Waiver.ToModel(), State, Message) { TooBroad = TooBroad };
}
