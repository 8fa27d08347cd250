using VaultConformance.Controls.Suite;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Matrix;

/// <summary>Known-good values, installed for real, fail only what their first line names.</summary>
[TestFixture, Category("Cluster"), NonParallelizable, Explicit("Starts a cluster and installs what is missing; asked for by './run.sh test' or by its category.")]
public sealed class CompliantLiveTests
{
    private MatrixLab _lab = null!;
    private Profile _profile = null!;

    [OneTimeSetUp]
    public async Task PrepareAsync()
    {
        _profile = await BuiltInProfiles.LoadAsync("hardened", CancellationToken.None);
        _lab = await MatrixLab.OpenAsync(CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task RemoveAsync()
    {
        if (_lab is not null)
        {
            await _lab.DisposeAsync();
        }
    }

    [TestCase("standalone-tls.yaml"), TestCase("standalone-tls-patched.yaml"), TestCase("ha-raft-tls.yaml"), CancelAfter(600_000)]
    public async Task Compliant_values_fail_only_what_the_chart_cannot_express(string name, CancellationToken cancellationToken)
    {
        var file = Repository.File("fixtures", "values", "compliant", name);
        var header = LiveCase.HeaderOf(file);
        var outcome = await new LiveCase(_lab, _profile).RunAsync(file, header, disruptive: true, cancellationToken);
        var notPassed = outcome.Results.Values
            .Where(result => result.Outcome is not (Outcome.Passed or Outcome.NotApplicable))
            .Select(result => $"{result.Control.Id} {result.Outcome}");
        Assert.That(notPassed, Is.EquivalentTo(header.Expectations.Select(expectation => $"{expectation.Control} {expectation.Outcome}")), outcome.Explain);
    }
}
