using VaultConformance.Harness.Config;
using VaultConformance.Reporting.Model;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Matrix;

/// <summary>Every known-bad values file, installed for real, flips exactly the controls that its first line names.</summary>
[TestFixture, Category("Matrix"), NonParallelizable, Explicit("Starts a cluster and installs what is missing; asked for by './run.sh test' or by its category.")]
public sealed class KnownBadMatrixTests : LiveFixture
{
    private static readonly string[] Disrupting = ["CORE-5", "PROC-1", "PROC-2", "PROC-4"];
    private readonly Dictionary<(string File, string Ulimit, bool Disruptive), LiveOutcome> _bases = [];

    [TestCaseSource(typeof(LiveFixture), nameof(KnownBad)), CancelAfter(300_000)]
    public async Task Known_bad_values_flip_exactly_their_controls(string name, CancellationToken cancellationToken)
    {
        var file = Repository.File("fixtures", "values", "noncompliant", name);
        var header = LiveCase.HeaderOf(file);
        await RequireSidecarsAsync(header, cancellationToken);

        var disruptive = header.Expectations.Any(expectation => Disrupting.Contains(expectation.Control));
        var good = await BaseAsync(header, disruptive, cancellationToken);
        var bad = await new LiveCase(Lab, Profile).RunAsync(file, header, disruptive, cancellationToken);
        var flipped = bad.Results.Values
            .Where(result => header.Starts || result.Outcome != Outcome.Inconclusive || header.Expectations.Any(expectation => expectation.Control == result.Control.Id.ToString()))
            .Where(result => result.Outcome != good.Results[result.Control.Id.ToString()].Outcome)
            .Select(result => $"{result.Control.Id} {result.Outcome}");
        Assert.That(flipped, Is.EquivalentTo(header.Expectations.Select(expectation => $"{expectation.Control} {expectation.Outcome}")), bad.Explain);
    }

    // The base runs under the same node limit where the case's lever is the node itself; it differs then only by what the header says.
    private async Task<LiveOutcome> BaseAsync(FixtureHeader header, bool disruptive, CancellationToken cancellationToken)
    {
        var key = (header.Base ?? throw new AssertionException("A known-bad case names the values that it deviates from."), LiveCase.DefaultUlimit, disruptive);
        if (!_bases.TryGetValue(key, out var outcome))
        {
            var file = Repository.File("fixtures", "values", "compliant", key.Item1 + ".yaml");
            outcome = await new LiveCase(Lab, Profile).RunAsync(file, LiveCase.HeaderOf(file), disruptive, cancellationToken);
            _bases[key] = outcome;
        }

        return outcome;
    }
}
