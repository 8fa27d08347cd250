using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

internal static class FilesystemMutations
{
    private static readonly IReadOnlyList<SwapDevice> Swap = [new("/dev/sda2", "partition", 1000, 0)];

    public static IReadOnlyList<Mutation> All =>
    [
        Pod("FS-1", "not declared", "readOnlyRootFilesystem of container vault: not true", pod => pod.Container.SecurityContext.ReadOnlyRootFilesystem = null),
        Pod("FS-1", "root mounted writable, writes refused only by the UID", "mount of /: writable", pod =>
        {
            pod.ChangeMount("/", mount => mount with { Options = ["rw"] });
            foreach (var path in new[] { "/", "/bin", "/etc", "/vault", "/usr/local/bin" })
            {
                pod.ChangeAttempt(path, WriteResult.PermissionDenied);
            }
        }),
        Pod("FS-1", "image directory written", "directories of the image that Vault can write: /vault", pod => pod.ChangeAttempt("/vault", WriteResult.Written), also: "FS-2"),
        Pod("FS-1", "no write attempted", "no write was attempted", pod => pod.WriteAttempts = new WriteAttempts([]), Outcome.Inconclusive, also: "FS-2"),

        Pod("FS-2", "disk mounted below /dev, and no write attempted", "/dev/sdb", pod =>
            pod.Mounts = new MountTable([.. pod.Mounts!.Mounts, new MountFacts("/dev/sdb", "ext4", "/dev/sdb", "/", ["rw"], ["rw"])]), Outcome.Inconclusive),
        Pod("FS-2", "image VOLUME materialised by the runtime", "also /vault/logs", pod =>
        {
            pod.Mounts = new MountTable([.. pod.Mounts!.Mounts, new MountFacts("/vault/logs", "ext4", "ext4", "/", ["rw"], ["rw"])]);
            pod.WriteAttempts = new WriteAttempts([.. pod.WriteAttempts!.Attempts, new WriteAttempt("/vault/logs", WriteResult.Written, "")]);
        }),
        Pod("FS-2", "writable mount that was never tried", "no write was attempted", pod =>
            pod.Mounts = new MountTable([.. pod.Mounts!.Mounts, new MountFacts("/scratch", "ext4", "ext4", "/", ["rw"], ["rw"])]), Outcome.Inconclusive),
        Pod("FS-2", "writable mount whose write was refused", "refused", pod =>
        {
            pod.Mounts = new MountTable([.. pod.Mounts!.Mounts, new MountFacts("/scratch", "ext4", "ext4", "/", ["rw"], ["rw"])]);
            pod.WriteAttempts = new WriteAttempts([.. pod.WriteAttempts!.Attempts, new WriteAttempt("/scratch", WriteResult.PermissionDenied, "refused")]);
        }, Outcome.Passed),
        Pod("FS-2", "more directories than were tried", "the rest was not tried", pod =>
            pod.WriteAttempts = new WriteAttempts([.. pod.WriteAttempts!.Attempts, new WriteAttempt("…", WriteResult.Other, "the rest was not tried")]), Outcome.Inconclusive),
        Pod("FS-2", "unbounded emptyDir", "sizeLimit of emptyDir tmp: not set", pod => pod.Admitted.Spec.Volumes[3].EmptyDir.SizeLimit = null, Outcome.Failed, Requirement.Should),
        Pod("FS-2", "memory-backed /tmp over open swap", "swap under emptyDir tmp of medium Memory: open", pod =>
        {
            pod.Admitted.Spec.Volumes[3].EmptyDir.Medium = "Memory";
            pod.Memory = pod.Memory! with { SwapDevices = Swap, SwapMax = "max" };
        }, Outcome.Failed, Requirement.Should, "MEM-1"),
        Pod("FS-2", "audit volume", "/vault/audit", pod =>
        {
            pod.Container.VolumeMounts.Add(new V1VolumeMount { Name = "audit", MountPath = "/vault/audit" });
            pod.Mounts = new MountTable([.. pod.Mounts!.Mounts, new MountFacts("/vault/audit", "ext4", "ext4", "/", ["rw"], ["rw"])]);
            pod.WriteAttempts = new WriteAttempts([.. pod.WriteAttempts!.Attempts, new WriteAttempt("/vault/audit", WriteResult.Written, "")]);
        }, Outcome.Passed),

        Pod("FS-3", "the chart's copy in /tmp", "loaded configuration /tmp/storageconfig.hcl:", pod =>
        {
            pod.ChangeVault(vault => vault with { CommandLine = ["vault", "server", "-config=/tmp/storageconfig.hcl"] });
            var copy = new FileEntry("/tmp/storageconfig.hcl", "config", true, 100, 1000, "644", true, true, null);
            pod.Files = pod.Files! with { Files = [.. pod.Files.Files, copy], LoadedConfig = [new ConfigText(copy.Path, CompliantPod.Config)] };
        }),
        Pod("FS-3", "copy owned by Vault, its own write bit off", "owner 100:1000", pod =>
        {
            pod.ChangeVault(vault => vault with { CommandLine = ["vault", "server", "-config", "/tmp/c.hcl"] });
            pod.Files = pod.Files! with { Files = [.. pod.Files.Files, new FileEntry("/tmp/c.hcl", "config", true, 100, 1000, "400", false, false, null)], LoadedConfig = [new ConfigText("/tmp/c.hcl", CompliantPod.Config)] };
        }),
        Pod("FS-3", "directory of configuration files, relative to the working directory", "writable, replaceable", pod =>
        {
            pod.ChangeVault(vault => vault with { WorkingDirectory = "/tmp", CommandLine = ["vault", "server", "--config=conf.d"] });
            pod.Files = pod.Files! with { Files = [.. pod.Files.Files, new FileEntry("/tmp/conf.d/a.hcl", "config", true, 100, 1000, "644", true, true, null)], LoadedConfig = [new ConfigText("/tmp/conf.d/a.hcl", CompliantPod.Config)] };
        }),
        Pod("FS-3", "replaceable binary", "/bin/vault", pod => pod.ChangeFile(CompliantPod.Binary, file => file with { Replaceable = true })),
        Pod("FS-3", "loaded file not checked", "it was not checked", pod => pod.ChangeVault(vault => vault with
        {
            CommandLine = ["vault", "server", "-config=/elsewhere.hcl"],
        }), Outcome.Inconclusive, null, "CORE-4", "FS-4", "FS-5", "HA-4", "MEM-2", "TLS-3", "TLS-4", "TLS-7", "UPG-6", "UPG-7"),
        Pod("FS-3", "writability not tried", "it could not be tried", pod => pod.ChangeFile(CompliantPod.ConfigPath, file => file with { WritableByServer = null }), Outcome.Inconclusive),

        Pod("FS-4", "key on a persistent volume", "volume of /vault/userconfig/vault-tls/tls.key: persistentVolumeClaim", pod =>
        {
            pod.Admitted.Spec.Volumes[2] = new V1Volume { Name = "tls", PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = "x" } };
            pod.ChangeMount("/vault/userconfig/vault-tls", mount => mount with { FileSystem = "ext4" });
        }, also: "TLS-5"),
        Pod("FS-4", "key readable by others", "mode of /vault/userconfig/vault-tls/tls.key: 644", pod => pod.ChangeFile(CompliantPod.KeyPath, file => file with { Mode = "644" })),
        Pod("FS-4", "subPath mount", "subPath", pod => pod.Container.VolumeMounts[2].SubPath = "tls.key", also: "PROC-4"),
        Pod("FS-4", "writable mount", "tmpfs, writable", pod => pod.ChangeMount("/vault/userconfig/vault-tls", mount => mount with { Options = ["rw"] }), also: "FS-2", outcome: Outcome.Failed),
        Pod("FS-4", "swappable tmpfs on a node with swap", "option noswap", pod =>
        {
            pod.Memory = pod.Memory! with { SwapDevices = Swap };
            pod.ChangeMount("/vault/userconfig/vault-tls", mount => mount with { SuperOptions = ["rw"] });
        }),
        Release("FS-4", "kernel that cannot forbid it", "older than 6.4", release =>
        {
            release.Kernel = "5.15.0-1-generic";
            release.Second.Memory = release.Second.Memory! with { SwapDevices = Swap };
            release.Second.ChangeMount("/vault/userconfig/vault-tls", mount => mount with { SuperOptions = ["rw"] });
        }, Outcome.Passed),
        Pod("FS-4", "swap unknown, tmpfs without noswap", "not known whether the node has swap", pod =>
        {
            pod.Memory = pod.Memory! with { SwapDevices = null };
            pod.ChangeMount("/vault/userconfig/vault-tls", mount => mount with { SuperOptions = ["rw"] });
        }, Outcome.Inconclusive),
        Release("FS-4", "declared without TLS", "TLS is not used", release =>
            release.Profile = profile => profile with { Parameters = profile.Parameters with { WithoutTls = true } }, Outcome.NotApplicable, null, "PROC-4", "TLS-1", "TLS-2", "TLS-3", "TLS-4", "TLS-5", "TLS-6", "TLS-7"),

        Pod("FS-5", "credential in the seal stanza", "seal transit: token (line 2)", pod => pod.ChangeConfig("seal \"transit\" {\n token = \"***\"\n}\ndisable_mlock = true\n"), also: "HA-4"),
        Pod("FS-5", "password in a connection URL", "storage postgresql: connection_url", pod =>
            pod.ChangeConfig("storage \"postgresql\" {\n connection_url = \"postgres://vault:***@db/vault?sslmode=verify-full\"\n}\ndisable_mlock = true\n"), also: ["HA-4", "MEM-2", "TLS-7"]),
        Pod("FS-5", "root token of dev mode in the environment", "VAULT_DEV_ROOT_TOKEN_ID", pod => pod.Container.Env.Add(new V1EnvVar { Name = "VAULT_DEV_ROOT_TOKEN_ID", Value = "root" }), also: ["FS-6", "API-1"]),
        Pod("FS-5", "Secret in the environment", "instead of files: AWS_SECRET_ACCESS_KEY", pod => pod.Container.Env.Add(new V1EnvVar
        {
            Name = "AWS_SECRET_ACCESS_KEY", ValueFrom = new V1EnvVarSource { SecretKeyRef = new V1SecretKeySelector { Name = "aws", Key = "key" } },
        }), Outcome.Failed, Requirement.Should),
        Pod("FS-5", "token left by vault login", "/home/vault/.vault-token", pod => pod.Files = pod.Files! with { Leftovers = ["/home/vault/.vault-token"] }),
        Release("FS-5", "unseal keys in a Secret", "Secrets with unseal keys, recovery keys or a root token: vault-keys", release =>
            release.Secrets.Add(new SecretFacts("vault-keys", "Opaque", ["init.json"], new Dictionary<string, string>(), true)), also: "FS-6"),
        Release("FS-5", "credential in the ConfigMap", "configmap/vault-config", release => release.ConfigMapText = $"seal \"transit\" {{\n token = \"***\"\n}}\n{CompliantPod.Config}"),
        Release("FS-5", "comment on auto-unseal keys", "", release => release.ConfigMapText = $"# auto-unseal keys, recovery keys\n{CompliantPod.Config}", Outcome.Passed),
    ];
}
