using System.Collections.Concurrent;
using VaultConformance.Controls.Bridge;
using VaultConformance.Controls.Suite;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>Judges sources by all controls. The tree of the controls is built once and used again, as building it takes longer than judging.</summary>
internal static class BuiltInSuite
{
    private static readonly ConcurrentBag<SuiteRunner> Idle = [];

    public static async Task<SuiteOutcome> JudgeAsync(IObservationSource source, Profile profile)
    {
        if (!Idle.TryTake(out var runner))
        {
            runner = new SuiteRunner(TestTree.GetFor(typeof(ConformanceSuite).Assembly), ControlCatalogue.BuiltIn);
        }

        var outcome = await ConformanceSuite.RunAsync(runner, new Target(source), profile, new SuiteOptions(), progress: null, CancellationToken.None);
        Idle.Add(runner);
        return outcome;
    }
}
