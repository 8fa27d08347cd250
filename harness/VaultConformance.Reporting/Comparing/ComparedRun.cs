using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Comparing;

/// <summary>What of a run is compared with another one.</summary>
/// <param name="RunId">Id of the run.</param>
/// <param name="Tool">Name and version of the program.</param>
/// <param name="Profile">Profile, for example <c>baseline@1.0</c>.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="StandIn">True when a stand-in was tested.</param>
/// <param name="Subject">What was tested.</param>
/// <param name="Digests">What was tested, by digest.</param>
/// <param name="Controls">All planned controls by id, those without a result too.</param>
public sealed record ComparedRun(
    string RunId,
    string Tool,
    string Profile,
    Verdict Verdict,
    bool StandIn,
    IReadOnlyList<SubjectFact> Subject,
    IReadOnlyList<SubjectDigest> Digests,
    IReadOnlyList<ComparedControl> Controls)
{
    /// <summary>What became of each waiver; empty in results that were recorded before waivers were.</summary>
    public IReadOnlyList<WaiverStatus> Waivers { get; init; } = [];

    /// <summary>True for results of <c>lint</c>: nothing ran.</summary>
    public bool OnlyDeclared => Controls.Any(control => control.Outcome is Model.Outcome.Declared or Model.Outcome.RunOnly);

    /// <summary>A report as something to compare.</summary>
    /// <param name="report">The report.</param>
    public static ComparedRun From(ConformanceReport report) => new(
        report.RunId,
        report.Tool,
        report.Profile,
        report.Verdict,
        report.StandIn,
        report.Subject,
        report.Digests,
        [
            .. report.Results.Select(ComparedControl.From)
                .Concat(ReportTotals.ListNotRun(report).Select(ComparedControl.CreateNotRun))
                .OrderBy(control => control.Id),
        ]) { Waivers = report.Waivers };
}

/// <summary>One control of a run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Revision">Its revision; 0 when it did not run.</param>
/// <param name="Title">The requirement; empty when it did not run.</param>
/// <param name="Level">Level that counted; null when it did not run.</param>
/// <param name="Outcome">The outcome; null when it did not run.</param>
/// <param name="Reason">Why.</param>
/// <param name="Findings">What was checked.</param>
public sealed record ComparedControl(
    ControlId Id, int Revision, string Title, Requirement? Level, Outcome? Outcome, string Reason, IReadOnlyList<Finding> Findings)
{
    internal static ComparedControl From(ControlResult result) =>
        new(result.Control.Id, result.Control.Revision, result.Control.Title, result.Level, result.Outcome, result.Reason, result.Findings);

    internal static ComparedControl CreateNotRun(ControlId id) => new(id, 0, string.Empty, null, null, "The control did not run.", []);
}
