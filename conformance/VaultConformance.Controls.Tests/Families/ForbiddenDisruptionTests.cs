using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using VaultConformance.Reporting.Profiles;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Where nothing may be disrupted, PROC-1 has only the process table, and that has to be enough by itself.</summary>
public sealed class ForbiddenDisruptionTests
{
    [Test]
    public void Vault_below_an_init_that_forwards_to_its_child_is_proved_by_the_table()
    {
        Assert.That(Judge(_ => { }), Is.EqualTo(Outcome.Passed));
    }

    [Test]
    public void Vault_as_pid_1_is_proved_by_the_table()
    {
        Assert.That(Judge(pod => pod.Processes = pod.Processes! with
        {
            Processes = [CompliantPod.Process(1, 0, "vault", ["vault", "server"])],
        }), Is.EqualTo(Outcome.Passed));
    }

    [Test]
    public void A_shell_between_the_init_and_Vault_is_not_seen_through()
    {
        Assert.That(Judge(pod => WithShell(pod, "/usr/bin/dumb-init", "--single-child", "/bin/sh", "-c", "vault server; true")), Is.EqualTo(Outcome.Inconclusive));
    }

    [Test]
    public void A_shell_below_an_init_without_options_is_not_seen_through_either()
    {
        Assert.That(Judge(pod => WithShell(pod, "/usr/bin/dumb-init", "/bin/sh", "-c", "vault server; true")), Is.EqualTo(Outcome.Inconclusive));
    }

    [TestCase("--rewrite", "15:0")]
    [TestCase("-r", "15:0")]
    [TestCase("-r15:0", "--")]
    public void An_init_that_swallows_the_signal_is_not_believed(string option, string value)
    {
        Assert.That(
            Judge(pod => pod.ChangeInit(init => init with { CommandLine = ["/usr/bin/dumb-init", option, value, "vault", "server"] })),
            Is.EqualTo(Outcome.Inconclusive));
    }

    private static Outcome Judge(Action<PodEvidence> change)
    {
        var evidence = new ReleaseEvidence
        {
            Profile = profile => profile with { Parameters = profile.Parameters with { WhenDisruptionForbidden = DisruptionForbiddenOutcome.NotApplicable } },
        };
        change(evidence.Second);
        var results = evidence.Judge(source => source.SetUnavailable(
            ObservationKinds.Sigterm, Subjects.Release, UnavailableCause.DisruptionForbidden, "switched off for this run"));
        return results["PROC-1"].Outcome;
    }

    private static void WithShell(PodEvidence pod, params string[] init) => pod.Processes = pod.Processes! with
    {
        Processes =
        [
            CompliantPod.Process(1, 0, "dumb-init", init),
            CompliantPod.Process(6, 1, "sh", ["/bin/sh", "-c", "vault server; true"]),
            CompliantPod.Process(7, 6, "vault", ["vault", "server"]),
        ],
    };
}
