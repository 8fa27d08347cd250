namespace VaultConformance.Harness.Observations;

/// <summary>A certificate was replaced in the Secret and the server told to reload.</summary>
/// <param name="Before">SHA-256 of the leaf served before.</param>
/// <param name="Replacement">SHA-256 of the new leaf in the Secret.</param>
/// <param name="MountUpdated">True when the mounted file became the new leaf in time.</param>
/// <param name="MountUpdateTook">How long until the mounted file changed; null when it did not.</param>
/// <param name="After">SHA-256 of the leaf served after SIGHUP; null when no handshake succeeded.</param>
/// <param name="RestartsBefore">Restart count before.</param>
/// <param name="RestartsAfter">Restart count after.</param>
/// <param name="StartTimeUnchanged">True when the server process is still the same.</param>
/// <param name="ReloadLogged">The log line that announces the reload; null when none was seen.</param>
/// <param name="Ports">What every API port served before and after; null when only the first was checked.</param>
public sealed record CertificateReloadFacts(
    string Before,
    string Replacement,
    bool MountUpdated,
    TimeSpan? MountUpdateTook,
    string? After,
    int RestartsBefore,
    int RestartsAfter,
    bool StartTimeUnchanged,
    string? ReloadLogged,
    IReadOnlyList<ReloadedPort>? Ports = null);

/// <summary>What one API port served before and after a reload.</summary>
/// <param name="Port">The port.</param>
/// <param name="Before">SHA-256 of the leaf before; null when no handshake succeeded.</param>
/// <param name="After">SHA-256 of the leaf after; null when no handshake succeeded.</param>
public sealed record ReloadedPort(int Port, string? Before, string? After);

/// <summary>SIGTERM was sent to PID 1 of the server container.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Exited">True when the container ended within the budget.</param>
/// <param name="ExitCode">Its exit code; null when it went on running.</param>
/// <param name="Took">Time until it ended; null when it went on running.</param>
/// <param name="Budget">How long was waited.</param>
/// <param name="ShutdownLogged">The shutdown line of the log; null when none was seen.</param>
public sealed record SigtermFacts(string Pod, bool Exited, int? ExitCode, TimeSpan? Took, TimeSpan Budget, string? ShutdownLogged);

/// <summary>A server pod was deleted with its own grace period.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="WasActive">True when it was the active server.</param>
/// <param name="GracePeriodSeconds">Grace period of the pod.</param>
/// <param name="ExitCode">Exit code of the server container from the watch stream; null when never seen.</param>
/// <param name="Took">
/// Time from the deletion until the harness saw the end of the container, by its own clock: the server ended no later, but perhaps long
/// before.
/// </param>
/// <param name="ShutdownLogged">The shutdown line of the log; null when none was seen.</param>
/// <param name="HookFailures">Messages of <c>FailedPreStopHook</c> events.</param>
/// <param name="NewActive">Pod that became active afterwards; null when the deleted one was not active or none did.</param>
/// <param name="FailoverTook">Time from the deletion until another pod was active; null when not applicable.</param>
/// <param name="Recovered">True when the pod came back and was unsealed.</param>
public sealed record PodDeletionFacts(
    string Pod,
    bool WasActive,
    long GracePeriodSeconds,
    int? ExitCode,
    TimeSpan Took,
    string? ShutdownLogged,
    IReadOnlyList<string> HookFailures,
    string? NewActive,
    TimeSpan? FailoverTook,
    bool Recovered)
{
    /// <summary>
    /// Time from the deletion (<c>deletionTimestamp</c> less the grace period) to the end of the server's container (<c>finishedAt</c>, or
    /// the exit event of the node's runtime), by the clocks of the cluster, in whole seconds; null when one of the two was not seen or
    /// recorded.
    /// </summary>
    public TimeSpan? EndedAfter { get; init; }

    /// <summary>True when the log was read to its end, so that a line that was not seen is not there; null when not recorded.</summary>
    public bool? LogComplete { get; init; }

    /// <summary>
    /// Time from the deletion to the start of the last look that found no active server; null when there was none, or not recorded.
    /// </summary>
    public TimeSpan? NoneActiveAt { get; init; }

    /// <summary>The deletion of the active server that followed when the first one was a standby; null when there was none.</summary>
    public PodDeletionFacts? Active { get; init; }

    /// <summary>Why the active server was not deleted, too; null when it was, or not recorded.</summary>
    public string? ActiveSpared { get; init; }
}

/// <summary>A throw-away replica was crashed with SIGABRT and <c>GOTRACEBACK=crash</c>, so that the kernel's core limit decides.</summary>
/// <param name="Pod">Name of the replica.</param>
/// <param name="CorePattern">Core pattern at the time.</param>
/// <param name="CoreLimit">Core limit of the crashed process.</param>
/// <param name="ExitCode">Exit code of the server (134 expected); null when its end was not seen in time.</param>
/// <param name="NewFiles">Core files that appeared in its working directory and writable mounts.</param>
/// <param name="NodeStore">Files that appeared in the node's handler store; null when the node cannot be checked.</param>
public sealed record CrashCanaryFacts(
    string Pod,
    string CorePattern,
    ResourceLimit CoreLimit,
    int? ExitCode,
    IReadOnlyList<string> NewFiles,
    IReadOnlyList<string>? NodeStore)
{
    /// <summary>How long was waited for the end; null when not recorded.</summary>
    public TimeSpan? Waited { get; init; }
}
