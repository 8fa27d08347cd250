using System.Text.Json;
using VaultConformance.Controls.Suite;
using VaultConformance.Controls.Tests.Families;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using VaultConformance.Runs.Judging;

namespace VaultConformance.Controls.Tests.Suite;

/// <summary>Controls that are called directly give what they give when NUnit runs them: every outcome, finding, place of evidence and word.</summary>
public sealed class DirectSuiteTests
{
    private const int EveryNth = 40;

    [Test]
    public Task A_compliant_release_is_judged_alike() => AssertAlikeAsync(() => new ReleaseEvidence().ToSource(), Catalogue.Profile());

    [Test]
    public Task What_cannot_be_observed_is_judged_alike() => AssertAlikeAsync(() => new FakeSource(), Catalogue.Profile());

    [TestCase("hardened")]
    [TestCase("baseline")]
    public async Task Profiles_that_change_levels_and_leave_controls_out_are_judged_alike(string profile) =>
        await AssertAlikeAsync(() => new ReleaseEvidence().ToSource(), await BuiltInProfiles.LoadAsync(profile, CancellationToken.None));

    [TestCase("real-hardened-ha-raft")]
    [TestCase("real-chart-defaults")]
    public Task Recorded_releases_are_judged_alike(string name) => AssertAlikeAsync(
        () => new RecordedObservationSource(
            new EvidenceStore(Path.Combine(TestContext.CurrentContext.TestDirectory, "Evidence", name)), CompliantTransport.Time),
        Catalogue.Profile());

    [TestCaseSource(nameof(Sample))]
    public async Task Deviations_are_judged_alike(Mutation mutation)
    {
        ArgumentNullException.ThrowIfNull(mutation);
        var evidence = new ReleaseEvidence();
        mutation.Change(evidence);

        await AssertAlikeAsync(evidence.ToSource, evidence.Profile(Catalogue.Profile()));
    }

    private static IEnumerable<Mutation> Sample() => KnownBadTests.Everything.Where((_, index) => index % EveryNth == 0);

    private static async Task AssertAlikeAsync(Func<IObservationSource> source, Profile profile)
    {
        var direct = DirectSuite.Judge(source(), profile);
        var suite = await ConformanceSuite.RunAsync(new Target(source()), profile, new SuiteOptions(), progress: null, CancellationToken.None);

        Assert.That(direct.Select(Whole), Is.EqualTo(suite.Results.Select(Whole)));
    }

    // Everything but the time that it took.
    private static string Whole(ControlResult result) => JsonSerializer.Serialize(result with { Duration = TimeSpan.Zero });
}
