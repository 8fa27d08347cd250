using System.Text.Json.Nodes;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

internal static class MemoryMutations
{
    private static readonly IReadOnlyList<SwapDevice> Swap = [new("/dev/sda2", "partition", 1000, 0)];

    public static IReadOnlyList<Mutation> All =>
    [
        Pod("MEM-1", "host swap, closed by the cgroup", "(b) memory.swap.max is 0", pod => pod.Memory = pod.Memory! with { SwapDevices = Swap }, Outcome.Passed),
        Pod("MEM-1", "host swap, open in the cgroup", "nothing (swap devices: /dev/sda2; cgroup v2; memory.swap.max: max", pod => pod.Memory = pod.Memory! with
        {
            SwapDevices = Swap, SwapMax = "max",
        }),
        Pod("MEM-1", "missing swap.max is not zero", "missing, which is not zero", pod => pod.Memory = pod.Memory! with { SwapDevices = Swap, SwapMax = null }),
        Pod("MEM-1", "cgroup v1, equal limits", "(c) cgroup v1", pod => pod.Memory = OnCgroupV1(268435456, 268435456), Outcome.Passed),
        Pod("MEM-1", "cgroup v1, no memory limit", "memory limit: none", pod => pod.Memory = OnCgroupV1(null, null), also: "MEM-4"),
        Pod("MEM-1", "cgroup v1, room for swap", "nothing (", pod => pod.Memory = OnCgroupV1(268435456, 536870912)),
        Pod("MEM-1", "locked memory", "(d) memory is locked: VmLck 90000 kB", pod =>
        {
            pod.Memory = pod.Memory! with { SwapDevices = Swap, SwapMax = "max" };
            pod.ChangeVault(vault => vault with { Memory = vault.Memory with { LockedKilobytes = 90000 } });
        }, Outcome.Passed),
        Pod("MEM-1", "swap that nobody can read", "not everything could be read", pod => pod.Memory = pod.Memory! with { SwapDevices = null, SwapMax = null }, Outcome.Inconclusive),
        Pod("MEM-1", "already swapped", "VmSwap of vault (PID 7): 4 kB", pod => pod.ChangeVault(vault => vault with { Memory = vault.Memory with { SwappedKilobytes = 4 } })),
        Pod("MEM-1", "container already swapped", "4096 bytes", pod => pod.Memory = pod.Memory! with { SwapCurrentBytes = 4096 }),
        Pod("MEM-1", "kernel without VmSwap", "does not tell", pod => pod.ChangeVault(vault => vault with { Memory = vault.Memory with { SwappedKilobytes = null } }), Outcome.Inconclusive),
        Release("MEM-1", "attested encrypted swap", "(e) the profile attests encrypted swap: dm-crypt", release =>
        {
            release.Second.Memory = release.Second.Memory! with { SwapDevices = Swap, SwapMax = "max" };
            release.Profile = profile => profile with { Parameters = profile.Parameters with { EncryptedSwapAttestation = "dm-crypt" } };
        }, Outcome.Passed),

        Pod("MEM-2", "decided twice", "line 1: true, /vault/config/extraconfig-from-values.hcl line 3: true", pod => pod.ChangeConfig($"disable_mlock = true\n{CompliantPod.Config}"), also: "UPG-6"),
        Pod("MEM-2", "decided inside a stanza", "no top-level disable_mlock; without effect inside a stanza", pod => pod.ChangeConfig("storage \"raft\" {\n disable_mlock = true\n}\n"), also: ["HA-4", "UPG-6"]),
        Pod("MEM-2", "configuration withheld", "withheld", pod => pod.ChangeConfig("# *** withheld: the configuration cannot be read (line 1: odd)\n"), Outcome.Inconclusive,
            also: ["CORE-4", "FS-4", "FS-5", "HA-4", "TLS-1", "TLS-3", "TLS-4", "TLS-7", "UPG-6", "UPG-7"]),
        Pod("MEM-2", "server loaded something else", "disable_mlock as the server reports it: false (expected true", pod => pod.VaultState = pod.VaultState! with
        {
            SanitizedConfig = Sanitized(false),
        }, also: "MEM-3"),
        Pod("MEM-2", "a second decision in the environment", "VAULT_DISABLE_MLOCK in the environment: false", pod =>
            pod.Container.Env.Add(new V1EnvVar { Name = "VAULT_DISABLE_MLOCK", Value = "false" })),
        Pod("MEM-2", "file storage", "no top-level", pod =>
        {
            pod.VaultState = pod.VaultState! with { StorageType = "file" };
            pod.ChangeConfig("ui = false\n");
        }, Outcome.Failed, Requirement.Should, "HA-1", "HA-4"),
        Release("MEM-2", "rendered twice by the chart", "configmap/vault-config/extraconfig-from-values.hcl", release => release.ConfigMapText = $"disable_mlock = false\n{CompliantPod.Config}", also: "UPG-6"),

        Pod("MEM-3", "mlock requested, nothing locked", "VmLck 0 kB", pod =>
        {
            pod.VaultState = pod.VaultState! with { SanitizedConfig = Sanitized(false) };
            pod.ChangeConfig("disable_mlock = false\n");
        }, also: "HA-4"),
        Pod("MEM-3", "mlock requested and effective", "VmLck 90000 kB", pod =>
        {
            pod.VaultState = pod.VaultState! with { SanitizedConfig = Sanitized(false) };
            pod.ChangeConfig("disable_mlock = false\n");
            pod.ChangeVault(vault => vault with { Memory = vault.Memory with { LockedKilobytes = 90000 } });
        }, Outcome.Passed, also: "HA-4"),
        Pod("MEM-3", "IPC_LOCK granted and not used", "IPC_LOCK", pod =>
        {
            pod.Container.SecurityContext.Capabilities.Add = ["IPC_LOCK"];
            pod.ChangeVault(vault => vault with { Capabilities = vault.Capabilities with { Bounding = CapabilityMasks.IpcLock } });
        }, also: "ID-4"),
        Release("MEM-3", "binary that needs IPC_LOCK", "carries the capability", release =>
        {
            foreach (var pod in release.Servers)
            {
                pod.VaultState = pod.VaultState! with { Version = "2.0.1" };
                pod.Files = pod.Files! with { VaultVersion = new CommandOutcome(0, "Vault v2.0.1") };
            }
        }, Outcome.NotApplicable, also: "UPG-6"),

        Pod("MEM-4", "no resources", "request none, limit none", pod => pod.Container.Resources = null),
        Pod("MEM-4", "burstable for want of a CPU limit", "quality of service class: Burstable, Guaranteed (advised)", pod => pod.Admitted.Status.QosClass = "Burstable", Outcome.Passed),
        Pod("MEM-4", "unlimited cgroup", "unlimited", pod => pod.Memory = pod.Memory! with { MemoryLimitBytes = null }),
    ];

    private static MemoryConfinement OnCgroupV1(long? limit, long? both) => new(Swap, 1, limit, true, null, null, null, null, both, 60) { PidsMax = "max" };

    private static JsonObject Sanitized(bool disabled)
    {
        var config = (JsonObject)CompliantPod.Create("any").VaultState!.SanitizedConfig!.DeepClone();
        config["disable_mlock"] = disabled;
        return config;
    }
}
