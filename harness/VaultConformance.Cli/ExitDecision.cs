using VaultConformance.Cli.Output;
using VaultConformance.Reporting.Comparing;
using VaultConformance.Reporting.Model;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Cli;

/// <summary>Decides the exit code of a report, and says why where it is not the verdict's.</summary>
/// <param name="console">Where to say it.</param>
internal sealed class ExitDecision(CliConsole console)
{
    /// <summary>The exit code.</summary>
    /// <param name="report">The report.</param>
    /// <param name="plan">What decides.</param>
    public int Decide(ConformanceReport report, ExitPlan plan)
    {
        var code = plan switch
        {
            { FailOn: FailOn.Regression, Baseline: { } baseline } => DecideByRegression(report, baseline),
            { FailOn: FailOn.Should } => DecideByAdvice(report),
            _ => ExitCodes.From(report.Verdict),
        };
        if (code != ExitCodes.Success || !plan.FailOnStandIn || !report.StandIn)
        {
            return code;
        }

        Say("A stand-in was tested instead of Vault, and --fail-on-stand-in is set: nothing is proved.", ExitCodes.Incomplete);
        return ExitCodes.Incomplete;
    }

    private int DecideByRegression(ConformanceReport report, ComparedRun baseline)
    {
        var worse = RunComparison.Compare(baseline, ComparedRun.From(report)).Regressions.Select(change => change.Id)
            .Concat(ListNewFailures(report, baseline))
            .Distinct()
            .ToList();
        var code = worse.Count > 0 ? ExitCodes.NonConformant : ExitCodes.Success;
        var what = worse.Count > 0
            ? $"Worse than in run {baseline.RunId}: {string.Join(", ", worse)}."
            : $"Nothing is worse than in run {baseline.RunId}.";
        Say(what, code);
        return code;
    }

    // What could not be determined in the earlier run, or was not part of it, excuses no failure of a required control.
    private static IEnumerable<ControlId> ListNewFailures(ConformanceReport report, ComparedRun baseline)
    {
        var known = baseline.Controls.Where(control => control.Outcome == Outcome.Failed).Select(control => control.Id).ToHashSet();
        return report.Results
            .Where(result => result.GetStanding() == Standing.Breach && !known.Contains(result.Control.Id))
            .Select(result => result.Control.Id);
    }

    private int DecideByAdvice(ConformanceReport report)
    {
        var code = ExitCodes.From(report.Verdict);
        string List(Standing standing) =>
            string.Join(", ", report.Results.Where(result => result.GetStanding() == standing).Select(result => result.Control.Id));
        if (code == ExitCodes.Success && List(Standing.UntoldAdvice) is { Length: > 0 } untold)
        {
            code = ExitCodes.Incomplete;
            Say($"Recommended controls could not be determined, and --fail-on should is set: {untold}.", code);
        }

        if (code != ExitCodes.NonConformant && List(Standing.Advice) is { Length: > 0 } failed)
        {
            code = ExitCodes.NonConformant;
            Say($"Recommended controls failed, and --fail-on should is set: {failed}.", code);
        }

        return code;
    }

    private void Say(string what, int code) =>
        console.WriteLine($"{what} Exit code {code}.", code == ExitCodes.Success ? Tone.Good : Tone.Bad);
}
