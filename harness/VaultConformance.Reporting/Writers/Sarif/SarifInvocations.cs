using System.Globalization;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Writers.Sarif;

/// <summary>How the run went: notices first, then what kept it from finishing, then the controls that did not run.</summary>
internal static class SarifInvocations
{
    /// <summary>The run.</summary>
    /// <param name="report">The report.</param>
    /// <param name="rules">The rules of the report.</param>
    public static SarifInvocation From(ConformanceReport report, SarifRules rules) => new(
        report.Problem is null,
        // What kept a run from finishing decides the exit code, and is not known here.
        report.Problem is null ? ExitCodeOf(report.Verdict) : null,
        report.Problem is null ? $"{report.Verdict}" : null,
        FormatTime(report.StartedAt),
        FormatTime(report.FinishedAt),
        [.. ListNotifications(report, rules)]);

    private static IEnumerable<SarifNotification> ListNotifications(ConformanceReport report, SarifRules rules)
    {
        foreach (var notice in report.Notices)
        {
            yield return new SarifNotification("warning", CreateMessage(notice));
        }

        if (report.Problem is { } problem)
        {
            yield return new SarifNotification("error", CreateMessage(problem));
        }

        foreach (var id in ReportTotals.ListNotRun(report))
        {
            yield return new SarifNotification(
                "error", CreateMessage($"Control {id} did not run."), new SarifRuleReference(id.ToString(), rules.PlaceOf(id)));
        }
    }

    private static SarifText CreateMessage(string text) => new(SarifWords.ToSentence(text));

    private static int ExitCodeOf(Verdict verdict) => verdict switch
    {
        Verdict.Conformant or Verdict.Declared => 0,
        Verdict.NonConformant => 1,
        _ => 2,
    };

    private static string FormatTime(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
