using VaultConformance.Controls.Suite;
using VaultConformance.Reporting.Profiles;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Matrix;

/// <summary>The merged change of values, applied for real, leaves exactly what it says it leaves.</summary>
[TestFixture, NonParallelizable, Explicit("Starts a cluster and installs what is missing; asked for by './run.sh test' or by its category.")]
public sealed class FixLiveTests
{
    private static readonly string[] Disrupting = ["CORE-5", "PROC-1", "PROC-2", "PROC-4"];
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

    [TestCase("chart-defaults.yaml"), TestCase("course-guide.yaml"), Category("Cluster"), CancelAfter(600_000)]
    public Task What_everybody_starts_from_is_mended(string name, CancellationToken cancellationToken) =>
        ProveAsync(Repository.File("fixtures", "values", name), disruptive: true, cancellationToken);

    [TestCaseSource(nameof(KnownBad)), Category("Matrix"), CancelAfter(600_000)]
    public Task A_known_bad_case_is_mended_or_its_rest_is_listed(string name, CancellationToken cancellationToken)
    {
        var file = Repository.File("fixtures", "values", "noncompliant", name);
        return ProveAsync(file, LiveCase.HeaderOf(file).Expectations.Any(expectation => Disrupting.Contains(expectation.Control)), cancellationToken);
    }

    private static IEnumerable<TestCaseData> KnownBad() => Directory
        .EnumerateFiles(Repository.File("fixtures", "values", "noncompliant"), "*.yaml")
        .OrderBy(file => LiveCase.HeaderOf(file).NodeUlimit ?? LiveCase.DefaultUlimit, StringComparer.Ordinal)
        .ThenBy(file => file, StringComparer.Ordinal)
        .Select(file => new TestCaseData(Path.GetFileName(file)).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file)));

    private async Task ProveAsync(string file, bool disruptive, CancellationToken cancellationToken)
    {
        var header = LiveCase.HeaderOf(file);
        if (header.NeedsNativeSidecars && !await _lab.KnowsNativeSidecarsAsync(cancellationToken))
        {
            Assert.Ignore("the cluster is older than Kubernetes 1.29 and drops what makes an init container keep running");
        }

        await new FixedCase(new LiveCase(_lab, _profile), _lab.Folder).ProveAsync(file, header, disruptive, cancellationToken);
    }
}
