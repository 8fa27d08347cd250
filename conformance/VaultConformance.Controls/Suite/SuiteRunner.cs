using System.Reflection;
using NUnit;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using VaultConformance.Controls.Framework;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Suite;

/// <summary>Runs fixtures in this process with NUnit's own runner: first the controls that only look, then those that change the system.</summary>
/// <param name="builder">Builds the test tree.</param>
/// <param name="assembly">The assembly of the fixtures.</param>
/// <param name="catalogue">The controls in it.</param>
internal sealed class SuiteRunner(ITestAssemblyBuilder builder, Assembly assembly, ControlCatalogue catalogue)
{
    /// <summary>Why a control that was left out has no outcome.</summary>
    public const string LeftOut = "left out of this run by --only or --skip";

    /// <summary>Runs the controls of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="session">The run.</param>
    /// <returns>The outcome; one result for every planned control, also when the run was cancelled.</returns>
    public SuiteOutcome Run(SuitePlan plan, SuiteSession session)
    {
        var runner = new NUnitTestAssemblyRunner(builder);
        session.AttachTo(runner.Load(assembly, Settings()));
        var passive = RunPass(runner, [.. plan.Verified.Where(control => !control.Disruptive)]);
        var disruptive = RunPass(runner, [.. plan.Verified.Where(control => control.Disruptive)]);
        IReadOnlyList<ITestResult> passes = [.. new[] { passive, disruptive }.OfType<ITestResult>()];
        foreach (var control in plan.Planned.Where(control => !session.Results.ContainsKey(control.Id)))
        {
            session.Record(Missing(control, plan, session.Profile, passes));
        }

        return new SuiteOutcome(
            [.. plan.Planned.Select(control => control.Id)],
            [.. plan.Planned.Select(control => session.Results[control.Id])],
            NUnitRunXml.Of(passes, session.TimeProvider.GetUtcNow()));
    }

    /// <summary>The catalogue that the runner knows.</summary>
    public ControlCatalogue Catalogue => catalogue;

    private static ITestResult? RunPass(NUnitTestAssemblyRunner runner, IReadOnlyList<ControlDescriptor> controls)
    {
        if (controls.Count == 0)
        {
            return null;
        }

        var alternatives = controls.Select(control => $"<prop name='{ControlProperty}'>{control.Id}</prop>");
        var filter = TestFilter.FromXml($"<filter><or>{string.Concat(alternatives)}</or></filter>");
        return runner.Run(TestListener.NULL, filter);
    }

    private const string ControlProperty = "Control";

    private static Dictionary<string, object> Settings() => new()
    {
        // One worker: controls share one system, and judging is fast. The observations themselves are taken in parallel by the harness.
        [FrameworkPackageSettings.NumberOfTestWorkers] = 0,
        [FrameworkPackageSettings.SynchronousEvents] = true,
    };

    private static ControlResult Missing(ControlDescriptor control, SuitePlan plan, Profile profile, IReadOnlyList<ITestResult> passes)
    {
        var planned = profile.Controls[control.Id];
        var reason = plan.Verified.Contains(control) ? $"did not run: {Message(control, passes)}" : LeftOut;
        return new ControlResult(control, planned.Level, planned.Reason, Outcome.Inconclusive, reason, [], TimeSpan.Zero);
    }

    private static string Message(ControlDescriptor control, IReadOnlyList<ITestResult> passes) =>
        passes.SelectMany(Leaves)
            .Where(result => Equals(result.Test.Properties.Get(ControlProperty), control.Id.ToString()))
            .Select(result => $"{result.ResultState}: {result.Message}")
            .FirstOrDefault() ?? "NUnit did not select it";

    private static IEnumerable<ITestResult> Leaves(ITestResult result) =>
        result.Test.IsSuite ? result.Children.SelectMany(Leaves) : [result];
}
