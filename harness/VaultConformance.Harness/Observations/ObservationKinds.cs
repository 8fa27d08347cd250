using System.Reflection;

namespace VaultConformance.Harness.Observations;

/// <summary>The registry of observations: every field is a kind, and nothing else has to name it.</summary>
public static class ObservationKinds
{
    /// <summary>Version and capabilities.</summary>
    public static readonly ObservationKind<ClusterFacts> Cluster = new("cluster", ObservationScope.Cluster);

    /// <summary>Chart, values, digests.</summary>
    public static readonly ObservationKind<ReleaseFacts> Release = new("release", ObservationScope.Release);

    /// <summary>What every value of the values files changes.</summary>
    public static readonly ObservationKind<ValuesFacts> Values = new("values", ObservationScope.Release);

    /// <summary>How the server was configured after it was unsealed.</summary>
    public static readonly ObservationKind<SetupFacts> Setup = new("setup", ObservationScope.Release);

    /// <summary>Auth methods with their roles, and secrets engines.</summary>
    public static readonly ObservationKind<VaultMounts> VaultMounts = new("api-mounts", ObservationScope.Release);

    /// <summary>The audit devices, and a marked request in each of them.</summary>
    public static readonly ObservationKind<AuditFacts> Audit = new("audit", ObservationScope.Release);

    /// <summary>The tokens that the server knows.</summary>
    public static readonly ObservationKind<TokenFacts> Tokens = new("tokens", ObservationScope.Release);

    /// <summary>The policies of the server.</summary>
    public static readonly ObservationKind<PolicyFacts> Policies = new("policies", ObservationScope.Release);

    /// <summary>What a server answers to whom has no token.</summary>
    public static readonly ObservationKind<EndpointFacts> Endpoints = new("endpoints", ObservationScope.Pod);

    /// <summary>The objects as the API server admitted them.</summary>
    public static readonly ObservationKind<AdmittedObjects> Objects = new("objects", ObservationScope.Release);

    /// <summary>What the ServiceAccounts of the servers may do in the cluster.</summary>
    public static readonly ObservationKind<RbacFacts> Rbac = new("rbac", ObservationScope.Release);

    /// <summary>Who may do what in the namespace.</summary>
    public static readonly ObservationKind<AccessFacts> Access = new("access", ObservationScope.Release);

    /// <summary>What the Pod Security admission of the API server says about the pods.</summary>
    public static readonly ObservationKind<PodSecurityFacts> PodSecurity = new("pod-security", ObservationScope.Release);

    /// <summary>The members of the integrated storage, and how they are.</summary>
    public static readonly ObservationKind<RaftFacts> Raft = new("raft", ObservationScope.Release);

    /// <summary>What else runs on the nodes of the servers.</summary>
    public static readonly ObservationKind<TenancyFacts> Tenancy = new("tenancy", ObservationScope.Release);

    /// <summary>Trust anchors and issued names of the certificates under test.</summary>
    public static readonly ObservationKind<TrustFacts> Trust = new("trust", ObservationScope.Release);

    /// <summary>The process table as seen from inside.</summary>
    public static readonly ObservationKind<ProcessTable> Processes = new("processes", ObservationScope.Container);

    /// <summary>What a container showed from inside, unread: what the facts of a container are made of.</summary>
    public static readonly ObservationKind<ContainerSnapshot> Snapshot = new("snapshot", ObservationScope.Container);

    /// <summary>Mounts of PID 1.</summary>
    public static readonly ObservationKind<MountTable> Mounts = new("mounts", ObservationScope.Pod);

    /// <summary>What happened when files were created.</summary>
    public static readonly ObservationKind<WriteAttempts> WriteAttempts = new("write-attempts", ObservationScope.Pod)
    {
        Effect = "tries to create an empty file in every directory that it judges, and removes it at once",
    };

    /// <summary>How the node's kernel handles core dumps.</summary>
    public static readonly ObservationKind<CoreSettings> CoreSettings = new("core-settings", ObservationScope.Pod);

    /// <summary>Swap and memory limits.</summary>
    public static readonly ObservationKind<MemoryConfinement> Memory = new("memory", ObservationScope.Pod);

    /// <summary>Listening TCP sockets.</summary>
    public static readonly ObservationKind<ListeningSockets> Sockets = new("sockets", ObservationScope.Pod);

    /// <summary>Owner, mode and writability of the files that matter; leftovers on disk.</summary>
    public static readonly ObservationKind<FileFacts> Files = new("files", ObservationScope.Pod);

    /// <summary>Whether the commands of the preStop hook exist in the image.</summary>
    public static readonly ObservationKind<PreStopFacts> PreStop = new("pre-stop", ObservationScope.Pod);

    /// <summary>What the Vault API says about this server.</summary>
    public static readonly ObservationKind<VaultServerState> VaultState = new("vault-state", ObservationScope.Pod);

    /// <summary>The lines of the server log that controls use.</summary>
    public static readonly ObservationKind<ServerLogFacts> ServerLog = new("server-log", ObservationScope.Pod);

    /// <summary>What kinds of keys and tokens the logs of all containers of the namespace hold.</summary>
    public static readonly ObservationKind<ContainerLogsFacts> ContainerLogs = new("container-logs", ObservationScope.Release);

    /// <summary>Handshakes with the pod's listeners, and plaintext on them.</summary>
    public static readonly ObservationKind<ListenerFacts> Listeners = new("listeners", ObservationScope.Pod);

    /// <summary>Handshakes through every Service, NodePort and Ingress path.</summary>
    public static readonly ObservationKind<PathFacts> Paths = new("paths", ObservationScope.Release);

    /// <summary>Who reaches the servers over the pod network, and whom they reach.</summary>
    public static readonly ObservationKind<NetworkFacts> Network = new("network", ObservationScope.Release)
    {
        Effect = "connects to the servers from a namespace of its own, and from the servers to a listener in it",
    };

    /// <summary>Certificate replaced in the Secret, SIGHUP, certificate served afterwards.</summary>
    public static readonly ObservationKind<CertificateReloadFacts> CertificateReload =
        new("certificate-reload", ObservationScope.Pod)
        {
            Impact = ObservationImpact.Active, Effect = "replaces the certificate in its Secret and sends SIGHUP to the servers",
        };

    /// <summary>SIGTERM sent to PID 1 of one server container.</summary>
    public static readonly ObservationKind<SigtermFacts> Sigterm =
        new("sigterm", ObservationScope.Release)
        {
            Impact = ObservationImpact.Disruptive, Effect = "sends SIGTERM to PID 1 of one server",
        };

    /// <summary>One server pod deleted with its own grace period.</summary>
    public static readonly ObservationKind<PodDeletionFacts> PodDeletion =
        new("pod-deletion", ObservationScope.Release)
        {
            Impact = ObservationImpact.Disruptive, Effect = "deletes server pods, each with its own grace period",
        };

    /// <summary>A throw-away replica crashed on purpose.</summary>
    public static readonly ObservationKind<CrashCanaryFacts> CrashCanary =
        new("crash-canary", ObservationScope.Release)
        {
            Impact = ObservationImpact.Disruptive, Effect = "starts a further replica of the server and crashes it",
        };

    /// <summary>Every kind, by name.</summary>
    public static IReadOnlyList<ObservationKind> All { get; } =
    [
        .. typeof(ObservationKinds).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<ObservationKind>().OrderBy(kind => kind.Name, StringComparer.Ordinal),
    ];
}
