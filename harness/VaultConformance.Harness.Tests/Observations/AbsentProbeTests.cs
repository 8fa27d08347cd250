using VaultConformance.Harness.Deployment;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tests.Observations;

/// <summary>What is told of observations that nothing takes.</summary>
public sealed class AbsentProbeTests
{
    [Test]
    public void A_probe_that_did_not_run_because_no_server_started_says_so()
    {
        var probes = new ProbeSet().AddAbsent(ObservationKinds.CrashCanary, DisruptionWithoutServer.Explain("Pod 'vault-0' restarts again and again.\nLast line: no listener"));

        var exception = Assert.Throws<ObservationUnavailableException>(() => probes.FindFor(ObservationKinds.CrashCanary));

        Assert.That((exception.Reason.Cause, exception.Reason.Message), Is.EqualTo((
            UnavailableCause.Failed,
            "the probe did not run, because no server started, was initialised and unsealed (Pod 'vault-0' restarts again and again). Mend that first, then run again")));
    }

    [TestCase(null)]
    [TestCase("")]
    public void Without_a_known_problem_the_sentence_is_whole(string? problem) => Assert.That(
        DisruptionWithoutServer.Explain(problem), Is.EqualTo("the probe did not run, because no server started, was initialised and unsealed. Mend that first, then run again"));

    [Test]
    public void A_kind_that_nobody_takes_blames_no_platform() => Assert.That(
        Assert.Throws<ObservationUnavailableException>(() => new ProbeSet().FindFor(ObservationKinds.Sigterm))?.Reason,
        Is.EqualTo(new UnavailableReason(UnavailableCause.NotSupported, "this run has no probe that takes 'sigterm'")));
}
