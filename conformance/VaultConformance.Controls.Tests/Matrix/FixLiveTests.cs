using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Matrix;

/// <summary>The merged change of values, applied for real, leaves exactly what it says it leaves.</summary>
[TestFixture, NonParallelizable, Explicit("Starts a cluster and installs what is missing; asked for by './run.sh test' or by its category.")]
public sealed class FixLiveTests : LiveFixture
{
    private static readonly string[] Disrupting = ["CORE-5", "PROC-1", "PROC-2", "PROC-4"];

    [TestCase("chart-defaults.yaml"), TestCase("course-guide.yaml"), Category("Cluster"), CancelAfter(600_000)]
    public Task What_everybody_starts_from_is_mended(string name, CancellationToken cancellationToken) =>
        ProveAsync(Repository.File("fixtures", "values", name), disruptive: true, cancellationToken);

    [TestCaseSource(typeof(LiveFixture), nameof(KnownBad)), Category("Matrix"), CancelAfter(600_000)]
    public Task A_known_bad_case_is_mended_or_its_rest_is_listed(string name, CancellationToken cancellationToken)
    {
        var file = Repository.File("fixtures", "values", "noncompliant", name);
        return ProveAsync(file, LiveCase.HeaderOf(file).Expectations.Any(expectation => Disrupting.Contains(expectation.Control)), cancellationToken);
    }

    private async Task ProveAsync(string file, bool disruptive, CancellationToken cancellationToken)
    {
        var header = LiveCase.HeaderOf(file);
        await RequireSidecarsAsync(header, cancellationToken);

        await new FixedCase(new LiveCase(Lab, Profile), Lab.Folder).ProveAsync(file, header, disruptive, cancellationToken);
    }
}
