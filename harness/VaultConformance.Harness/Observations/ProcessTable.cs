using System.Text.Json.Serialization;
using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Observations;

/// <summary>The processes of a container, as <c>/proc</c> shows them from inside.</summary>
/// <param name="Processes">All processes that could be read.</param>
/// <param name="ExecSession">Limits of the exec session itself: what the runtime gives, nothing about Vault.</param>
public sealed record ProcessTable(IReadOnlyList<ProcessFacts> Processes, ProcessLimits ExecSession)
{
    /// <summary>The Vault (or OpenBao) server processes: found by name <em>and</em> first argument, never assumed to be PID 1.</summary>
    public IReadOnlyList<ProcessFacts> VaultServers => [.. Workload.Where(process => process.IsVaultServer)];

    /// <summary>Process id of the exec session that looked; null when it was not recorded.</summary>
    public int? SessionPid { get; init; }

    /// <summary>The tree rooted at the container's first process; every other root is a probe, a hook or an exec session.</summary>
    public IReadOnlyList<ProcessFacts> Workload => Init is { } init ? ProcessTree.ListBelow(init.Pid, Own) : [];

    /// <summary>Processes of the container outside of that tree, without the exec session that looked.</summary>
    public IReadOnlyList<ProcessFacts> Others =>
        [.. Own.Except(Workload).Except(SessionPid is { } session ? ProcessTree.ListBelow(session, Own) : [])];

    /// <summary>True when the container shares its process namespace, by what the pod declares; null when the pod is not known.</summary>
    [JsonIgnore]
    public bool? NamespaceShared { get; init; }

    /// <summary>
    /// The first process of the container: PID 1, or in a shared process namespace, whose PID 1 belongs to the sandbox, the oldest root
    /// among the container's own processes. Null when it could not be read.
    /// </summary>
    public ProcessFacts? Init => Processes.FirstOrDefault(process => process.Pid == 1) switch
    {
        { InContainer: not false } first => first,
        null when NamespaceShared != true => null,
        not null when NamespaceShared == false => null,
        _ => Own.Where(
            process => process is { InContainer: true, StartTime: not null } && Own.TrueForAll(other => other.Pid != process.ParentPid))
            .MinBy(process => (process.StartTime, process.Pid)),
    };

    private List<ProcessFacts> Own => [.. Processes.Where(process => process.InContainer != false)];
}

/// <summary>One process.</summary>
/// <param name="Pid">Process id inside the container.</param>
/// <param name="ParentPid">Parent; 0 for PID 1 and for every exec'd process.</param>
/// <param name="Comm">Kernel name (at most 15 characters).</param>
/// <param name="CommandLine">Arguments, first is argv[0].</param>
/// <param name="State">State letter of <c>/proc/PID/status</c>, for example <c>S</c> or <c>Z</c>.</param>
/// <param name="StartTime">Start time in clock ticks since boot (<c>/proc/PID/stat</c> field 22); null when unreadable.</param>
/// <param name="Uids">Real, effective, saved and file system UID.</param>
/// <param name="Gids">Real, effective, saved and file system GID.</param>
/// <param name="Groups">Supplementary groups.</param>
/// <param name="Limits">Resource limits; null when unreadable.</param>
/// <param name="Capabilities">Capability masks.</param>
/// <param name="Signals">Signal masks.</param>
/// <param name="Memory">Memory figures; its members are null where the kernel does not tell (gVisor).</param>
/// <param name="NoNewPrivileges">The <c>NoNewPrivs</c> line; null when absent.</param>
/// <param name="Seccomp">The <c>Seccomp</c> line: 0 off, 1 strict, 2 filter; null when absent.</param>
/// <param name="SeccompFilters">The <c>Seccomp_filters</c> line; null when absent.</param>
/// <param name="SecurityLabel">Content of <c>attr/current</c>; null when the kernel has no LSM there.</param>
/// <param name="UidMap">Content of <c>uid_map</c>, blanks folded; null when unreadable.</param>
/// <param name="WorkingDirectory">Target of <c>cwd</c>; null when unreadable.</param>
/// <param name="Executable">Target of <c>exe</c>; null when unreadable.</param>
/// <param name="Environment">What its environment says; null when unreadable.</param>
/// <param name="SocketInodes">
/// Numbers of the sockets that it has open; null when its open files could not be read or were not recorded.
/// </param>
public sealed record ProcessFacts(
    int Pid,
    int ParentPid,
    string Comm,
    IReadOnlyList<string> CommandLine,
    string State,
    long? StartTime,
    IReadOnlyList<long> Uids,
    IReadOnlyList<long> Gids,
    IReadOnlyList<long> Groups,
    ProcessLimits? Limits,
    CapabilityMasks Capabilities,
    SignalMasks Signals,
    ProcessMemory Memory,
    int? NoNewPrivileges,
    int? Seccomp,
    int? SeccompFilters,
    string? SecurityLabel,
    string? UidMap,
    string? WorkingDirectory,
    string? Executable,
    EnvironmentFacts? Environment,
    IReadOnlyList<long>? SocketInodes = null)
{
    /// <summary>
    /// True when the process belongs to the container that was looked into, by its cgroup; false for other containers of a shared process
    /// namespace; null when it was not recorded, which is fine where the namespace is not shared.
    /// </summary>
    public bool? InContainer { get; init; }

    /// <summary>The product that the program belongs to, by its name; null for any other program.</summary>
    [JsonIgnore]
    public ServerProduct? Product => ServerProduct.FromProgram(Comm);

    /// <summary>True for the server; <c>vault status</c> run by a probe has the same name but another first argument.</summary>
    public bool IsVaultServer => Product is not null && CommandLine.Count > 1 && CommandLine[1] == "server";
}
