using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Matrix;

/// <summary>Known-good values, installed for real, fail only what their first line names.</summary>
[TestFixture, Category("Cluster"), NonParallelizable, Explicit("Starts a cluster and installs what is missing; asked for by './run.sh test' or by its category.")]
public sealed class CompliantLiveTests : LiveFixture
{
    [Test, CancelAfter(600_000)]
    public async Task An_upgrade_is_observed_beside_what_was_before(CancellationToken cancellationToken)
    {
        var file = Repository.File("fixtures", "values", "compliant", "standalone-tls.yaml");
        var (deployment, options) = await new LiveCase(Lab, Profile).PrepareAsync(file, cancellationToken);
        await using var removed = deployment;
        await deployment.StartAsync(cancellationToken);
        var before = deployment.OpenTarget(null, ObservationStage.Before)!;
        await deployment.ObserveAsync(cancellationToken);
        var further = Path.Combine(options.WorkFolder, "further.yaml");
        await File.WriteAllTextAsync(further, "server:\n  annotations:\n    example.org/upgraded: \"yes\"\n", cancellationToken);

        await deployment.UpgradeAsync(new ReleaseChange(options.Chart, [file, further]) { VaultImage = options.VaultImage }, cancellationToken);
        var after = deployment.OpenTarget(null, ObservationStage.After)!;
        await deployment.ObserveAsync(cancellationToken);

        Assert.That((await RevisionAsync(before), await RevisionAsync(after), await RevisionAsync(after.SelectStage(ObservationStage.Before))), Is.EqualTo((1, 2, 1)));
        var recorded = new Target(new RecordedObservationSource(new EvidenceStore(options.EvidenceFolder, ObservationStage.After), TimeProvider.System));
        var template = (await recorded.ObserveAsync(ObservationKinds.Objects, cancellationToken)).StatefulSets.Single().Spec.Template;
        Assert.That(template.Metadata.Annotations, Contains.Key("example.org/upgraded"));
        Assert.That(Directory.Exists(Path.Combine(options.EvidenceFolder, "observations", "before", "pod", "vault-0")), Is.True);

        async Task<int> RevisionAsync(Target target) => (await target.ObserveAsync(ObservationKinds.Release, cancellationToken)).Revision;
    }

    [TestCase("standalone-tls.yaml"), TestCase("standalone-tls-patched.yaml"), TestCase("ha-raft-tls.yaml"), CancelAfter(600_000)]
    public async Task Compliant_values_fail_only_what_the_chart_cannot_express(string name, CancellationToken cancellationToken)
    {
        var file = Repository.File("fixtures", "values", "compliant", name);
        var header = LiveCase.HeaderOf(file);
        var outcome = await new LiveCase(Lab, Profile).RunAsync(file, header, disruptive: true, cancellationToken);
        var notPassed = outcome.Results.Values
            .Where(result => result.Outcome is not (Outcome.Passed or Outcome.NotApplicable))
            .Select(result => $"{result.Control.Id} {result.Outcome}");
        Assert.That(notPassed, Is.EquivalentTo(header.Expectations.Select(expectation => $"{expectation.Control} {expectation.Outcome}")), outcome.Explain);
    }
}
