using VaultConformance.Controls.Bridge;
using VaultConformance.Controls.Framework;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;
using VaultConformance.Runs.Records;

namespace VaultConformance.Controls.Suite;

/// <summary>
/// Runs fixtures in this process: first the controls that only look, then those that change the system, and last those that interrupt it.
/// </summary>
/// <param name="tests">The fixtures.</param>
/// <param name="catalogue">The controls in them.</param>
internal sealed class SuiteRunner(TestTree tests, ControlCatalogue catalogue)
{
    /// <summary>Why a control that was left out has no outcome.</summary>
    public const string LeftOut = "left out of this run by --only or --skip";

    private const string ControlProperty = "Control";

    /// <summary>Runs the controls of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="session">The run.</param>
    /// <returns>The outcome; one result for every planned control, also when the run was cancelled.</returns>
    public SuiteOutcome Run(SuitePlan plan, SuiteSession session)
    {
        tests.Attach(session);
        IReadOnlyList<TestPass> passes =
        [
            .. plan.Verified.GroupBy(control => (control.Disruptive, ControlEffects.FindImpact(control)))
                .OrderBy(group => group.Key)
                .Select(group => tests.Run(ControlProperty, group.Select(control => control.Id.ToString()))),
        ];
        foreach (var control in plan.Planned.Where(control => !session.Results.ContainsKey(control.Id)))
        {
            session.Record(CreateMissing(control, plan, session.Profile, passes));
        }

        return new SuiteOutcome(
            [.. plan.Planned.Select(control => control.Id)],
            [.. plan.Planned.Select(control => session.Results[control.Id])],
            NUnitRunXml.Write(passes, session.TimeProvider.GetUtcNow()));
    }

    /// <summary>The catalogue that the runner knows.</summary>
    public ControlCatalogue Catalogue => catalogue;

    private static ControlResult CreateMissing(ControlDescriptor control, SuitePlan plan, Profile profile, IReadOnlyList<TestPass> passes)
    {
        var planned = profile.Controls[control.Id];
        var reason = plan.Verified.Contains(control) ? $"did not run: {ExplainMissing(control, passes)}" : LeftOut;
        return new ControlResult(control, planned.Level, planned.Reason, Outcome.Inconclusive, reason, [], TimeSpan.Zero);
    }

    private static string ExplainMissing(ControlDescriptor control, IReadOnlyList<TestPass> passes) =>
        passes.Select(pass => pass.ExplainMissing(ControlProperty, control.Id.ToString())).FirstOrDefault(message => message is not null)
            ?? "NUnit did not select it";
}
