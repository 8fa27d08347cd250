using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging;

/// <summary>The reason that goes with an outcome, in words.</summary>
internal static class OutcomeReasons
{
    /// <summary>Reason of a control that made no finding.</summary>
    public const string NothingCompared = "the control compared nothing, so that nothing is proved";

    private const int ReasonsShown = 3;

    /// <summary>What a control that passed warns of; empty when nothing is.</summary>
    /// <param name="warnings">Findings that passed with a warning.</param>
    public static string DescribeWarning(IReadOnlyList<Finding> warnings) => warnings.Count == 0
        ? string.Empty
        : "warning: " + string.Join(
            "; ", warnings.Select(finding => $"{finding.Subject}: {finding.Fact}: {finding.Actual}, {finding.Expected}").Distinct());

    /// <summary>The reason that goes with an outcome; empty when passed.</summary>
    /// <param name="findings">The findings that decided it.</param>
    /// <param name="error">What went wrong in the control itself; null when nothing did.</param>
    /// <param name="outcome">The outcome of both.</param>
    public static string Describe(IReadOnlyList<Finding> findings, string? error, Outcome outcome)
    {
        if (outcome == Outcome.Passed)
        {
            return string.Empty;
        }

        var sentences = findings.Where(finding => finding.Outcome == outcome).Select(ToSentence).Distinct().ToList();
        if (outcome == Outcome.Inconclusive && error is not null)
        {
            sentences.Insert(0, error);
        }

        var more = sentences.Count > ReasonsShown ? $"; and {sentences.Count - ReasonsShown} more" : string.Empty;
        return sentences.Count == 0 ? NothingCompared : string.Join("; ", sentences.Take(ReasonsShown)) + more;
    }

    private static string ToSentence(Finding finding)
    {
        var subject = finding.Subject.Length == 0 ? string.Empty : $"{finding.Subject}: ";
        return finding.Outcome == Outcome.Failed
            ? $"{subject}{finding.Fact}: {finding.Actual} (expected {finding.Expected})"
            : $"{subject}{(finding.Fact.Length == 0 ? string.Empty : $"{finding.Fact}: ")}{finding.Actual}";
    }
}
