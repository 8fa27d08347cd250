using VaultConformance.Reporting.Writers;

namespace VaultConformance.Reporting.Comparing;

/// <summary>Writes <c>compare.md</c>: regressions first, then what else differs. Fits the step summary of a build server.</summary>
public static class ComparisonMarkdown
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "compare.md";

    private const int Cell = 300;

    /// <summary>The comparison as Markdown.</summary>
    /// <param name="comparison">The comparison.</param>
    public static string Write(RunComparison comparison)
    {
        var page = new BoundedPage(
            MarkdownReportWriter.StepSummaryLimit,
            "**Cut here:** the page has reached the size that build servers accept. Everything is in `compare.json`.");
        page.Add(
            $"# {(comparison.HasRegression ? "Regression" : "No regression")}",
            string.Empty,
            MarkdownText.EscapeInline(ComparisonText.Write(comparison), 2000),
            string.Empty);
        page.AddTable(["", "Run", "Verdict", "Profile"], [Run("Was", comparison.Was), Run("Now", comparison.Now)]);
        AddControls(page, comparison);
        AddFindings(page, comparison);
        AddFacts(page, comparison);
        return page.ToString();
    }

    private static void AddControls(BoundedPage page, RunComparison comparison)
    {
        var changed = comparison.Controls
            .Where(control => control.Kind != ChangeKind.Unchanged || control.IsRegression || control.Details.Count > 0)
            .ToList();
        if (changed.Count > 0)
        {
            page.Add("## Controls", string.Empty);
            page.AddTable(["Change", "Level", "Control", "Was", "Now", "Requirement", "Reason"], changed.Select(CreateRow));
        }
    }

    private static void AddFindings(BoundedPage page, RunComparison comparison)
    {
        List<string[]> rows =
        [
            .. comparison.Controls.SelectMany(control => ChangedRow.ListFrom(control).Select(row => (string[])
            [
                control.Id.ToString(),
                EscapeText(row.Where),
                ComparisonText.WriteShown(row.Kind),
                EscapeText(row.Finding.Fact),
                EscapeText(row.Finding.Expected),
                EscapeText(row.Finding.Was),
                EscapeText(row.Finding.Now),
            ])),
        ];
        if (rows.Count > 0)
        {
            page.Add("## What was seen", string.Empty);
            page.AddTable(["Control", "Where", "Change", "What", "Expected", "Was", "Now"], rows);
        }
    }

    private static void AddFacts(BoundedPage page, RunComparison comparison)
    {
        if (comparison.Facts.Count > 0)
        {
            page.Add("## What was tested", string.Empty);
            page.AddTable(
                ["Fact", "Was", "Now"],
                comparison.Facts.Select(fact => (string[])[EscapeText(fact.Name), EscapeText(fact.Was), EscapeText(fact.Now)]));
        }
    }

    private static string[] Run(string name, ComparedRun run) =>
        [name, EscapeText(run.RunId), run.Verdict + (run.StandIn ? " (stand-in)" : string.Empty), EscapeText(run.Profile)];

    private static string[] CreateRow(ControlChange control) =>
    [
        (control.IsRegression ? "**" : "") + ComparisonText.WriteShown(control.Kind) + (control.IsRegression ? "**" : ""),
        ComparisonText.DescribeLevel(control),
        control.Id.ToString(),
        ComparisonText.Write(control.Was, control.Kind != ChangeKind.Added),
        ComparisonText.Write(control.Now, control.Kind != ChangeKind.Removed),
        EscapeText(control.Title),
        EscapeText(
            string.Join("; ", control.Details
                .Select(detail => $"{detail.Name} {detail.Was} → {detail.Now}")
                .Append(control.Reason)
                .Where(part => part.Length > 0))),
    ];

    private static string EscapeText(string? text) => text is null ? "*nothing*" : MarkdownText.EscapeInline(text, Cell);
}
