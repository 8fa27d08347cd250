using System.Globalization;
using System.Text;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Reporting.Writers.Sarif;

/// <summary>Messages of results; the first sentence stands on its own, because viewers show it alone where space is short.</summary>
internal static class SarifMessage
{
    private const int MostFindings = 10;

    /// <summary>The message of a control that ran.</summary>
    /// <param name="result">The result.</param>
    /// <param name="isLocated">True when values files are known, so that the result stands in one of them.</param>
    public static string Describe(ControlResult result, bool isLocated)
    {
        var findings = result.Findings.Where(finding => finding.Outcome is Outcome.Failed or Outcome.Inconclusive).ToList();
        // The reason of a failure says again what the findings say.
        var first = findings.Count > 0 && result.Outcome != Outcome.Inconclusive && result.Summary == result.Reason
            ? result.Control.Title
            : result.Summary;
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{result.Control.Id} {DescribeOutcome(result.Outcome)} ({result.Level.ToString().ToUpperInvariant()}): ");
        text.Append(SarifWords.ToSentence(first)).Append('\n');
        foreach (var finding in findings.Take(MostFindings))
        {
            text.Append(SarifWords.ToSentence(
                $"- {finding.Subject}: {finding.Fact}: expected {finding.Expected}, was {finding.Actual}{DescribeEvidence(finding)}"))
                .Append('\n');
        }

        if (findings.Count > MostFindings)
        {
            text.Append(CultureInfo.InvariantCulture, $"- and {findings.Count - MostFindings} more in results.json\n");
        }

        if (result.Outcome == Outcome.Inconclusive)
        {
            text.Append(CultureInfo.InvariantCulture, $"{FindOutText.Heading}: {FindOutText.Write(result)}\n");
        }

        return SarifWords.ToLines(text.Append(DescribeDeclared(result, isLocated)).ToString());
    }

    /// <summary>The message of a control that did not run.</summary>
    /// <param name="id">The control.</param>
    /// <param name="problem">What kept the run from finishing; null when it finished.</param>
    public static string DescribeNotRun(ControlId id, string? problem) => problem is null
        ? $"{id} did not run, so that nothing is known about it."
        : SarifWords.ToLines($"{id} did not run, so that nothing is known about it. {SarifWords.ToSentence(problem)}");

    private static string DescribeEvidence(Finding finding) =>
        finding.Evidence.Count == 0 ? string.Empty : $" (evidence: {string.Join(", ", finding.Evidence)})";

    private static string DescribeOutcome(Outcome outcome) => outcome switch
    {
        Outcome.Waived => "failed and is waived",
        Outcome.Inconclusive => "could not be determined",
        _ => "failed",
    };

    private static string DescribeDeclared(ControlResult result, bool isLocated) => result switch
    {
        { Declared: [var value, ..] } => SarifWords.ToSentence(
            string.Create(CultureInfo.InvariantCulture, $"Declared in {value.Path}, line {value.Line}: {value.Key}: {value.Text}")),
        _ when !isLocated => string.Empty,
        { Control.ValueKeys.Count: 0 } => "No values of the chart decide this control; the place is only the start of the values.",
        _ => $"Nothing in the values sets {string.Join(" or ", result.Control.ValueKeys.Select(WithoutWord).Distinct().Take(3))}; the "
            + "place is only their start.",
    };

    private static string WithoutWord(string key) => key.Split('#')[0];
}
