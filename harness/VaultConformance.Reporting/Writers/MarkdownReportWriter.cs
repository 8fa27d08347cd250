using System.Globalization;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Waivers;

namespace VaultConformance.Reporting.Writers;

/// <summary>
/// Writes <c>summary.md</c>: notices, verdict, failures with remediation, all controls, what was tested. Fits the step summary of a build
/// server.
/// </summary>
/// <param name="maximumBytes">Largest size of the file in bytes of UTF-8.</param>
public sealed class MarkdownReportWriter(int maximumBytes) : IReportWriter
{
    /// <summary>What build servers accept as a step summary: 1 MiB.</summary>
    public const int StepSummaryLimit = 1024 * 1024;

    private const int Cell = 300;
    private const int Sentence = 2000;

    /// <summary>Creates the writer with the limit of a step summary.</summary>
    public MarkdownReportWriter()
        : this(StepSummaryLimit)
    {
    }

    /// <inheritdoc />
    public string FileName => "summary.md";

    /// <inheritdoc />
    public Task<string> RenderAsync(ConformanceReport report) => Task.FromResult(Render(report));

    private string Render(ConformanceReport report)
    {
        var page = new BoundedPage(
            maximumBytes, "**Cut here:** the summary has reached the size that build servers accept. Everything is in `results.json`.");
        page.Add($"# {EscapeText(VerdictText.WriteHeading(report))}: {EscapeText(RunTitle.Write(report))}", string.Empty);
        foreach (var notice in report.Notices)
        {
            page.Add("> [!WARNING]", $"> {EscapeText(notice)}", string.Empty);
        }

        page.Add(EscapeText(VerdictText.Write(report)), string.Empty, EscapeText(ReportTotals.From(report).ToString()) + ".", string.Empty);
        MarkdownDeviations.Add(page, report);
        MarkdownFix.Add(page, report.Fix);
        AddControls(page, report);
        AddWaivers(page, report);
        AddSubject(page, report);
        return page.ToString();
    }

    private static void AddControls(BoundedPage page, ConformanceReport report)
    {
        page.Add("<details>", $"<summary>All {report.Planned.Count} controls</summary>", string.Empty);
        var results = report.Results.Select(result => (result.Control.Id, Row: CreateRow(result)));
        var missing = ReportTotals.ListNotRun(report)
            .Select(id => (Id: id, Row: (string[])[id.ToString(), string.Empty, "NotRun", string.Empty, string.Empty]));
        page.AddTable(
            ["Control", "Level", "Outcome", "Requirement", "Reason"],
            results.Concat(missing).OrderBy(pair => pair.Id).Select(pair => pair.Row));
        page.Add("</details>", string.Empty);
    }

    private static void AddWaivers(BoundedPage page, ConformanceReport report)
    {
        if (report.Waivers.Count == 0)
        {
            return;
        }

        page.Add("## Waivers", string.Empty);
        page.AddTable(
            ["Waiver", "Control", "State", "", "Last day", "Owner", "Accepted by", "Reason"],
            report.Waivers.Select(status => (string[])
            [
                Shorten(status.Waiver.Id),
                status.Waiver.Control.ToString(),
                status.TooBroad.Count == 0 ? status.State.ToString() : $"{status.State}, too broad",
                Shorten(status.Message),
                WaiverTerm.FormatLastDay(status.Waiver),
                Shorten(status.Waiver.Owner),
                Shorten(status.Waiver.ApprovedBy),
                Shorten(status.Waiver.Reason),
            ]));
    }

    private static void AddSubject(BoundedPage page, ConformanceReport report)
    {
        page.Add("<details>", "<summary>What was tested, and how long it took</summary>", string.Empty);
        SubjectFact[] facts =
        [
            .. report.Subject,
            new("Profile", report.Profile),
            new("Run", report.RunId),
            new("Tool", report.Tool),
            new("Started", report.StartedAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)),
        ];
        page.AddTable(["", ""], facts.Select(fact => (string[])[Shorten(fact.Name), Shorten(fact.Value)]));
        page.AddTable(["Phase", "Seconds"], report.Phases.Select(phase => (string[])[Shorten(phase.Phase), FormatSeconds(phase.Duration)]));
        page.Add("</details>", string.Empty);
    }

    private static string[] CreateRow(ControlResult result) =>
    [
        result.Control.Id.ToString(),
        DescribeLevel(result),
        MarkdownDeviations.DescribeOutcome(result),
        Shorten(result.Control.Title),
        Shorten(result.Summary),
    ];

    private static string DescribeLevel(ControlResult result) =>
        result.Level.ToString().ToUpperInvariant() + (result.LevelReason is { } reason ? $", {Shorten(reason)}" : string.Empty);

    private static string EscapeText(string text) => MarkdownText.EscapeInline(text, Sentence);

    private static string Shorten(string text) => MarkdownText.EscapeInline(text, Cell);

    private static string FormatSeconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
