namespace VaultConformance.Reporting.Profiles;

/// <summary>Parameters of the controls. Every one has a default, which a profile may replace.</summary>
public sealed record ProfileParameters
{
    /// <summary>UIDs that the server may run as (ID-2).</summary>
    public IReadOnlyList<long> AllowedUids { get; init; } = [100];

    /// <summary>GIDs that the server may run as (ID-2).</summary>
    public IReadOnlyList<long> AllowedGids { get; init; } = [1000];

    /// <summary>
    /// True where another UID or GID than those fails ID-2 as a requirement; otherwise it is a recommendation within ID-2.
    /// </summary>
    public bool ExactIdentityRequired { get; init; }

    /// <summary>True where group 0 is accepted (ID-1; OpenShift gives it to every pod).</summary>
    public bool GroupZeroAllowed { get; init; }

    /// <summary>True where the namespace's UID range decides instead of <see cref="AllowedUids"/> (OpenShift).</summary>
    public bool UidRangeFromNamespace { get; init; }

    /// <summary>Capabilities that the bounding set may hold, by name without CAP_ (ID-4).</summary>
    public IReadOnlyList<string> AllowedCapabilities { get; init; } = [];

    /// <summary>Paths that the server may write besides its data and audit volumes (FS-2).</summary>
    public IReadOnlyList<string> WritablePaths { get; init; } = ["/home/vault", "/tmp", "/dev/shm", "/dev/termination-log", "/dev/mqueue"];

    /// <summary>Core handlers that are accepted although they are pipes (CORE-3).</summary>
    public IReadOnlyList<string> AcceptedCoreHandlers { get; init; } = ["systemd-coredump"];

    /// <summary>Attestation that all swap of the nodes is encrypted (MEM-1, way e); null when there is none.</summary>
    public string? EncryptedSwapAttestation { get; init; }

    /// <summary>Seconds that the server must have for its shutdown after the preStop hook (PROC-3).</summary>
    public int ShutdownBudgetSeconds { get; init; } = 10;

    /// <summary>Process names of the workload besides the shell, the init and the server (PROC-5).</summary>
    public IReadOnlyList<string> DeclaredProcesses { get; init; } = [];

    /// <summary>
    /// Containers beside the server that are declared (PROC-5, TLS-1, TLS-2, TLS-6), and those of other pods that are published (TLS-6).
    /// </summary>
    public IReadOnlyList<string> DeclaredContainers { get; init; } = [];

    /// <summary>Days that a certificate must still be valid (TLS-3).</summary>
    public int CertificateMinimumDaysLeft { get; init; } = 30;

    /// <summary>Longest lifetime of a certificate in days (TLS-3).</summary>
    public int CertificateMaximumLifetimeDays { get; init; } = 398;

    /// <summary>External host names that clients use (TLS-4).</summary>
    public IReadOnlyList<string> ExternalHosts { get; init; } = [];

    /// <summary>
    /// Networks (CIDR) of the peers of a replication to which a load balancer may publish the cluster port, and <c>internal</c> for a load
    /// balancer that is internal to the network (TLS-7).
    /// </summary>
    public IReadOnlyList<string> ReplicationPeers { get; init; } = [];

    /// <summary>
    /// True where the Kubernetes auth method is used, for which the servers may have tokens of other accounts checked (K8S-4).
    /// </summary>
    public bool KubernetesAuth { get; init; }

    /// <summary>
    /// Auth methods that may be enabled besides those that every server has: a type, or a type and a path such as
    /// <c>kubernetes at prod/</c> (API-3).
    /// </summary>
    public IReadOnlyList<string> AuthMethods { get; init; } = ["approle", "cert", "jwt", "kubernetes", "oidc"];

    /// <summary>Secrets engines that may be enabled besides those that every server has, written in the same way (API-3).</summary>
    public IReadOnlyList<string> SecretsEngines { get; init; } = ["database", "kv", "pki", "transit"];

    /// <summary>Policies that may have sudo and wildcards, because administrators have them (API-5).</summary>
    public IReadOnlyList<string> AdminPolicies { get; init; } = [];

    /// <summary>True where metrics are open to everybody on purpose (API-6).</summary>
    public bool UnauthenticatedMetrics { get; init; }

    /// <summary>True where the user interface is used (API-7).</summary>
    public bool Ui { get; init; }

    /// <summary>Longest time in seconds that tokens and leases are valid when nobody asks for another one (API-4).</summary>
    public int MaximumDefaultTtlSeconds { get; init; } = 3600;

    /// <summary>Longest time in seconds that tokens and leases are valid at all (API-4).</summary>
    public int MaximumTtlSeconds { get; init; } = 86400;

    /// <summary>
    /// Workloads, pods and webhook configurations beside the servers, as <c>deployment/vault-agent-injector</c> (K8S-2, K8S-5).
    /// </summary>
    public IReadOnlyList<string> DeclaredWorkloads { get; init; } = [];

    /// <summary>Registries that images may come from, or their beginnings up to a slash (K8S-5); empty for any.</summary>
    public IReadOnlyList<string> ImageRegistries { get; init; } = [];

    /// <summary>
    /// Who may reach into the pods and read Secrets, as <c>Group/NAME</c>, <c>User/NAME</c> or <c>ServiceAccount/NAMESPACE/NAME</c>
    /// (K8S-6).
    /// </summary>
    public IReadOnlyList<string> DeclaredAccess { get; init; } = [];

    /// <summary>Attestation that the cluster is there for Vault alone (K8S-2); null when there is none.</summary>
    public string? DedicatedClusterAttestation { get; init; }

    /// <summary>Attestation that the cluster keeps Secrets encrypted (K8S-6); null when there is none.</summary>
    public string? SecretsEncryptionAttestation { get; init; }

    /// <summary>True where a single server is meant on purpose (HA-1).</summary>
    public bool SingleServer { get; init; }

    /// <summary>True in a declared profile without TLS, where key material controls do not apply (FS-4).</summary>
    public bool WithoutTls { get; init; }

    /// <summary>What a control becomes that needs a disruption which the run forbids.</summary>
    public DisruptionForbiddenOutcome WhenDisruptionForbidden { get; init; } = DisruptionForbiddenOutcome.Inconclusive;
}

/// <summary>Outcome of a disruptive control in a run that forbids disruption.</summary>
public enum DisruptionForbiddenOutcome
{
    /// <summary>The control could not be told.</summary>
    Inconclusive,

    /// <summary>The profile declares that it does not apply without disruption.</summary>
    NotApplicable,
}
