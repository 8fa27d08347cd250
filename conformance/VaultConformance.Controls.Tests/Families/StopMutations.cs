using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Ends of servers that cannot have been as they are told.</summary>
internal static class StopMutations
{
    public static IReadOnlyList<Mutation> All =>
    [
        Deletion("ended a second before the grace period", "", facts => Seen(facts, 64, 59), Outcome.Passed),
        Deletion("ended with the grace period, in whole seconds", "which may be a little less or more", facts => Seen(facts, 64, 60), Outcome.Inconclusive),
        Deletion("ended a second after the grace period", "time until the server ended: 61.0 s (expected less than the grace period of 60.0 s", facts => Seen(facts, 64, 61)),
        Deletion("seen in time, and the cluster says that it was not", "one of the clocks is wrong", facts => facts with { EndedAfter = TimeSpan.FromSeconds(61) }, Outcome.Inconclusive),
        Deletion("negative time of the cluster", "-5.0 s by the cluster, which is not a time that can pass", facts => facts with { EndedAfter = TimeSpan.FromSeconds(-5) }, Outcome.Inconclusive),
        Deletion("a second too early, in whole seconds", "", facts => facts with { EndedAfter = TimeSpan.FromSeconds(-1) }, Outcome.Passed),
        Deletion("negative time of the harness", "-1.0 s, which is not a time that can pass", facts => facts with { Took = TimeSpan.FromSeconds(-1) }, Outcome.Inconclusive),
        Deletion("a pod that is not a server", "'vault-9', which is none of them", facts => facts with { Pod = "vault-9" }, Outcome.Inconclusive),
        Deletion("active server after a standby that is not a server", "'vault-9', which is none of them", facts => facts with { WasActive = false, Pod = "vault-9", Active = facts }, Outcome.Inconclusive),
        Deletion("a pod that is no server took over", "vault-9, which is not a server pod", facts => facts with { NewActive = "vault-9" }, Outcome.Inconclusive),
        Deletion("the deleted pod took over", "vault-1, the pod that was deleted itself", facts => facts with { NewActive = "vault-1" }, Outcome.Inconclusive),
        Deletion("took over before it was deleted", "next active server: vault-0 after -3.0 s, which is not a time that can pass", facts => facts with { FailoverTook = TimeSpan.FromSeconds(-3) }, Outcome.Inconclusive),
        Deletion("took over at an unknown time", "it was not recorded after what time", facts => facts with { FailoverTook = null }, Outcome.Inconclusive),
        Release("PROC-1", "signal to a pod that is not a server", "'vault-9', which is none of them", release => release.Sigterm = release.Sigterm! with { Pod = "vault-9" }, Outcome.Inconclusive),
        Release("PROC-1", "pause container that was killed instead of the server's own first process", "the container's own PID 1 cannot be told", release =>
        {
            release.Second.Admitted.Spec.ShareProcessNamespace = true;
            release.Sigterm = release.Sigterm! with { ExitCode = 137 };
        }, Outcome.Inconclusive, null, "PROC-5"),
    ];

    private static Mutation Deletion(string deviation, string reason, Func<PodDeletionFacts, PodDeletionFacts> change, Outcome outcome = Outcome.Failed) =>
        Release("PROC-2", deviation, reason, release => release.Deletion = change(release.Deletion!), outcome);

    private static PodDeletionFacts Seen(PodDeletionFacts facts, int seconds, int told) => facts with
    {
        Took = TimeSpan.FromSeconds(seconds), EndedAfter = TimeSpan.FromSeconds(told), FailoverTook = TimeSpan.FromSeconds(seconds + 1),
    };
}
