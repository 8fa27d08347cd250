using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>A server pod that satisfies every control: the reference values, plus patches for what values cannot express.</summary>
internal static class CompliantPod
{
    public const string ConfigPath = "/vault/config/extraconfig-from-values.hcl";
    public const string KeyPath = "/vault/userconfig/vault-tls/tls.key";
    public const string Binary = "/bin/vault";

    public const string Config = """
        ui = false
        disable_mlock = true
        listener "tcp" {
          address = "[::]:8200"
          tls_cert_file = "/vault/userconfig/vault-tls/tls.crt"
          tls_key_file = "/vault/userconfig/vault-tls/tls.key"
        }
        storage "raft" {
          path = "/vault/data"
          retry_join {
            leader_api_addr = "https://vault-0.vault-internal:8200"
            leader_ca_cert_file = "/vault/userconfig/vault-tls/ca.crt"
          }
        }
        """;

    public static readonly string[] Hook = ["/bin/sh", "-c", "sleep 5 && for p in /proc/[0-9]*; do :; done; kill -TERM 7"];

    private const ulong AllSignals = 0x7ffbfeff;

    public static PodEvidence Create(string name, string node = "node") => new()
    {
        Admitted = Pod(name, node),
        Processes = new ProcessTable([Init(), Vault()], Limits()) { SessionPid = 4000 },
        Mounts = Mounts(),
        WriteAttempts = Attempts(),
        CoreSettings = new CoreSettings("core", 1, 0),
        Memory = new MemoryConfinement([], 2, 268435456, true, "0", 0, "max", "1", null, null) { PidsMax = "max" },
        Files = Files(),
        PreStop = new PreStopFacts(Hook, ["/bin/sh", "sleep", ":", "kill"], []),
        VaultState = State(name),
        Log = new ServerLogFacts([]),
        Reload = new CertificateReloadFacts(CompliantTransport.Certificate.Fingerprint, "bb", true, TimeSpan.FromSeconds(40), "bb", 0, 0, true, "Vault reload triggered"),
    };

    public static ProcessLimits Limits(ulong? core = 0) => new(new ResourceLimit(core, core), new ResourceLimit(8388608, 8388608)) { OpenFiles = new ResourceLimit(1048576, 1048576) };

    private static ProcessFacts Init() => Process(1, 0, "docker-entrypoi", ["/usr/bin/dumb-init", "/bin/sh", "/usr/local/bin/docker-entrypoint.sh", "vault", "server"]);

    private static ProcessFacts Vault() => Process(7, 1, "vault", ["vault", "server", $"-config={ConfigPath}"]);

    public static ProcessFacts Process(int pid, int parent, string comm, IReadOnlyList<string> arguments) => new(
        pid, parent, comm, arguments, "S", 4711, [100, 100, 100, 100], [1000, 1000, 1000, 1000], [1000], Limits(),
        new CapabilityMasks(0, 0, 0, 0, 0), new SignalMasks(0, 0, AllSignals), new ProcessMemory(0, 90000, 0), 1, 2, 1,
        "cri-containerd.apparmor.d (enforce)", "0 0 4294967295", "/", ProgramOf(comm), new EnvironmentFacts(["HOME"], new Dictionary<string, string>()),
        comm == "vault" && arguments is [_, "server", ..] ? CompliantTransport.Inodes : []);

    private static string ProgramOf(string comm) => comm switch
    {
        "vault" or "bao" => Binary,
        "docker-entrypoi" => "/usr/bin/dumb-init",
        "sh" => "/bin/busybox",
        _ => $"/usr/bin/{comm}",
    };

    private static V1Pod Pod(string name, string node) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            OwnerReferences = [new V1OwnerReference { ApiVersion = "apps/v1", Kind = "StatefulSet", Name = "vault", Controller = true }],
            Labels = new Dictionary<string, string>
            {
                ["component"] = "server", ["app.kubernetes.io/instance"] = "vault",
                ["vault-active"] = name == "vault-1" ? "true" : "false", ["vault-sealed"] = "false", ["vault-initialized"] = "true",
            },
        },
        Spec = new V1PodSpec
        {
            NodeName = node,
            Affinity = Apart(),
            ServiceAccountName = "vault",
            TerminationGracePeriodSeconds = 60,
            SecurityContext = new V1PodSecurityContext
            {
                RunAsNonRoot = true, RunAsUser = 100, RunAsGroup = 1000, FsGroup = 1000, SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
            },
            Containers = [Container()],
            Volumes =
            [
                new V1Volume { Name = "data", PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = $"data-{name}" } },
                new V1Volume { Name = "config", ConfigMap = new V1ConfigMapVolumeSource { Name = "vault-config" } },
                new V1Volume { Name = "tls", Secret = new V1SecretVolumeSource { SecretName = "vault-tls", DefaultMode = 288 } },
                new V1Volume { Name = "tmp", EmptyDir = new V1EmptyDirVolumeSource { SizeLimit = new ResourceQuantity("64Mi") } },
                new V1Volume { Name = "home", EmptyDir = new V1EmptyDirVolumeSource() },
            ],
        },
        Status = new V1PodStatus { PodIP = "10.42.0.7", HostIP = "192.0.2.1", QosClass = "Guaranteed", ContainerStatuses = [new V1ContainerStatus { Name = "vault" }] },
    };

    private static V1Affinity Apart() => new()
    {
        PodAntiAffinity = new V1PodAntiAffinity
        {
            RequiredDuringSchedulingIgnoredDuringExecution =
            [
                new V1PodAffinityTerm { TopologyKey = "kubernetes.io/hostname", LabelSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { ["component"] = "server" } } },
            ],
        },
    };

    private static V1Container Container() => new()
    {
        Name = "vault",
        Env =
        [
            new V1EnvVar { Name = "POD_IP", ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = "status.podIP" } } },
            new V1EnvVar { Name = "VAULT_K8S_POD_NAME", ValueFrom = new V1EnvVarSource { FieldRef = new V1ObjectFieldSelector { FieldPath = "metadata.name" } } },
            new V1EnvVar { Name = "VAULT_ADDR", Value = "https://127.0.0.1:8200" },
            new V1EnvVar { Name = "VAULT_API_ADDR", Value = "https://$(VAULT_K8S_POD_NAME).vault-internal:8200" },
        ],
        Ports = [new V1ContainerPort { Name = "https", ContainerPort = 8200 }, new V1ContainerPort { Name = "https-internal", ContainerPort = 8201 }],
        ReadinessProbe = new V1Probe { Exec = new V1ExecAction { Command = ["/bin/sh", "-ec", "vault status -tls-skip-verify"] } },
        Lifecycle = new V1Lifecycle { PreStop = new V1LifecycleHandler { Exec = new V1ExecAction { Command = Hook } } },
        Resources = new V1ResourceRequirements
        {
            Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new("256Mi") },
            Requests = new Dictionary<string, ResourceQuantity> { ["memory"] = new("256Mi") },
        },
        SecurityContext = new V1SecurityContext
        {
            AllowPrivilegeEscalation = false, ReadOnlyRootFilesystem = true, Capabilities = new V1Capabilities { Drop = ["ALL"] },
        },
        VolumeMounts =
        [
            new V1VolumeMount { Name = "data", MountPath = "/vault/data" },
            new V1VolumeMount { Name = "config", MountPath = "/vault/config" },
            new V1VolumeMount { Name = "tls", MountPath = "/vault/userconfig/vault-tls", ReadOnlyProperty = true },
            new V1VolumeMount { Name = "tmp", MountPath = "/tmp" },
            new V1VolumeMount { Name = "home", MountPath = "/home/vault" },
        ],
    };

    private static MountTable Mounts() => new(
    [
        Mount("/", "overlay", "ro"), Mount("/dev", "tmpfs", "rw"), Mount("/dev/shm", "tmpfs", "rw"), Mount("/proc", "proc", "rw"), Mount("/etc/hosts", "ext4", "rw"),
        Mount("/vault/data", "ext4", "rw"), Mount("/vault/config", "ext4", "ro"), Mount("/vault/userconfig/vault-tls", "tmpfs", "ro"), Mount("/tmp", "ext4", "rw"),
        Mount("/home/vault", "ext4", "rw"),
    ]);

    private static MountFacts Mount(string path, string type, string flag) => new(path, type, type, "/", [flag, "relatime"], type == "tmpfs" ? ["rw", "noswap"] : ["rw"]);

    private static WriteAttempts Attempts() => new(
    [
        .. new[] { "/", "/bin", "/etc", "/vault", "/vault/config", "/usr/local/bin" }.Select(path => new WriteAttempt(path, WriteResult.ReadOnlyFileSystem, "Read-only file system")),
        .. new[] { "/vault/data", "/tmp", "/home/vault", "/dev/shm" }.Select(path => new WriteAttempt(path, WriteResult.Written, "")),
    ]);

    private static FileFacts Files() => new(
        [
            new FileEntry(Binary, "executable", true, 0, 0, "755", false, false, null),
            new FileEntry(ConfigPath, "config", true, 0, 1000, "644", false, false, null),
            new FileEntry(CompliantTransport.CertificatePath, "tls-certificate", true, 0, 1000, "440", false, false, CompliantTransport.Certificate.Fingerprint),
            new FileEntry(KeyPath, "tls-key", true, 0, 1000, "440", false, false, null),
        ],
        [],
        new CommandOutcome(0, "Vault v2.0.4"),
        [new ConfigText(ConfigPath, Config)]);

    // One of the servers is active: that which tests spoil.
    private static VaultServerState State(string name) => new("2.0.4", true, false, name != "vault-1", "raft", "shamir", Sanitized(), null);

    private static JsonObject Sanitized() => new()
    {
        ["disable_mlock"] = true,
        ["deny_slash_in_templated_paths"] = true,
        ["plugin_directory"] = "",
        ["listeners"] = new JsonArray(new JsonObject { ["type"] = "tcp", ["config"] = new JsonObject { ["address"] = "[::]:8200", ["tls_cert_file"] = CompliantTransport.CertificatePath, ["tls_key_file"] = KeyPath } }),
    };
}
