using VaultConformance.Controls.Suite;
using VaultConformance.Harness.Config;
using VaultConformance.Reporting.Profiles;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Matrix;

/// <summary>What fixtures of live cases share: the lab, and the profile that everything is judged by.</summary>
public abstract class LiveFixture
{
    private MatrixLab? _lab;
    private Profile? _profile;

    private protected MatrixLab Lab => _lab ?? throw new InvalidOperationException("The lab is opened by the set-up.");

    private protected Profile Profile => _profile ?? throw new InvalidOperationException("The profile is loaded by the set-up.");

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

    /// <summary>The known-bad values files, those of one node limit together.</summary>
    internal static IEnumerable<TestCaseData> KnownBad() => Directory
        .EnumerateFiles(Repository.File("fixtures", "values", "noncompliant"), "*.yaml")
        .OrderBy(file => LiveCase.HeaderOf(file).NodeUlimit ?? LiveCase.DefaultUlimit, StringComparer.Ordinal)
        .ThenBy(file => file, StringComparer.Ordinal)
        .Select(file => new TestCaseData(Path.GetFileName(file)).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file)));

    /// <summary>Ignores the test where the cluster cannot run what the values ask for.</summary>
    private protected async Task RequireSidecarsAsync(FixtureHeader header, CancellationToken cancellationToken)
    {
        if (header.NeedsNativeSidecars && !await Lab.KnowsNativeSidecarsAsync(cancellationToken))
        {
            Assert.Ignore("the cluster is older than Kubernetes 1.29 and drops what makes an init container keep running");
        }
    }
}
