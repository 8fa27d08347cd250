using System.Globalization;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Writers.Sarif;

/// <summary>How the run went: notices first, then what kept it from finishing, then the controls that did not run.</summary>
internal static class SarifInvocations
{
    /// <summary>The run.</summary>
    /// <param name="report">The report.</param>
    /// <param name="rules">The rules of the report.</param>
    public static SarifInvocation Of(ConformanceReport report, SarifRules rules) => new(
        report.Problem is null,
        // What kept a run from finishing decides the exit code, and is not known here.
        report.Problem is null ? ExitCodeOf(report.Verdict) : null,
        report.Problem is null ? $"{report.Verdict}" : null,
        Time(report.StartedAt),
        Time(report.FinishedAt),
        [.. Notifications(report, rules)]);

    private static IEnumerable<SarifNotification> Notifications(ConformanceReport report, SarifRules rules)
    {
        foreach (var notice in report.Notices)
        {
            yield return new SarifNotification("warning", Message(notice));
        }

        if (report.Problem is { } problem)
        {
            yield return new SarifNotification("error", Message(problem));
        }

        foreach (var id in ReportTotals.NotRunOf(report))
        {
            yield return new SarifNotification("error", Message($"Control {id} did not run."), new SarifRuleReference(id.ToString(), rules.PlaceOf(id)));
        }
    }

    private static SarifText Message(string text) => new(SarifWords.Sentence(text));

    private static int ExitCodeOf(Verdict verdict) => verdict switch
    {
        Verdict.Conformant => 0,
        Verdict.NonConformant => 1,
        _ => 2,
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
