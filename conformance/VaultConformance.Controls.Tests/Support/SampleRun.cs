using VaultConformance.Controls.Bridge;
using VaultConformance.Controls.Suite;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>Runs sample fixtures through the suite's runner.</summary>
internal static class SampleRun
{
    public static async Task<SuiteOutcome> OfAsync(
        Type fixture,
        FakeSource source,
        Func<Profile, Profile>? change = null,
        SuiteOptions? options = null,
        IProgress<ControlResult>? progress = null,
        CancellationToken cancellationToken = default)
    {
        var catalogue = ControlCatalogue.From([fixture], SamplePages.All);
        var profile = new Profile(
            "sample", "1.0", "Samples.", catalogue.Controls.ToDictionary(control => control.Id, control => new ProfileControl(control.Level, null, null)), new());
        var runner = new SuiteRunner(TestTree.GetFor(fixture), catalogue);
        return await ConformanceSuite.RunAsync(
            runner, new Target(source), change?.Invoke(profile) ?? profile, options ?? new SuiteOptions(), progress, cancellationToken);
    }

    public static ControlResult Result(this SuiteOutcome outcome, string id) => outcome.Results.Single(result => result.Control.Id == ControlId.Parse(id));
}
