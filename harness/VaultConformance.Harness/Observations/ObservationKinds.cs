namespace VaultConformance.Harness.Observations;

/// <summary>All kinds of observations. The subject each one takes is in its summary.</summary>
public static class ObservationKinds
{
    /// <summary>Cluster: version and capabilities.</summary>
    public static readonly ObservationKind<ClusterFacts> Cluster = new("cluster");

    /// <summary>Release: chart, values, digests.</summary>
    public static readonly ObservationKind<ReleaseFacts> Release = new("release");

    /// <summary>Release: the objects as the API server admitted them.</summary>
    public static readonly ObservationKind<AdmittedObjects> Objects = new("objects");

    /// <summary>Release: trust anchors and issued names of the certificates under test.</summary>
    public static readonly ObservationKind<TrustFacts> Trust = new("trust");

    /// <summary>Pod or container: the process table as seen from inside.</summary>
    public static readonly ObservationKind<ProcessTable> Processes = new("processes");

    /// <summary>Pod: mounts of PID 1.</summary>
    public static readonly ObservationKind<MountTable> Mounts = new("mounts");

    /// <summary>Pod: what happened when files were created.</summary>
    public static readonly ObservationKind<WriteAttempts> WriteAttempts = new("write-attempts");

    /// <summary>Pod: how the node's kernel handles core dumps.</summary>
    public static readonly ObservationKind<CoreSettings> CoreSettings = new("core-settings");

    /// <summary>Pod: swap and memory limits.</summary>
    public static readonly ObservationKind<MemoryConfinement> Memory = new("memory");

    /// <summary>Pod: listening TCP sockets.</summary>
    public static readonly ObservationKind<ListeningSockets> Sockets = new("sockets");

    /// <summary>Pod: owner, mode and writability of the files that matter; leftovers on disk.</summary>
    public static readonly ObservationKind<FileFacts> Files = new("files");

    /// <summary>Pod: whether the commands of the preStop hook exist in the image.</summary>
    public static readonly ObservationKind<PreStopFacts> PreStop = new("pre-stop");

    /// <summary>Pod: what the Vault API says about this server.</summary>
    public static readonly ObservationKind<VaultServerState> VaultState = new("vault-state");

    /// <summary>Pod: the lines of the server log that controls use.</summary>
    public static readonly ObservationKind<ServerLogFacts> ServerLog = new("server-log");

    /// <summary>Release: what kinds of keys and tokens the logs of all containers of the namespace hold.</summary>
    public static readonly ObservationKind<ContainerLogsFacts> ContainerLogs = new("container-logs");

    /// <summary>Pod: handshakes with the pod's listeners, and plaintext on them.</summary>
    public static readonly ObservationKind<ListenerFacts> Listeners = new("listeners");

    /// <summary>Release: handshakes through every Service, NodePort and Ingress path.</summary>
    public static readonly ObservationKind<PathFacts> Paths = new("paths");

    /// <summary>Pod: certificate replaced in the Secret, SIGHUP, certificate served afterwards.</summary>
    public static readonly ObservationKind<CertificateReloadFacts> CertificateReload = new("certificate-reload", ObservationStage.Active);

    /// <summary>Release: SIGTERM sent to PID 1 of one server container.</summary>
    public static readonly ObservationKind<SigtermFacts> Sigterm = new("sigterm", ObservationStage.Disruptive);

    /// <summary>Release: one server pod deleted with its own grace period.</summary>
    public static readonly ObservationKind<PodDeletionFacts> PodDeletion = new("pod-deletion", ObservationStage.Disruptive);

    /// <summary>Release: a throw-away replica crashed on purpose.</summary>
    public static readonly ObservationKind<CrashCanaryFacts> CrashCanary = new("crash-canary", ObservationStage.Disruptive);
}
