namespace VaultConformance.Harness.Observations;

/// <summary>A Vault release to be judged: live or recorded. Controls ask it for observations and never talk to a cluster themselves.</summary>
/// <param name="source">Where observations come from.</param>
public sealed class Target(IObservationSource source)
{
    /// <summary>The cluster.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ObservationUnavailableException">Not available.</exception>
    public Task<ClusterFacts> ClusterAsync(CancellationToken cancellationToken) =>
        RequireAsync(ObservationKinds.Cluster, Subjects.Cluster, cancellationToken);

    /// <summary>The release.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ObservationUnavailableException">Not available.</exception>
    public Task<ReleaseFacts> ReleaseAsync(CancellationToken cancellationToken) =>
        RequireAsync(ObservationKinds.Release, Subjects.Release, cancellationToken);

    /// <summary>The admitted objects.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ObservationUnavailableException">Not available.</exception>
    public Task<AdmittedObjects> ObjectsAsync(CancellationToken cancellationToken) =>
        RequireAsync(ObservationKinds.Objects, Subjects.Release, cancellationToken);

    /// <summary>The test PKI.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ObservationUnavailableException">Not available.</exception>
    public Task<TrustFacts> TrustAsync(CancellationToken cancellationToken) =>
        RequireAsync(ObservationKinds.Trust, Subjects.Release, cancellationToken);

    /// <summary>Handshakes through every way into the release.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ObservationUnavailableException">Not available.</exception>
    public Task<PathFacts> PathsAsync(CancellationToken cancellationToken) =>
        RequireAsync(ObservationKinds.Paths, Subjects.Release, cancellationToken);

    /// <summary>Handshakes through every way into the release; null when they were not recorded.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    public async Task<PathFacts?> FindPathsAsync(CancellationToken cancellationToken) =>
        (await source.ObserveAsync(ObservationKinds.Paths, Subjects.Release, cancellationToken)).Value;

    /// <summary>Keys and tokens in the logs of all containers of the namespace.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ObservationUnavailableException">Not available.</exception>
    public Task<ContainerLogsFacts> ContainerLogsAsync(CancellationToken cancellationToken) =>
        RequireAsync(ObservationKinds.ContainerLogs, Subjects.Release, cancellationToken);

    /// <summary>SIGTERM to PID 1. Disruptive.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ObservationUnavailableException">Not available, for example because the run forbids disruption.</exception>
    public Task<SigtermFacts> SigtermAsync(CancellationToken cancellationToken) =>
        RequireAsync(ObservationKinds.Sigterm, Subjects.Release, cancellationToken);

    /// <summary>Deletion of a server pod. Disruptive.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ObservationUnavailableException">Not available, for example because the run forbids disruption.</exception>
    public Task<PodDeletionFacts> PodDeletionAsync(CancellationToken cancellationToken) =>
        RequireAsync(ObservationKinds.PodDeletion, Subjects.Release, cancellationToken);

    /// <summary>Crash of a throw-away replica. Disruptive.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ObservationUnavailableException">Not available, for example because the run forbids disruption.</exception>
    public Task<CrashCanaryFacts> CrashCanaryAsync(CancellationToken cancellationToken) =>
        RequireAsync(ObservationKinds.CrashCanary, Subjects.Release, cancellationToken);

    /// <summary>The Vault server pods by name.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ObservationUnavailableException">Not available.</exception>
    public async Task<IReadOnlyList<ServerPod>> ServerPodsAsync(CancellationToken cancellationToken) =>
        [.. (await ObjectsAsync(cancellationToken)).ServerPods.Select(pod => new ServerPod(source, pod))];

    private async Task<T> RequireAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class =>
        (await source.ObserveAsync(kind, subject, cancellationToken)).Require();
}
