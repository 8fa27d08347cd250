using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Output;

/// <summary>Shows one control, or several with the same reason: a heading, and what belongs to it below, indented.</summary>
/// <param name="console">The console.</param>
/// <param name="view">How much is said.</param>
internal sealed class ControlText(CliConsole console, ReportView view)
{
    private const int LongestFact = 300;
    private const int LongestReason = 1000;

    /// <summary>Shows controls that need attention together.</summary>
    /// <param name="group">The controls.</param>
    public void WriteGroup(DeviationGroup group)
    {
        if (group.Cause is { } cause && view.Detail != Detail.Quiet)
        {
            console.WriteLine($"{FailureCauseText.Write(cause)}: {group.Ids} fail together.");
            console.WriteLine(string.Empty);
        }

        foreach (var deviation in group.Deviations)
        {
            WriteDeviation(deviation);
        }
    }

    /// <summary>Shows a control that needs none, in one line.</summary>
    /// <param name="result">Its result.</param>
    public void WriteLine(ControlResult result)
    {
        var level = result.Level.ToString().ToUpperInvariant();
        console.WriteLine(
            $"{result.Control.Id} {DescribeOutcome(result.Outcome)} ({level}): {result.Control.Title}", Tone.From(result.Outcome));
        if (view.Detail != Detail.Quiet && result.Reason.Length > 0)
        {
            WriteField("Note", Printable.Cut(result.Reason, LongestReason));
        }
    }

    /// <summary>The word for an outcome in a sentence.</summary>
    /// <param name="outcome">The outcome.</param>
    public static string DescribeOutcome(Outcome outcome) => outcome switch
    {
        Outcome.NotApplicable => "not applicable",
        Outcome.RunOnly => "only a run can tell",
        Outcome.Inconclusive => "could not be determined",
        _ => outcome.ToString().ToLowerInvariant(),
    };

    private void WriteDeviation(Deviation deviation)
    {
        var level = deviation.Results[0].Level.ToString().ToUpperInvariant();
        var heading = deviation.Single is { } single
            ? $"{single.Control.Id} {DescribeOutcome(single.Outcome)} ({level}): {single.Control.Title}"
            : $"{deviation.Ids} {DescribeOutcome(deviation.Outcome)}";
        console.WriteLine(heading, Tone.From(deviation.Outcome));
        if (view.Detail == Detail.Quiet)
        {
            return;
        }

        // What is waived says in its reason by whom and until when.
        var why = deviation.Outcome == Outcome.Waived ? deviation.Reason : deviation.Results[0].Summary;
        WriteField("Why", Printable.Cut(why, LongestReason));
        if (deviation.Single is { } result)
        {
            WriteField("Level", result.LevelReason);
            WriteFacts(result);
        }

        WriteExcerpt(deviation.Excerpt);
        WriteAdvice(deviation);
        console.WriteLine(string.Empty);
    }

    private void WriteExcerpt(EvidenceExcerpt excerpt)
    {
        if (!view.ShowsEvidence || excerpt.Lines.Count == 0)
        {
            return;
        }

        console.WriteLine($"  {EvidenceExcerpt.Heading}:");
        foreach (var part in excerpt.Parts)
        {
            console.WriteLine($"    {part.Key}", Tone.Faint);
            foreach (var line in part)
            {
                console.WriteLine($"      {line.Text}", indent: 8);
            }
        }

        if (excerpt.Rest is { } rest)
        {
            console.WriteLine($"    {rest}");
        }
    }

    private void WriteFacts(ControlResult result)
    {
        if (view.Detail != Detail.Verbose)
        {
            return;
        }

        foreach (var finding in result.Findings.Where(finding => finding.Outcome is Outcome.Failed or Outcome.Inconclusive))
        {
            var fact = $"{finding.Subject}: {finding.Fact}: {finding.Actual} (expected {finding.Expected})";
            console.WriteLine($"    - {Printable.Cut(fact, LongestFact)}", indent: 6);
        }
    }

    private void WriteAdvice(Deviation deviation)
    {
        if (deviation.Outcome == Outcome.Inconclusive)
        {
            WriteField(FindOutText.Heading, FindOutText.Write(deviation.Results[0]));
        }
        else
        {
            WriteField("Fix", deviation.Single is { } single ? DeclaredPlace.DescribeFix(single) : null);
        }
    }

    private void WriteField(string name, string? text)
    {
        if (text is { Length: > 0 })
        {
            console.WriteLine($"  {name}: {text}", indent: 4);
        }
    }
}
