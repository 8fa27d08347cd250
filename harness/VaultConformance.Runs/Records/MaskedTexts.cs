using VaultConformance.Harness.Secrets;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Values;

namespace VaultConformance.Runs.Records;

/// <summary>
/// Takes what has the shape of a key or a token out of every text of a record, a report or results. They may come from somebody else, and
/// what is made of them is printed and sent around.
/// </summary>
internal static class MaskedTexts
{
    /// <summary>
    /// A record without such texts. The files of profile and waivers stay as they are, because they are told by their digests; what is read
    /// out of them is masked in the report.
    /// </summary>
    /// <param name="record">As it was read.</param>
    public static RunRecord Mask(RunRecord record) => record with
    {
        RunId = Mask(record.RunId),
        Tool = Mask(record.Tool),
        Notices = Mask(record.Notices),
        Subject = Mask(record.Subject),
        Problem = MaskOptional(record.Problem),
        Phases = Mask(record.Phases),
        Digests = Mask(record.Digests),
        Declared = Mask(record.Declared),
        Values = record.Values is { } values ? Mask(values) : null,
    };

    /// <summary>What values declare, without such texts.</summary>
    /// <param name="declared">As it was read.</param>
    public static DeclaredValues Mask(DeclaredValues declared) =>
        new(Mask(declared.Files), declared.Controls.ToDictionary(entry => entry.Key, entry => Mask(entry.Value)));

    /// <summary>A report without such texts.</summary>
    /// <param name="report">The report.</param>
    public static ConformanceReport Mask(ConformanceReport report) => report with
    {
        RunId = Mask(report.RunId),
        Tool = Mask(report.Tool),
        Profile = Mask(report.Profile),
        Notices = Mask(report.Notices),
        Subject = Mask(report.Subject),
        Phases = Mask(report.Phases),
        Results = [.. report.Results.Select(Mask)],
        Problem = MaskOptional(report.Problem),
        Digests = Mask(report.Digests),
        ValuesFiles = Mask(report.ValuesFiles),
        Waivers = [.. report.Waivers.Select(Mask)],
    };

    /// <summary>Results without such texts.</summary>
    /// <param name="run">As they were read.</param>
    public static ComparedRun Mask(ComparedRun run) => run with
    {
        RunId = Mask(run.RunId),
        Tool = Mask(run.Tool),
        Profile = Mask(run.Profile),
        Subject = Mask(run.Subject),
        Digests = Mask(run.Digests),
        Controls = [.. run.Controls.Select(
            control => control with { Title = Mask(control.Title), Reason = Mask(control.Reason), Findings = Mask(control.Findings) })],
        Waivers = [.. run.Waivers.Select(Mask)],
    };

    private static ControlResult Mask(ControlResult result) => result with
    {
        LevelReason = MaskOptional(result.LevelReason),
        Reason = Mask(result.Reason),
        Summary = Mask(result.Summary),
        Findings = Mask(result.Findings),
        Waiver = result.Waiver is null ? null : Mask(result.Waiver),
        Declared = Mask(result.Declared),
        Excerpt = result.Excerpt with
        {
            Lines = [.. result.Excerpt.Lines.Select(line => new EvidenceLine(Mask(line.Part), Mask(line.Member), Mask(line.Json)))]
        },
    };

    private static RecordedValues Mask(RecordedValues values) => new(
        [.. values.Files.Select(file => new RecordedValuesFile(Mask(file.Path), ValuesMask.Apply(file.Text)))],
        values.Defaults.ToDictionary(entry => entry.Key, entry => Mask(entry.Value)),
        Mask(values.Release),
        Mask(values.Notes));

    private static WaiverStatus Mask(WaiverStatus status) =>
        status with { Waiver = Mask(status.Waiver), Message = Mask(status.Message), TooBroad = Mask(status.TooBroad) };

    private static Waiver Mask(Waiver waiver) => waiver with
    {
        Id = Mask(waiver.Id),
        Scope = new WaiverScope(MaskOptional(waiver.Scope.Chart), MaskOptional(waiver.Scope.Platform), MaskOptional(waiver.Scope.Pod)),
        Reason = Mask(waiver.Reason),
        Owner = Mask(waiver.Owner),
        ApprovedBy = Mask(waiver.ApprovedBy),
        Link = MaskOptional(waiver.Link),
    };

    private static IReadOnlyList<Finding> Mask(IReadOnlyList<Finding> findings) =>
        [.. findings.Select(
            finding => finding with { Subject = Mask(finding.Subject), Fact =
                Mask(finding.Fact), Expected = Mask(finding.Expected), Actual = Mask(finding.Actual), Evidence = Mask(finding.Evidence) })
            ];

    private static IReadOnlyList<DeclaredValue> Mask(IReadOnlyList<DeclaredValue> values) =>
        [.. values.Select(
            value => value with { Key = Mask(value.Key), File = Mask(value.File), Path = Mask(value.Path), Text = Mask(value.Text) })];

    private static IReadOnlyList<SubjectFact> Mask(IReadOnlyList<SubjectFact> facts) =>
        [.. facts.Select(fact => new SubjectFact(Mask(fact.Name), Mask(fact.Value)))];

    private static IReadOnlyList<SubjectDigest> Mask(IReadOnlyList<SubjectDigest> digests) =>
        [.. digests.Select(digest => digest with { Name = Mask(digest.Name), Sha256 = Mask(digest.Sha256) })];

    private static IReadOnlyList<PhaseDuration> Mask(IReadOnlyList<PhaseDuration> phases) =>
        [.. phases.Select(phase => phase with { Phase = Mask(phase.Phase) })];

    private static IReadOnlyList<string> Mask(IReadOnlyList<string> texts) => [.. texts.Select(Mask)];

    private static string Mask(string text) => SecretScanner.MaskShapes(text);

    private static string? MaskOptional(string? text) => text is null ? null : SecretScanner.MaskShapes(text);
}
