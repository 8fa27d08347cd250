using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>How Vault reads its configuration and its environment: letter case, switches, several files, and where a fact was read.</summary>
internal static class ConfigurationMutations
{
    private const string Transit = "seal \"transit\" {\n address = \"https://v:8200\"\n key_name = \"autounseal\"\n mount_path = \"transit/\"\n";
    private static readonly string Plain = CompliantPod.Config.Replace("https://vault-0", "http://vault-0", StringComparison.Ordinal);

    public static IReadOnlyList<Mutation> All =>
    [
        Pod("MEM-2", "the same decision in the environment, as Go reads it", "", pod => pod.Container.Env.Add(new V1EnvVar { Name = "VAULT_DISABLE_MLOCK", Value = "1" }), Outcome.Passed),
        Pod("MEM-2", "a word that Go does not read", "VAULT_DISABLE_MLOCK in the environment: yes", pod => pod.Container.Env.Add(new V1EnvVar { Name = "VAULT_DISABLE_MLOCK", Value = "yes" })),
        Pod("MEM-2", "a second decision in capital letters", "line 1: false, /vault/config/extraconfig-from-values.hcl line 3: true", pod => pod.ChangeConfig($"Disable_Mlock = false\n{CompliantPod.Config}"), also: ["UPG-6", "UPG-7"]),
        Pod("MEM-2", "a number as a switch", "", pod => pod.ChangeConfig(CompliantPod.Config.Replace("disable_mlock = true", "DISABLE_MLOCK = 1", StringComparison.Ordinal)), Outcome.Passed),
        Pod("MEM-2", "a second decision in the process only", "VAULT_DISABLE_MLOCK in the environment: false", pod => Set(pod, "VAULT_DISABLE_MLOCK", "false")),
        Pod("MEM-2", "the variable is set by the image, its value unknown", "its value is not known", pod => pod.ChangeVault(vault => vault with
        {
            Environment = new EnvironmentFacts(["VAULT_DISABLE_MLOCK"], new Dictionary<string, string>()),
        }), Outcome.Inconclusive),
        Release("MEM-2", "a standby, whose files say nothing about what it made of them", "", release =>
        {
            (release.First.Admitted.Metadata.Labels["vault-active"], release.Second.Admitted.Metadata.Labels["vault-active"]) = ("true", "false");
            release.First.VaultState = release.First.VaultState! with { Standby = false };
            release.Second.VaultState = release.Second.VaultState! with { Standby = true, ConfigSource = VaultServerState.FromFiles };
        }, Outcome.Passed),
        Pod("MEM-2", "an active server that does not answer", "the server does not report it", pod => pod.VaultState = pod.VaultState! with { ConfigSource = VaultServerState.FromFiles }, Outcome.Inconclusive),
        Pod("MEM-2", "two files, two decisions", "/b.hcl line 1: false", pod => WithSecondFile(pod, "disable_mlock = false\n"), also: "UPG-7"),
        Pod("MEM-2", "a second file that nobody read", "the configuration /b.hcl, which the server was started with, was not read", pod => WithSecondFile(pod, null), Outcome.Inconclusive, null, "HA-4", "CORE-4", "FS-4", "FS-5", "TLS-3", "TLS-4", "TLS-7", "UPG-6", "UPG-7"),

        Release("MEM-2", "OpenBao has no such setting", "OpenBao locks no memory", release =>
        {
            foreach (var pod in release.Servers)
            {
                pod.ChangeVault(vault => vault with { Comm = "bao" });
                pod.ChangeConfig(CompliantPod.Config.Replace("disable_mlock = true", "", StringComparison.Ordinal));
            }
        }, Outcome.NotApplicable),
        Pod("TLS-3", "a comment that mentions a client certificate", "", pod => pod.ChangeConfig($"# leader_client_cert_file is not used\n{CompliantPod.Config}"), Outcome.Passed),

        Pod("CORE-4", "environment unreadable and a variable from a ConfigMap", "envFrom (settings), the image or its start script may set it", pod =>
        {
            pod.ChangeVault(vault => vault with { Environment = null });
            pod.Container.EnvFrom = [new V1EnvFromSource { ConfigMapRef = new V1ConfigMapEnvSource { Name = "settings", Optional = true } }];
        }, Outcome.Inconclusive, null, "FS-5", "HA-4", "MEM-2", "TLS-7", "API-1", "API-7", "API-8"),
        Pod("CORE-4", "environment unreadable, image unknown", "the image or its start script may set it", pod => pod.ChangeVault(vault => vault with { Environment = null }), Outcome.Inconclusive, null, "FS-5", "HA-4", "MEM-2", "TLS-7", "API-1", "API-7", "API-8"),
        Pod("CORE-4", "environment read as empty although the pod declares variables", "the image or its start script may set it", pod =>
            pod.ChangeVault(vault => vault with { Environment = new EnvironmentFacts([], new Dictionary<string, string>()) }), Outcome.Inconclusive, null, "FS-5", "HA-4", "MEM-2", "TLS-7", "API-1", "API-7", "API-8"),
        Pod("CORE-4", "stack traces of OpenBao", "BAO_STACKTRACE_WRITE_TO_FILE", pod => Set(pod, "BAO_STACKTRACE_WRITE_TO_FILE", "1")),
        Pod("CORE-4", "post-unseal trace in capital letters", "enable_post_unseal_trace", pod => pod.ChangeConfig($"Enable_Post_Unseal_Trace = \"T\"\n{CompliantPod.Config}")),

        Pod("FS-3", "relative path, working directory /", "", pod => pod.ChangeVault(vault => vault with
        {
            WorkingDirectory = "/", CommandLine = ["vault", "server", "--config", "vault/config/extraconfig-from-values.hcl"],
        }), Outcome.Passed),
        Pod("FS-3", "the probe wrote two slashes", "", pod =>
        {
            pod.ChangeVault(vault => vault with { WorkingDirectory = "/", CommandLine = ["vault", "server", "-config=./vault//config/extraconfig-from-values.hcl"] });
            pod.ChangeFile(CompliantPod.ConfigPath, file => file with { Path = "/" + file.Path });
        }, Outcome.Passed),
        Pod("FS-3", "development mode without any file", "", Develop, Outcome.Passed, also: ["HA-4", "API-6"]),
        Pod("MEM-2", "development mode without any file", "disable_mlock as the server reports it", Develop, Outcome.Passed, also: ["HA-4", "API-6"]),

        Pod("TLS-7", "ha_storage with http", "address of retry_join 1: http", pod => pod.ChangeConfig(Plain.Replace("storage \"raft\"", "ha_storage \"raft\"", StringComparison.Ordinal)), also: "HA-4"),
        Pod("TLS-7", "Storage in capital letters with http", "address of retry_join 1: http", pod => pod.ChangeConfig(Plain.Replace("storage \"raft\"", "Storage \"RAFT\"", StringComparison.Ordinal))),
        Pod("TLS-7", "the old name of storage with http", "address of retry_join 1: http", pod => pod.ChangeConfig(Plain.Replace("storage \"raft\"", "ha_backend \"raft\"", StringComparison.Ordinal)), also: "HA-4"),
        Pod("TLS-7", "verification off in the process only", "VAULT_SKIP_VERIFY", pod => Set(pod, "VAULT_SKIP_VERIFY", "T")),
        Pod("TLS-7", "verification explicitly on", "", pod => Set(pod, "VAULT_SKIP_VERIFY", "F"), Outcome.Passed),
        Pod("TLS-7", "seal that verifies nobody", "seal transit: tls_skip_verify (line 5)", pod => pod.ChangeConfig($"{Transit} tls_skip_verify = \"true\"\n}}\n{CompliantPod.Config}")),
        Pod("TLS-7", "seal in plaintext", "seal transit: address (line 2)", pod => pod.ChangeConfig($"{Transit.Replace("https", "http", StringComparison.Ordinal)}}}\n{CompliantPod.Config}")),
        Pod("TLS-7", "seal that verifies", "", pod => pod.ChangeConfig($"{Transit} tls_skip_verify = 0\n tls_ca_cert = \"/vault/tls/ca.crt\"\n}}\n{CompliantPod.Config}"), Outcome.Passed),
        Pod("TLS-7", "registration that verifies nobody", "service_registration consul: TLS_Skip_Verify", pod =>
            pod.ChangeConfig($"service_registration \"consul\" {{\n address = \"127.0.0.1:8500\"\n TLS_Skip_Verify = 1\n}}\n{CompliantPod.Config}")),
    ];

    private static void Set(PodEvidence pod, string name, string value) => pod.ChangeVault(vault => vault with
    {
        Environment = new EnvironmentFacts([name], new Dictionary<string, string> { [name] = value }),
    });

    private static void WithSecondFile(PodEvidence pod, string? text)
    {
        pod.ChangeVault(vault => vault with { CommandLine = [.. vault.CommandLine, "-config=/b.hcl"] });
        pod.Files = pod.Files! with
        {
            Files = [.. pod.Files.Files, new FileEntry("/b.hcl", "config", true, 0, 0, "644", false, false, null)],
            LoadedConfig = text is null ? pod.Files.LoadedConfig : [.. pod.Files.LoadedConfig, new ConfigText("/b.hcl", text)],
        };
    }

    // The image's start script adds -config with a folder, which is empty then.
    private static void Develop(PodEvidence pod)
    {
        pod.ChangeVault(vault => vault with { CommandLine = ["vault", "server", "-config=/vault/config", "-dev-listen-address=[::]:8200", "-dev"] });
        pod.Files = pod.Files! with
        {
            Files = [.. pod.Files.Files.Where(file => file.Purpose != "config"), new FileEntry("/vault/config", "config-folder", true, 0, 0, "755", null, false, null)],
            LoadedConfig = [],
        };
    }
}
