using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes;

namespace VaultConformance.Harness.Tests.Observations;

/// <summary>The registry of observations is whole: whatever is a kind has a name, a fact and a probe of its own.</summary>
public sealed class ObservationKindsTests
{
    [Test]
    public void Every_field_of_the_registry_is_one_of_its_kinds() => Assert.That(
        ObservationKinds.All, Has.Count.EqualTo(typeof(ObservationKinds).GetFields().Length).And.All.Property(nameof(ObservationKind.Revision)).Positive);

    [Test]
    public void No_two_kinds_share_a_name_or_a_fact()
    {
        Assert.That(ObservationKinds.All.Select(kind => kind.Name), Is.Unique);
        Assert.That(ObservationKinds.All.Select(kind => kind.GetType()), Is.Unique);
    }

    [Test]
    public void Every_kind_has_a_probe() => Assert.That(LiveProbes.Kinds, Is.EqualTo(ObservationKinds.All));

    [Test]
    public void What_changes_the_system_is_known_as_such() => Assert.That(
        ObservationKinds.All.Where(kind => kind.Impact != ObservationImpact.Passive),
        Is.EquivalentTo((ObservationKind[])[ObservationKinds.CertificateReload, ObservationKinds.Sigterm, ObservationKinds.PodDeletion, ObservationKinds.CrashCanary]));

    [Test]
    public void A_fact_of_a_pod_is_not_asked_of_the_release() => Assert.That(
        () => Subjects.FromKind(ObservationKinds.Mounts), Throws.ArgumentException.With.Message.StartsWith("'mounts' is observed for each pod."));
}
