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
        foreach (var notice in report.Notices)
        {
            page.Add($"> **{EscapeText(notice)}**", string.Empty);
        }

        page.Add($"# {report.Verdict}", string.Empty, EscapeText(
            VerdictText.Write(report)), string.Empty, EscapeText(ReportTotals.From(report).ToString()) + ".", string.Empty);
        AddDeviations(page, report);
        AddControls(page, report);
        AddWaivers(page, report);
        AddSubject(page, report);
        return page.ToString();
    }

    private static void AddDeviations(BoundedPage page, ConformanceReport report)
    {
        foreach (var deviation in Deviation.ListFrom(report))
        {
            if (deviation.Single is { } result)
            {
                AddDeviation(page, result);
            }
            else
            {
                page.Add($"## {deviation.Outcome}: {deviation.Ids}", string.Empty, $"*Why:* {EscapeText(deviation.Reason)}", string.Empty);
            }
        }
    }

    private static void AddDeviation(BoundedPage page, ControlResult result)
    {
        page.Add(
            $"## {result.Control.Id} {result.Outcome} ({DescribeLevel(result)})",
            string.Empty,
            EscapeText(result.Control.Title),
            string.Empty);
        page.Add($"*Why:* {EscapeText(result.Reason)}", string.Empty);
        var findings = result.Findings.Where(finding => finding.Outcome is Outcome.Failed or Outcome.Inconclusive).ToList();
        if (findings.Count > 0)
        {
            page.AddTable(
                ["Where", "What", "Expected", "Actual"],
                findings.Select(finding =>
                    (string[])[Shorten(finding.Subject), Shorten(finding.Fact), Shorten(finding.Expected), Shorten(finding.Actual)]));
        }

        var evidence = findings.SelectMany(finding => finding.Evidence).Distinct().ToList();
        if (evidence.Count > 0)
        {
            page.Add($"*Evidence:* {EscapeText(string.Join(", ", evidence))}", string.Empty);
        }

        page.Add(
            $"*Remediation:* {EscapeText(result.Control.Remediation)}",
            string.Empty,
            $"*Source:* {EscapeText(result.Control.Source)}",
            string.Empty);
    }

    private static void AddControls(BoundedPage page, ConformanceReport report)
    {
        page.Add("## All controls", string.Empty);
        var results = report.Results.Select(result => (result.Control.Id, Row: CreateRow(result)));
        var missing = ReportTotals.ListNotRun(report)
            .Select(id => (Id: id, Row: (string[])[id.ToString(), string.Empty, "NotRun", string.Empty, string.Empty]));
        page.AddTable(
            ["Control", "Level", "Outcome", "Requirement", "Reason"],
            results.Concat(missing).OrderBy(pair => pair.Id).Select(pair => pair.Row));
    }

    private static void AddWaivers(BoundedPage page, ConformanceReport report)
    {
        if (report.Waivers.Count == 0)
        {
            return;
        }

        page.Add("## Waivers", string.Empty);
        page.AddTable(
            ["Waiver", "Control", "What became of it", "", "Last day", "Owner", "Accepted by", "Reason"],
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
        page.Add("## What was tested", string.Empty);
        SubjectFact[] facts =
        [
            .. report.Subject,
            new("Profile", report.Profile),
            new("Run", report.RunId),
            new("Tool", report.Tool),
            new("Started", report.StartedAt.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)),
        ];
        page.AddTable(["", ""], facts.Select(fact => (string[])[Shorten(fact.Name), Shorten(fact.Value)]));
        page.Add("## Time", string.Empty);
        page.AddTable(["Phase", "Seconds"], report.Phases.Select(phase => (string[])[Shorten(phase.Phase), FormatSeconds(phase.Duration)]));
    }

    private static string[] CreateRow(ControlResult result) =>
        [result.Control.Id.ToString(), DescribeLevel(
            result), result.Outcome.ToString(), Shorten(result.Control.Title), Shorten(result.Reason)];

    private static string DescribeLevel(ControlResult result) =>
        result.Level.ToString().ToUpperInvariant() + (result.LevelReason is { } reason ? $", {Shorten(reason)}" : string.Empty);

    private static string EscapeText(string text) => MarkdownText.EscapeInline(text, Sentence);

    private static string Shorten(string text) => MarkdownText.EscapeInline(text, Cell);

    private static string FormatSeconds(TimeSpan duration) => duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
}
