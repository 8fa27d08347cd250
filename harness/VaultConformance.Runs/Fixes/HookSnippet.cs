using System.Globalization;
using VaultConformance.Reporting.Fixes;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Runs.Fixes;

/// <summary>
/// Fits the snippet that gives the pod a preStop hook: a hook that works is kept, and the seconds that somebody chose stay.
/// </summary>
internal static class HookSnippet
{
    private const string Hook = "  preStop:\n";
    private const string Grace = "terminationGracePeriodSeconds: 60 ";
    private const string Wait = "sleep 2;";
    private const int Shutdown = 30;
    private static readonly string[] OfTime = ["time left for the shutdown", "margin for the shutdown"];

    /// <summary>The snippet as the release needs it.</summary>
    /// <param name="snippet">A snippet of a page; one without a hook stays as it is.</param>
    /// <param name="result">The control that failed.</param>
    /// <param name="values">The user's values.</param>
    public static string Fit(string snippet, ControlResult result, FixMap values)
    {
        var start = snippet.IndexOf(Hook, StringComparison.Ordinal);
        if (start < 0)
        {
            return snippet;
        }

        var seconds = ReadSeconds(values);
        var timed = seconds + Shutdown > 60
            ? snippet.Replace(
                Grace, FormattableString.Invariant($"terminationGracePeriodSeconds: {seconds + Shutdown} "), StringComparison.Ordinal)
            : snippet;
        start = timed.IndexOf(Hook, StringComparison.Ordinal);
        return LacksTimeOnly(result) ? timed[..start] : TakeOver(timed, start, seconds);
    }

    private static bool LacksTimeOnly(ControlResult result)
    {
        var failed = result.Findings.Where(finding => finding.Outcome == Outcome.Failed).ToList();
        return failed.Count > 0
            && failed.TrueForAll(finding => OfTime.Any(fact => finding.Fact.StartsWith(fact, StringComparison.Ordinal)));
    }

    // With a hook of its own the chart's switch for the seconds has no effect.
    private static string TakeOver(string snippet, int start, int seconds) => seconds == 0
        ? snippet
        : snippet[..start] + "  preStopSleepSeconds: null\n"
            + snippet[start..].Replace(Wait, FormattableString.Invariant($"sleep {seconds};"), StringComparison.Ordinal);

    // Zero where the chart's own number counts.
    private static int ReadSeconds(FixMap values) =>
        values.FindAt("server", "preStopSleepSeconds") is FixText { IsNothing: false } text
            && values.FindAt("server", "preStop") is not FixList { Items.Count: > 0 }
            && int.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 3600
                ? seconds
                : 0;
}
