using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging.Subjects;

/// <summary>The processes that controls judge. Without them nothing is proved.</summary>
internal static class Servers
{
    /// <summary>The Vault server processes of a container; at least one.</summary>
    /// <exception cref="ControlEndedException">There is none: the control is inconclusive.</exception>
    public static IReadOnlyList<ProcessFacts> RequireServers(this ProcessTable table) =>
        table.VaultServers is { Count: > 0 } servers
            ? servers
            : throw new ControlEndedException(
                Outcome.Inconclusive,
                $"no Vault server below PID 1; seen: {string.Join(", ", table.Processes.Select(process => $"{process.Pid} {process.Comm}"))}");

    /// <summary>PID 1 of a container.</summary>
    /// <exception cref="ControlEndedException">It could not be read: the control is inconclusive.</exception>
    public static ProcessFacts RequireInit(this ProcessTable table) =>
        table.Init ?? throw new ControlEndedException(Outcome.Inconclusive, "PID 1 could not be read");

    /// <summary>Every process of a container's workload, the Vault servers among them.</summary>
    /// <exception cref="ControlEndedException">The first process or the servers are missing: the control is inconclusive.</exception>
    public static IReadOnlyList<ProcessFacts> RequireWorkload(this ProcessTable table)
    {
        _ = table.RequireInit();
        _ = table.RequireServers();
        return table.Workload;
    }

    /// <summary>A process in a report.</summary>
    public static string Label(this ProcessFacts process) => $"{process.Comm} (PID {process.Pid})";
}
