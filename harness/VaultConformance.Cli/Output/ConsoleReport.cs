using VaultConformance.Reporting.Model;

namespace VaultConformance.Cli.Output;

/// <summary>Shows a report on a console: notices, the controls that need attention, and the verdict at the end.</summary>
/// <param name="console">The console.</param>
/// <param name="view">How much is shown.</param>
internal sealed class ConsoleReport(CliConsole console, ReportView view)
{
    /// <summary>Shows everything but the verdict.</summary>
    /// <param name="report">The report.</param>
    public void Write(ConformanceReport report)
    {
        WriteNotices(report);
        console.WriteLine(string.Empty);
        var text = new ControlText(console, view);
        foreach (var result in report.Results.Where(result => IsShown(result.Outcome) && !NeedsAttention(result.Outcome)))
        {
            text.WriteLine(result);
        }

        WriteDeviations(report, text);
        WriteNotRun(report);
        WriteWarnings(report);
        foreach (var status in report.Waivers)
        {
            console.WriteLine($"waiver {status.Waiver.Id} ({status.Waiver.Control}) {status.State}: {status.Message}", Tone.From(status));
        }

        foreach (var phase in view.Detail == Detail.Verbose ? report.Phases : [])
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

    /// <summary>Shows the counts, and the verdict as one line.</summary>
    /// <param name="report">The report.</param>
    public void WriteVerdict(ConformanceReport report)
    {
        console.WriteLine($"{report.Profile}, {ReportTotals.From(report)}");
        console.WriteLine(DescribeVerdict(report), Tone.From(report.Verdict));
    }

    /// <summary>The verdict with what decided it, and beside it that a stand-in was tested.</summary>
    /// <param name="report">The report.</param>
    public static string DescribeVerdict(ConformanceReport report) =>
        $"{VerdictText.WriteHeading(report)}. {VerdictText.Write(report)}";

    private bool IsShown(Outcome outcome) => view.Shown.Contains(outcome);

    private static bool NeedsAttention(Outcome outcome) => outcome is Outcome.Failed or Outcome.Inconclusive or Outcome.Waived;

    private void WriteDeviations(ConformanceReport report, ControlText text)
    {
        var groups = DeviationGroup.ListFrom(report).Where(group => IsShown(group.Deviations[0].Outcome));
        foreach (var standing in groups.GroupBy(group => group.Standing))
        {
            if (view.Detail != Detail.Quiet)
            {
                var count = standing.Sum(group => group.Deviations.Sum(deviation => deviation.Results.Count));
                console.WriteLine($"{DescribeStanding(standing.Key)} ({count}):");
                console.WriteLine(string.Empty);
            }

            foreach (var group in standing)
            {
                text.WriteGroup(group);
            }
        }
    }

    private static string DescribeStanding(Standing standing) => standing switch
    {
        Standing.Breach => "Required controls that failed",
        Standing.Untold => "Required controls that could not be determined",
        Standing.Advice => "Recommendations not met",
        Standing.UntoldAdvice => "Recommendations that could not be determined",
        _ => "Failures that are waived",
    };

    // What passed with a warning is worth a word, however little is shown.
    private void WriteWarnings(ConformanceReport report)
    {
        var warned = report.Results.Where(result => result.Outcome == Outcome.Passed && result.Reason.Length > 0).ToList();
        if (warned.Count > 0 && !IsShown(Outcome.Passed) && view.Detail != Detail.Quiet)
        {
            console.WriteLine(
                $"Passed with a warning ({warned.Count}): {string.Join(", ", warned.Select(result => result.Control.Id))}; "
                    + $"{view.HowToSeeAll}.",
                Tone.Warning);
        }
    }

    private void WriteNotRun(ConformanceReport report)
    {
        if (IsShown(Outcome.Inconclusive) && ReportTotals.ListNotRun(report) is { Count: > 0 } missing)
        {
            console.WriteLine($"Did not run ({missing.Count}): {string.Join(", ", missing)}", Tone.Warning);
        }
    }
}
