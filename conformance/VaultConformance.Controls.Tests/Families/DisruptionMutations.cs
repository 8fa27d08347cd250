using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>What happens when servers are deleted, and what a look at it proves.</summary>
internal static class DisruptionMutations
{
    private static readonly PodDeletionFacts Standby = new(
        "vault-1", false, 60, 0, TimeSpan.FromSeconds(6), "==> Vault shutdown triggered", [], null, null, true);

    public static IReadOnlyList<Mutation> All =>
    [
        Deletion("killed", "exit code of the active server: 137", facts => facts with { ExitCode = 137 }),
        Deletion("no shutdown line", "shutdown line in the server's log: absent", facts => facts with { ShutdownLogged = null }),
        Deletion("no shutdown line in a whole log", "log: absent", facts => facts with { ShutdownLogged = null, LogComplete = true }),
        Deletion("log cut short", "could not be read to its end", facts => facts with { ShutdownLogged = null, LogComplete = false }, Outcome.Inconclusive),
        Deletion("hook failed", "failures of the preStop hook: pidof: not found", facts => facts with { HookFailures = ["pidof: not found"] }),
        Deletion("end never seen", "it was never seen", facts => facts with { ExitCode = null }, Outcome.Inconclusive),
        Deletion("deleted pod never came back", "it did not come back within the time of the run", facts => facts with { Recovered = false }, Outcome.Inconclusive),

        Deletion("busy machine sees the end late", "", facts => Seen(facts, 64) with { EndedAfter = TimeSpan.FromSeconds(3), FailoverTook = TimeSpan.FromSeconds(5) }, Outcome.Passed),
        Deletion("busy machine, and the cluster did not tell", "was seen after 64.0 s, and the cluster did not tell when it was", facts => Seen(facts, 64), Outcome.Inconclusive),
        Deletion("seen at the very end of the grace period", "the cluster did not tell", facts => Seen(facts, 60), Outcome.Inconclusive),
        Deletion("ended after the grace period", "time until the server ended: 62.0 s", facts => Seen(facts, 64) with { EndedAfter = TimeSpan.FromSeconds(62) }),
        Deletion("clock of the node runs ahead", "one of the clocks is wrong", facts => facts with { EndedAfter = TimeSpan.FromSeconds(100) }, Outcome.Inconclusive),

        Deletion("nobody took over", "next active server: none", facts => facts with { NewActive = null, FailoverTook = null }),
        Deletion("failover waited for the lock", "vault-0 after 30.0 s", facts => facts with
        {
            FailoverTook = TimeSpan.FromSeconds(30), NoneActiveAt = TimeSpan.FromSeconds(29),
        }),
        Deletion("failover seen late", "did not say often enough", facts => facts with
        {
            FailoverTook = TimeSpan.FromSeconds(30), NoneActiveAt = TimeSpan.FromSeconds(7),
        }, Outcome.Inconclusive),
        Deletion("failover seen late by an older version", "did not say often enough", facts => facts with { FailoverTook = TimeSpan.FromSeconds(30) }, Outcome.Inconclusive),

        Deletion("a standby only, by an older version", "", _ => Standby, Outcome.Passed),
        Deletion("a standby, then the active one", "", facts => Standby with { Active = facts }, Outcome.Passed),
        Deletion("active server killed after a good standby", "exit code of the active server: 9", facts => Standby with { Active = facts with { ExitCode = 9 } }),
        Deletion("standby killed before a good active server", "exit code of the server: 9", facts => Standby with { ExitCode = 9, Active = facts }),
        Deletion("active server never came back", "did not come back", facts => Standby with { Active = facts with { Recovered = false } }, Outcome.Inconclusive),
        Deletion("active server spared for the quorum", "", _ => Standby with { ActiveSpared = "1 of 2 servers have no quorum" }, Outcome.Passed),

        Crash("end of the crash not seen", "the end of vault-1-crash-canary was not seen within 60.0 s", crash => crash with { ExitCode = null, Waited = TimeSpan.FromMinutes(1) }),
        Crash("end of the crash not seen, by an older version", "the end of vault-1-crash-canary was not seen within the time of the probe", crash => crash with { ExitCode = null }),
        Crash("a core file was left", ": /tmp/core.7 (expected none", crash => crash with { NewFiles = ["/tmp/core.7"] }, Outcome.Failed),
        Crash("limit of a page, and nothing was found", "it may lie where nobody looked", crash => crash with { CoreLimit = new ResourceLimit(4096, 4096) }),
        Crash("limit that holds no page", "", crash => crash with { CoreLimit = new ResourceLimit(4095, 4095) }, Outcome.Passed),
        Crash("Go's own handler ended it", "ended with exit code 2 instead of 134: the crash did not reach the kernel", crash => crash with { ExitCode = 2 }),
    ];

    private static Mutation Deletion(string deviation, string reason, Func<PodDeletionFacts, PodDeletionFacts> change, Outcome outcome = Outcome.Failed) =>
        Release("PROC-2", deviation, reason, release => release.Deletion = change(release.Deletion!), outcome);

    private static Mutation Crash(string deviation, string reason, Func<CrashCanaryFacts, CrashCanaryFacts> change, Outcome outcome = Outcome.Inconclusive) =>
        Release("CORE-5", deviation, reason, release => release.Crash = change(release.Crash!), outcome);

    private static PodDeletionFacts Seen(PodDeletionFacts facts, int seconds) =>
        facts with { Took = TimeSpan.FromSeconds(seconds), FailoverTook = TimeSpan.FromSeconds(seconds + 1) };
}
