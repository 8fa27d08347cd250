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
    public int Decide(ConformanceReport report, ExitPlan plan) => Decide(ComparedRun.From(report), plan);

    /// <summary>The exit code of a comparison: that of the later run.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="failOn">What counts as a failure; null for a regression of any control.</param>
    public int Decide(RunComparison comparison, FailOn? failOn)
    {
        if (failOn is not { } chosen)
        {
            return comparison.HasRegression ? ExitCodes.NonConformant : ExitCodes.Success;
        }

        if (chosen == FailOn.Must)
        {
            Say($"The later run is {comparison.Now.Verdict}, and --fail-on must is set.", DecideByVerdict(comparison.Now));
        }

        if (chosen == FailOn.Should)
        {
            Say($"The later run is {comparison.Now.Verdict}, and --fail-on should is set.", DecideByAdvice(comparison.Now));
        }

        return Decide(comparison.Now, new ExitPlan(chosen, comparison.Was, FailOnStandIn: false));
    }

    private int Decide(ComparedRun run, ExitPlan plan)
    {
        var code = plan switch
        {
            { FailOn: FailOn.Regression, Baseline: { } baseline } => DecideByRegression(run, baseline),
            { FailOn: FailOn.Should } => DecideByAdvice(run),
            _ => DecideByVerdict(run),
        };
        if (code != ExitCodes.Success || !plan.FailOnStandIn || !run.StandIn)
        {
            return code;
        }

        Say("A stand-in was tested instead of Vault, and --fail-on-stand-in is set: nothing is proved.", ExitCodes.Incomplete);
        return ExitCodes.Incomplete;
    }

    // Results may come from a file that somebody has edited.
    private static int DecideByVerdict(ComparedRun run) =>
        ListBy(Standing.Breach, run).Any() ? ExitCodes.NonConformant : ExitCodes.From(run.Verdict);

    private static IEnumerable<ControlId> ListBy(Standing standing, ComparedRun run) => run.Controls
        .Where(control => control is { Outcome: { } outcome, Level: { } level } && StandingRules.Decide(outcome, level) == standing)
        .Select(control => control.Id);

    private int DecideByRegression(ComparedRun run, ComparedRun baseline)
    {
        var worse = RunComparison.Compare(baseline, run).Regressions.Select(change => change.Id)
            .Concat(ListNewFailures(run, baseline))
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
    private static IEnumerable<ControlId> ListNewFailures(ComparedRun run, ComparedRun baseline)
    {
        var known = baseline.Controls.Where(control => control.Outcome == Outcome.Failed).Select(control => control.Id).ToHashSet();
        return ListBy(Standing.Breach, run).Where(id => !known.Contains(id));
    }

    private int DecideByAdvice(ComparedRun run)
    {
        var code = DecideByVerdict(run);
        string List(Standing standing) => string.Join(", ", ListBy(standing, run));
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
