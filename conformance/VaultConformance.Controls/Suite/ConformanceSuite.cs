using VaultConformance.Controls.Bridge;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Declared;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Suite;

/// <summary>Judges a target by the controls of a profile, in this process.</summary>
public static class ConformanceSuite
{
    /// <summary>Runs the controls: first those that only look, then the disruptive ones.</summary>
    /// <param name="target">What is judged.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="options">Which controls to leave out.</param>
    /// <param name="progress">Told every result as it comes; null when nobody listens.</param>
    /// <param name="cancellationToken">Ends the run; the controls that have not finished by then are inconclusive.</param>
    /// <returns>One result for every control of the profile, always.</returns>
    /// <exception cref="Harness.HarnessException">The profile or the options name controls that do not exist.</exception>
    public static Task<SuiteOutcome> RunAsync(
        Target target, Profile profile, SuiteOptions options, IProgress<ControlResult>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        var runner = new SuiteRunner(TestTree.GetFor(typeof(ConformanceSuite).Assembly), ControlCatalogue.BuiltIn);
        return RunAsync(runner, target, profile, options, progress, cancellationToken);
    }

    /// <summary>Runs the controls of any fixtures.</summary>
    internal static async Task<SuiteOutcome> RunAsync(
        SuiteRunner runner,
        Target target,
        Profile profile,
        SuiteOptions options,
        IProgress<ControlResult>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        var plan = SuitePlan.Create(runner.Catalogue, profile, options);
        var session = new SuiteSession(target, profile, TimeProvider.System, cancellationToken)
        {
            ControlTimeLimit = options.ControlTimeLimit,
            Progress = progress,
            Accept = options.Accept,
            Pages = runner.Catalogue.Pages,
            Declared = options.OnlyDeclared
                ? new DeclaredRelease(await target.ObserveAsync(ObservationKinds.Objects, cancellationToken))
                : null,
        };

        // NUnit's runner blocks its caller. Cancelling must not abandon it: it ends by itself, and its results are wanted.
        return await Task.Run(() => runner.Run(plan, session), CancellationToken.None);
    }
}
