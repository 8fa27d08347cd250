using Spectre.Console;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>
/// Shows a report on a console: notices, a table of all controls, remediation for failures, times, and the verdict as the last line.
/// </summary>
/// <param name="console">The console.</param>
internal sealed class ConsoleReport(CliConsole console)
{
    private const int LongestCell = 160;

    /// <summary>Shows everything but the verdict.</summary>
    /// <param name="report">The report.</param>
    public void Write(ConformanceReport report)
    {
        WriteNotices(report);
        console.Ansi.Write(CreateControlTable(report));
        foreach (var deviation in Deviation.ListFrom(report))
        {
            WriteDeviation(deviation);
        }

        foreach (var status in report.Waivers)
        {
            console.WriteLine($"waiver {status.Waiver.Id} ({status.Waiver.Control}) {status.State}: {status.Message}", Tone.From(status));
        }

        foreach (var phase in report.Phases)
        {
            console.WriteLine($"{phase.Phase,-12} {ProgressText.FormatSeconds(phase.Duration),8}", Tone.Faint);
        }
    }

    /// <summary>Shows what a reader must not overlook, for example that a stand-in was tested.</summary>
    /// <param name="report">The report.</param>
    public void WriteNotices(ConformanceReport report)
    {
        foreach (var notice in report.Notices)
        {
            console.WriteLine($"NOTICE: {notice}", Tone.Warning);
        }
    }

    /// <summary>Shows the verdict; the last line of a run.</summary>
    /// <param name="report">The report.</param>
    public void WriteVerdict(ConformanceReport report)
    {
        console.WriteLine($"{report.Profile}, {ReportTotals.From(report)}");
        console.WriteLine($"{report.Verdict}. {VerdictText.Write(report)}", Tone.From(report.Verdict));
    }

    private static Table CreateControlTable(ConformanceReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Control", "Level", "Outcome", "Pod", "Expected", "Actual");
        foreach (var column in table.Columns.Take(3))
        {
            column.NoWrap = true;
        }

        foreach (var row in ControlRow.ListFrom(report))
        {
            table.AddRow(
                CreateCell(row.Control),
                CreateCell(row.Level),
                new Text(row.OutcomeText, Tone.From(row.Outcome).Style),
                CreateCell(row.Subject),
                CreateCell(row.Expected),
                CreateCell(row.Actual));
        }

        return table;
    }

    private void WriteDeviation(Deviation deviation)
    {
        var title = deviation.Single is { } single
            ? $"{single.Control.Id} {single.Outcome} ({single.Level.ToString().ToUpperInvariant()}): {single.Control.Title}"
            : $"{deviation.Outcome}: {deviation.Ids}";
        console.WriteLine(title, Tone.From(deviation.Outcome));
        console.WriteLine($"  Why:   {deviation.Reason}");
        if (deviation.Single is { } result)
        {
            WriteAdvice(result);
        }

        console.WriteLine(string.Empty);
    }

    private void WriteAdvice(ControlResult result)
    {
        if (result.LevelReason is { } reason)
        {
            console.WriteLine($"  Level: {reason}");
        }

        console.WriteLine($"  Fix:   {result.Control.Remediation}");
    }

    private static Text CreateCell(string text) => new(Printable.Cut(Printable.ToOneLine(text), LongestCell));
}
