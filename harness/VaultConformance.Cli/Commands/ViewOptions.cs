using System.CommandLine;
using VaultConformance.Cli.Output;
using VaultConformance.Harness;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Text;

namespace VaultConformance.Cli.Commands;

/// <summary>The options of a verb that shows a report: which controls, and how much of each.</summary>
internal sealed class ViewOptions
{
    private readonly Option<string[]> _show = new("--show")
    {
        Description =
            "Controls to show: failed, inconclusive, waived, passed, not-applicable, declared, run-only or all; several with commas. "
                + "Default: failed,inconclusive.",
        HelpName = "outcome",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _quiet =
        new("--quiet", "-q") { Description = "Only notices, one line for each control that needs attention, and the verdict." };

    private readonly Option<bool> _verbose =
        new("--verbose", "-v") { Description = "Every fact that deviates, and how long each phase took." };

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="command">The verb.</param>
    public void AddTo(VerbCommand command)
    {
        _show.CompletionSources.Add([.. ReportView.Words.Keys]);
        command.AddGroup("What the console shows", _show, _quiet, _verbose);
    }

    /// <summary>What a command line asks for.</summary>
    /// <param name="result">The command line.</param>
    /// <exception cref="HarnessException">It cannot be had.</exception>
    public ReportView Read(ParseResult result)
    {
        var (quiet, verbose) = (result.GetValue(_quiet), result.GetValue(_verbose));
        if (quiet && verbose)
        {
            throw new HarnessException(FailureKind.Configuration, "--quiet and --verbose contradict each other; leave one out.");
        }

        return new ReportView(ReadOutcomes(result), quiet ? Detail.Quiet : verbose ? Detail.Verbose : Detail.Normal);
    }

    private IReadOnlyCollection<Outcome> ReadOutcomes(ParseResult result)
    {
        var words = (result.GetValue(_show) ?? []).SelectMany(text => text.Split(',', StringSplitOptions.TrimEntries)).ToList();
        if (words.FirstOrDefault(word => !ReportView.Words.ContainsKey(word)) is { } unknown)
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"--show: there is no outcome '{unknown}'{Nearest.WriteHint(unknown, ReportView.Words.Keys)}; the outcomes are "
                    + $"{string.Join(", ", ReportView.Words.Keys)}.");
        }

        return words.Count == 0 ? ReportView.Default.Shown : [.. words.SelectMany(word => ReportView.Words[word]).Distinct()];
    }
}
