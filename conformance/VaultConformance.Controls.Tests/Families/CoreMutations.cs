using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

internal static class CoreMutations
{
    public static IReadOnlyList<Mutation> All =>
    [
        Pod("CORE-1", "entrypoint bypassed", ": unlimited/unlimited (expected 0/0", pod => pod.ChangeVault(vault => vault with { Limits = CompliantPod.Limits(null) }), also: "CORE-2"),
        Pod("CORE-1", "hard limit above zero", ": 0/unlimited", pod => pod.ChangeVault(vault => vault with
        {
            Limits = vault.Limits! with { CoreFileSize = new ResourceLimit(0, null) },
        }), also: "CORE-2"),
        Pod("CORE-1", "limits unreadable", "could not be read", pod => pod.ChangeVault(vault => vault with { Limits = null }), Outcome.Inconclusive, also: ["CORE-2", "ID-8"]),
        Pod("CORE-1", "no Vault server below PID 1", "no Vault server below PID 1; seen: 1 docker-entrypoi, 7 vault", pod => pod.ChangeVault(vault => vault with
        {
            CommandLine = ["vault", "status"],
        }), Outcome.Inconclusive, also: ["CORE-4", "FS-3", "HA-4", "ID-1", "ID-2", "ID-3", "ID-4", "ID-5", "ID-8", "MEM-1", "MEM-2", "MEM-3", "PROC-1", "PROC-5", "FS-4", "FS-5", "TLS-1", "TLS-3", "TLS-4", "TLS-6", "TLS-7", "UPG-6", "UPG-7", "API-1", "API-6", "API-7", "API-8"]),
        Pod("CORE-2", "runtime gives no limit, entrypoint sets one for Vault", "that the runtime gives: unlimited/unlimited", pod =>
        {
            pod.Processes = pod.Processes! with { ExecSession = CompliantPod.Limits(null) };
            pod.ChangeInit(init => init with { Limits = CompliantPod.Limits(null) });
        }),
        Pod("CORE-2", "sidecar without the limit", "vault-1/agent", pod =>
        {
            pod.Admitted.Spec.Containers.Add(Sidecar());
            pod.Sidecars["agent"] = new ProcessTable([CompliantPod.Process(1, 0, "agent", ["agent"])], CompliantPod.Limits(null));
        }, also: "PROC-5"),
        Pod("CORE-3", "apport takes the dumps", "'|/usr/share/apport/apport %p' on node node", pod => pod.CoreSettings = new CoreSettings("|/usr/share/apport/apport %p", 1, 0)),
        Pod("CORE-3", "a socket takes the dumps", "'@/run/coredump.socket'", pod => pod.CoreSettings = new CoreSettings("@/run/coredump.socket", 1, 0)),
        Pod("CORE-3", "systemd-coredump respects the limit", "systemd-coredump", pod => pod.CoreSettings = new CoreSettings("|/usr/lib/systemd/systemd-coredump %P", 1, 0), Outcome.Passed),
        Pod("CORE-3", "privileged programs may dump", "fs.suid_dumpable of the node: 2", pod => pod.CoreSettings = new CoreSettings("core", 1, 2)),
        Pod("CORE-3", "suid_dumpable unreadable", "could not be read", pod => pod.CoreSettings = new CoreSettings("core", 1, null), Outcome.Inconclusive),
        Pod("CORE-4", "GOTRACEBACK=crash", "GOTRACEBACK=crash", pod => pod.ChangeVault(vault => vault with
        {
            Environment = new EnvironmentFacts(["GOTRACEBACK"], new Dictionary<string, string> { ["GOTRACEBACK"] = "crash" }),
        })),
        Pod("CORE-4", "GOTRACEBACK=crash in the pod, environment unreadable", "GOTRACEBACK=crash", pod =>
        {
            pod.ChangeVault(vault => vault with { Environment = null });
            pod.Container.Env.Add(new V1EnvVar { Name = "GOTRACEBACK", Value = "crash" });
        }, Outcome.Failed, null, "FS-5", "HA-4", "MEM-2", "TLS-7", "API-1", "API-7", "API-8"),
        Pod("CORE-4", "GOTRACEBACK=all prints and does not dump", "", pod => pod.ChangeVault(vault => vault with
        {
            Environment = new EnvironmentFacts(["GOTRACEBACK"], new Dictionary<string, string> { ["GOTRACEBACK"] = "all" }),
        }), Outcome.Passed),
        Pod("CORE-4", "stack traces written to a file", "VAULT_STACKTRACE_WRITE_TO_FILE", pod => pod.ChangeVault(vault => vault with
        {
            Environment = new EnvironmentFacts(["VAULT_STACKTRACE_WRITE_TO_FILE"], new Dictionary<string, string>()),
        })),
        Pod("CORE-4", "profile folder on the command line", "-pprof-dump-dir=/tmp/p", pod => pod.ChangeVault(vault => vault with
        {
            CommandLine = [.. vault.CommandLine, "-pprof-dump-dir=/tmp/p"],
        })),
        Pod("CORE-4", "profiles after SIGUSR2", "/tmp/vault-pprof/heap.prof", pod => pod.Files = pod.Files! with { Leftovers = ["/tmp/vault-pprof/heap.prof"] }),
        Pod("CORE-4", "post-unseal trace", "enable_post_unseal_trace", pod => pod.ChangeConfig($"enable_post_unseal_trace = true\n{CompliantPod.Config}")),
        Release("CORE-5", "crash left a core file", "/vault/data/core.7", release => release.Crash = release.Crash! with { NewFiles = ["/vault/data/core.7"] }),
        Release("CORE-5", "the Go runtime caught the signal", "instead of 134", release => release.Crash = release.Crash! with { ExitCode = 2 }, Outcome.Inconclusive),
        Release("CORE-5", "handler with a store that cannot be checked", "cannot be checked", release => release.Crash = release.Crash! with
        {
            CorePattern = "|/usr/lib/systemd/systemd-coredump",
        }, Outcome.Inconclusive),
        Release("CORE-5", "handler stored the dump", "core.vault.zst", release => release.Crash = release.Crash! with { NodeStore = ["core.vault.zst"] }),
    ];

    public static V1Container Sidecar()
    {
        var sidecar = CompliantPod.Create("any").Container;
        sidecar.Name = "agent";
        return sidecar;
    }
}
