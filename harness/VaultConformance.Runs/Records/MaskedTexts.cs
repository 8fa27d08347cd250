using VaultConformance.Harness.Secrets;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Values;

namespace VaultConformance.Runs.Records;

/// <summary>
/// Takes what has the shape of a key or a token out of every text of a record, a report or results. They may come from somebody else, and what is made of
/// them is printed and sent around.
/// </summary>
internal static class MaskedTexts
{
    /// <summary>A record without such texts. The files of profile and waivers stay as they are, because they are told by their digests; what is read out of them is masked in the report.</summary>
    /// <param name="record">As it was read.</param>
    public static RunRecord Of(RunRecord record) => record with
    {
        RunId = Of(record.RunId),
        Tool = Of(record.Tool),
        Notices = Of(record.Notices),
        Subject = Of(record.Subject),
        Problem = OfOptional(record.Problem),
        Phases = Of(record.Phases),
        Digests = Of(record.Digests),
        Declared = new DeclaredValues(Of(record.Declared.Files), record.Declared.Controls.ToDictionary(entry => entry.Key, entry => Of(entry.Value))),
    };

    /// <summary>A report without such texts.</summary>
    /// <param name="report">The report.</param>
    public static ConformanceReport Of(ConformanceReport report) => report with
    {
        RunId = Of(report.RunId),
        Tool = Of(report.Tool),
        Profile = Of(report.Profile),
        Notices = Of(report.Notices),
        Subject = Of(report.Subject),
        Phases = Of(report.Phases),
        Results = [.. report.Results.Select(Of)],
        Problem = OfOptional(report.Problem),
        Digests = Of(report.Digests),
        ValuesFiles = Of(report.ValuesFiles),
        Waivers = [.. report.Waivers.Select(Of)],
    };

    /// <summary>Results without such texts.</summary>
    /// <param name="run">As they were read.</param>
    public static ComparedRun Of(ComparedRun run) => run with
    {
        RunId = Of(run.RunId),
        Tool = Of(run.Tool),
        Profile = Of(run.Profile),
        Subject = Of(run.Subject),
        Digests = Of(run.Digests),
        Controls = [.. run.Controls.Select(control => control with { Title = Of(control.Title), Reason = Of(control.Reason), Findings = Of(control.Findings) })],
        Waivers = [.. run.Waivers.Select(Of)],
    };

    private static ControlResult Of(ControlResult result) => result with
    {
        LevelReason = OfOptional(result.LevelReason),
        Reason = Of(result.Reason),
        Findings = Of(result.Findings),
        Waiver = result.Waiver is null ? null : Of(result.Waiver),
        Declared = Of(result.Declared),
    };

    private static WaiverStatus Of(WaiverStatus status) => status with { Waiver = Of(status.Waiver), Message = Of(status.Message), TooBroad = Of(status.TooBroad) };

    private static Waiver Of(Waiver waiver) => waiver with
    {
        Id = Of(waiver.Id),
        Scope = new WaiverScope(OfOptional(waiver.Scope.Chart), OfOptional(waiver.Scope.Platform), OfOptional(waiver.Scope.Pod)),
        Reason = Of(waiver.Reason),
        Owner = Of(waiver.Owner),
        ApprovedBy = Of(waiver.ApprovedBy),
        Link = OfOptional(waiver.Link),
    };

    private static IReadOnlyList<Finding> Of(IReadOnlyList<Finding> findings) =>
        [.. findings.Select(finding => finding with { Subject = Of(finding.Subject), Fact = Of(finding.Fact), Expected = Of(finding.Expected), Actual = Of(finding.Actual), Evidence = Of(finding.Evidence) })];

    private static IReadOnlyList<DeclaredValue> Of(IReadOnlyList<DeclaredValue> values) =>
        [.. values.Select(value => value with { Key = Of(value.Key), File = Of(value.File), Path = Of(value.Path), Text = Of(value.Text) })];

    private static IReadOnlyList<SubjectFact> Of(IReadOnlyList<SubjectFact> facts) => [.. facts.Select(fact => new SubjectFact(Of(fact.Name), Of(fact.Value)))];

    private static IReadOnlyList<SubjectDigest> Of(IReadOnlyList<SubjectDigest> digests) =>
        [.. digests.Select(digest => digest with { Name = Of(digest.Name), Sha256 = Of(digest.Sha256) })];

    private static IReadOnlyList<PhaseDuration> Of(IReadOnlyList<PhaseDuration> phases) => [.. phases.Select(phase => phase with { Phase = Of(phase.Phase) })];

    private static IReadOnlyList<string> Of(IReadOnlyList<string> texts) => [.. texts.Select(Of)];

    private static string Of(string text) => SecretScanner.MaskShapes(text);

    private static string? OfOptional(string? text) => text is null ? null : SecretScanner.MaskShapes(text);
}
