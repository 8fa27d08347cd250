using Spectre.Console;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>Shows a report on a console: notices, a table of all controls, remediation for failures, times, and the verdict as the last line.</summary>
/// <param name="console">The console.</param>
internal sealed class ConsoleReport(CliConsole console)
{
    private const int LongestCell = 160;

    /// <summary>Shows everything but the verdict.</summary>
    /// <param name="report">The report.</param>
    public void Write(ConformanceReport report)
    {
        WriteNotices(report);
        console.Ansi.Write(ControlTable(report));
        foreach (var deviation in Deviation.Of(report))
        {
            WriteDeviation(deviation);
        }

        foreach (var status in report.Waivers)
        {
            console.Line($"waiver {status.Waiver.Id} ({status.Waiver.Control}) {status.State}: {status.Message}", Tone.Of(status));
        }

        foreach (var phase in report.Phases)
        {
            console.Line($"{phase.Phase,-12} {ProgressText.Seconds(phase.Duration),8}", Tone.Faint);
        }
    }

    /// <summary>Shows what a reader must not overlook, for example that a stand-in was tested.</summary>
    /// <param name="report">The report.</param>
    public void WriteNotices(ConformanceReport report)
    {
        foreach (var notice in report.Notices)
        {
            console.Line($"NOTICE: {notice}", Tone.Warning);
        }
    }

    /// <summary>Shows the verdict; the last line of a run.</summary>
    /// <param name="report">The report.</param>
    public void WriteVerdict(ConformanceReport report)
    {
        console.Line($"{report.Profile}, {ReportTotals.Of(report)}");
        console.Line($"{report.Verdict}. {VerdictText.Of(report)}", Tone.Of(report.Verdict));
    }

    private static Table ControlTable(ConformanceReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Control", "Level", "Outcome", "Pod", "Expected", "Actual");
        foreach (var column in table.Columns.Take(3))
        {
            column.NoWrap = true;
        }

        foreach (var row in ControlRow.Of(report))
        {
            table.AddRow(
                Cell(row.Control), Cell(row.Level), new Text(row.OutcomeText, Tone.Of(row.Outcome).Style), Cell(row.Subject), Cell(row.Expected), Cell(row.Actual));
        }

        return table;
    }

    private void WriteDeviation(Deviation deviation)
    {
        var title = deviation.Single is { } single
            ? $"{single.Control.Id} {single.Outcome} ({single.Level.ToString().ToUpperInvariant()}): {single.Control.Title}"
            : $"{deviation.Outcome}: {deviation.Ids}";
        console.Line(title, Tone.Of(deviation.Outcome));
        console.Line($"  Why:   {deviation.Reason}");
        if (deviation.Single is { } result)
        {
            WriteAdvice(result);
        }

        console.Line(string.Empty);
    }

    private void WriteAdvice(ControlResult result)
    {
        if (result.LevelReason is { } reason)
        {
            console.Line($"  Level: {reason}");
        }

        console.Line($"  Fix:   {result.Control.Remediation}");
    }

    private static Text Cell(string text) => new(Printable.Cut(Printable.OneLine(text), LongestCell));
}
