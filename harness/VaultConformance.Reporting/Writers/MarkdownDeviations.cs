using System.Globalization;
using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Reporting.Writers;

/// <summary>What needs attention in <c>summary.md</c>: one table first, and the details of each control folded below it.</summary>
internal static class MarkdownDeviations
{
    private const int Cell = 300;
    private const int Sentence = 2000;

    /// <summary>Adds both.</summary>
    /// <param name="page">The page.</param>
    /// <param name="report">The report.</param>
    public static void Add(BoundedPage page, ConformanceReport report)
    {
        var groups = DeviationGroup.ListFrom(report).Where(group => group.Standing != Standing.Accepted).ToList();
        if (groups.Count == 0)
        {
            return;
        }

        page.Add("## Needs attention", string.Empty);
        page.AddTable(
            ["Control", "", "Values key", "Line", "What to do"],
            groups.SelectMany(group => group.Deviations)
                .SelectMany(deviation => deviation.Results)
                .Select(result => CreateRow(report, result)));
        foreach (var group in groups)
        {
            if (group.Cause is { } cause)
            {
                page.Add($"**{FailureCauseText.Write(cause)}:** {group.Ids} fail together.", string.Empty);
            }

            foreach (var deviation in group.Deviations)
            {
                AddDetails(page, deviation);
            }
        }
    }

    /// <summary>An outcome in bold with a sign before it, where it needs attention.</summary>
    /// <param name="result">The result.</param>
    public static string DescribeOutcome(ControlResult result) => result.GetStanding() switch
    {
        Standing.Breach => "❌ **Failed**",
        Standing.Untold => "❓ **Inconclusive**",
        Standing.Advice => "⚠️ Not met",
        Standing.UntoldAdvice => "❓ Inconclusive",
        Standing.Accepted => "☑️ Waived",
        Standing.Holds => "✅ Passed",
        Standing.Unproven => result.Outcome == Outcome.Declared ? "📄 Declared" : "▶️ Only a run can tell",
        _ => "➖ Not applicable",
    };

    private static string[] CreateRow(ConformanceReport report, ControlResult result) =>
    [
        $"{result.Control.Id} ({DescribeLevel(result)})",
        DescribeOutcome(result),
        DeclaredPlace.FindKey(result) is { } key ? $"`{ToCode(key)}`" : "no value decides it",
        result.Declared is [var value, ..]
            ? $"{Shorten(value.Path)}:{value.Line.ToString(CultureInfo.InvariantCulture)}"
            : DeclaredPlace.ListUnset(report, result).Count > 0 ? "not set" : string.Empty,
        Shorten(result.Outcome == Outcome.Inconclusive ? FindOutText.Write(result) : DeclaredPlace.DescribeFix(result)),
    ];

    private static void AddDetails(BoundedPage page, Deviation deviation)
    {
        var first = deviation.Results[0];
        var title = deviation.Single is null
            ? deviation.Ids
            : $"{first.Control.Id} ({first.Level.ToString().ToUpperInvariant()}) {MarkdownText.EscapeHtml(first.Control.Title, Cell)}";
        page.Add("<details>", $"<summary>{title}</summary>", string.Empty, EscapeText(first.Summary), string.Empty);
        if (deviation.Single is { } result)
        {
            AddFindings(page, result);
            AddSnippets(page, result);
            page.Add($"*Source:* {EscapeText(result.Control.Source)}", string.Empty);
        }

        AddExcerpt(page, deviation.Excerpt);
        page.Add(
            first.Outcome == Outcome.Inconclusive
                ? $"*{FindOutText.Heading}:* {EscapeText(FindOutText.Write(first))}"
                : $"*Remediation:* {EscapeText(DeclaredPlace.DescribeFix(first))}",
            string.Empty,
            "</details>",
            string.Empty);
    }

    private static void AddFindings(BoundedPage page, ControlResult result)
    {
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
    }

    private static void AddExcerpt(BoundedPage page, EvidenceExcerpt excerpt)
    {
        if (excerpt.Lines.Count == 0)
        {
            return;
        }

        page.Add($"*{EvidenceExcerpt.Heading}:*", string.Empty);
        foreach (var part in excerpt.Parts)
        {
            page.Add($"- {EscapeText(part.Key)}");
            page.Add([.. part.Select(line => $"  - {EscapeText(line.Text)}")]);
        }

        page.Add([string.Empty, .. excerpt.Rest is { } rest ? (string[])[rest, string.Empty] : []]);
    }

    private static void AddSnippets(BoundedPage page, ControlResult result)
    {
        foreach (var snippet in result.Outcome == Outcome.Failed ? result.Control.Guide?.Snippets ?? [] : [])
        {
            page.Add([.. MarkdownText.WriteFence(snippet).Split('\n'), string.Empty]);
            if (SnippetLegend.List(snippet.Text) is { Count: > 0 } legend)
            {
                page.Add([.. legend.Select(line => $"- {EscapeText(line)}"), string.Empty]);
            }
        }
    }

    private static string DescribeLevel(ControlResult result) =>
        result.Level.ToString().ToUpperInvariant() + (result.LevelReason is { } reason ? $", {Shorten(reason)}" : string.Empty);

    // Within backquotes nothing is escaped; a key with a backquote is not one that a chart has.
    private static string ToCode(string key) =>
        Printable.ToOneLine(key).Replace('`', '\'').Replace("|", "&#124;", StringComparison.Ordinal);

    private static string EscapeText(string text) => MarkdownText.EscapeInline(text, Sentence);

    private static string Shorten(string text) => MarkdownText.EscapeInline(text, Cell);
}
