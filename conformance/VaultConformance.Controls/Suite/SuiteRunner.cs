using VaultConformance.Controls.Bridge;
using VaultConformance.Controls.Framework;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Suite;

/// <summary>Runs fixtures in this process: first the controls that only look, then those that change the system.</summary>
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
        var passive = RunPass([.. plan.Verified.Where(control => !control.Disruptive)]);
        var disruptive = RunPass([.. plan.Verified.Where(control => control.Disruptive)]);
        IReadOnlyList<TestPass> passes = [.. new[] { passive, disruptive }.OfType<TestPass>()];
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

    private TestPass? RunPass(IReadOnlyList<ControlDescriptor> controls) =>
        controls.Count == 0 ? null : tests.Run(ControlProperty, controls.Select(control => control.Id.ToString()));

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
