using Spectre.Console;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>
/// Shows a comparison on a console: the sum, controls that changed, what was seen, what was tested, and the sum again as the last line.
/// </summary>
/// <param name="console">The console.</param>
internal sealed class ConsoleComparison(CliConsole console)
{
    private const int LongestCell = 160;

    /// <summary>Shows everything but the sum at the end.</summary>
    /// <param name="comparison">The comparison.</param>
    public void Write(RunComparison comparison)
    {
        WriteRun("was", comparison.Was);
        WriteRun("now", comparison.Now);
        WriteSummary(comparison);
        WriteControls([.. comparison.Controls.Where(
            control => control.Kind != ChangeKind.Unchanged || control.Details.Count > 0 || control.Telling.Count > 0)]);
        if (comparison.Facts.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("What was tested", "Was", "Now");
            foreach (var fact in comparison.Facts)
            {
                table.AddRow(CreateCell(fact.Name), CreateCell(fact.Was ?? string.Empty), CreateCell(fact.Now ?? string.Empty));
            }

            console.Ansi.Write(table);
        }
    }

    /// <summary>Shows the sum.</summary>
    /// <param name="comparison">The comparison.</param>
    public void WriteSummary(RunComparison comparison) =>
        console.WriteLine(ComparisonText.Write(comparison), comparison.HasRegression ? Tone.Bad : Tone.Good);

    private void WriteRun(string name, ComparedRun run) =>
        console.WriteLine(
            $"{name,-12} {run.RunId}, {run.Profile}, {run.Verdict}{(run.StandIn ? " (a stand-in was tested)" : string.Empty)}");

    private void WriteControls(IReadOnlyList<ControlChange> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Change", "Level", "Control", "Where", "What", "Was", "Now");
        foreach (var column in table.Columns.Take(3))
        {
            column.NoWrap = true;
        }

        foreach (var change in changes)
        {
            AddRows(table, change);
        }

        console.Ansi.Write(table);
    }

    private static void AddRows(Table table, ControlChange change)
    {
        var tone = change.IsRegression ? Tone.Bad : change.Kind is ChangeKind.Improved or ChangeKind.NewlyTold ? Tone.Good : Tone.Plain;
        table.AddRow(
            new Text(ComparisonText.WriteShown(change.Kind), tone.Style),
            CreateCell(ComparisonText.DescribeLevel(change)),
            CreateCell(change.Id.ToString()),
            CreateCell(string.Empty),
            CreateCell(change.Title),
            CreateCell(ComparisonText.Write(change.Was, change.Kind != ChangeKind.Added)),
            CreateCell(ComparisonText.Write(change.Now, change.Kind != ChangeKind.Removed)));
        foreach (var detail in change.Details)
        {
            AddFurther(table, string.Empty, string.Empty, detail.Name, detail.Was, detail.Now);
        }

        ChangedRow? above = null;
        foreach (var row in ChangedRow.ListFrom(change))
        {
            var isNew = above?.Kind != row.Kind || above.Where != row.Where;
            AddFurther(
                table,
                isNew && row.Kind != ChangeKind.Unchanged ? "  " + ComparisonText.WriteShown(row.Kind) : string.Empty,
                isNew ? row.Where : string.Empty,
                row.Finding.Fact,
                DescribeSeen(row.Finding.Was, row.Finding.WasOutcome),
                DescribeSeen(row.Finding.Now, row.Finding.NowOutcome));
            above = row;
        }
    }

    private static string? DescribeSeen(string? actual, Reporting.Model.Outcome? outcome) =>
        actual is null ? null : $"{actual} ({outcome})";

    private static void AddFurther(Table table, string kind, string where, string what, string? was, string? now) => table.AddRow(
        CreateCell(kind), CreateCell(string.Empty), CreateCell(
            string.Empty), CreateCell(where), CreateCell(what), CreateCell(was ?? string.Empty), CreateCell(now ?? string.Empty));

    private static Text CreateCell(string text) => new(Printable.Cut(Printable.ToOneLine(text), LongestCell));
}
