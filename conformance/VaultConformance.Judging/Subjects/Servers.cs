using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Judging.Subjects;

/// <summary>The processes that controls judge. Without them nothing is proved.</summary>
public static class Servers
{
    /// <summary>The Vault server processes of a container; at least one.</summary>
    /// <exception cref="ControlEndedException">There is none: the control is inconclusive.</exception>
    public static IReadOnlyList<ProcessFacts> RequireServers(this ProcessTable table)
    {
        _ = table.RequireInit();
        return table.VaultServers is { Count: > 0 } servers
            ? servers
            : throw new ControlEndedException(
                Outcome.Inconclusive,
                "no Vault server below PID 1; seen: "
                    + $"{string.Join(", ", table.Processes.Select(process => $"{process.Pid} {process.Comm}"))}");
    }

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

    /// <summary>
    /// Judges every process of a container: its workload, and what was started beside it. Where it was not recorded which of the latter is
    /// the look itself, what is wrong with one of them proves nothing.
    /// </summary>
    /// <param name="table">The processes.</param>
    /// <param name="judge">Judges one process.</param>
    public static IEnumerable<Judgement> JudgeEach(this ProcessTable table, Func<ProcessFacts, IEnumerable<Judgement>> judge) =>
    [
        .. table.Workload.SelectMany(judge),
        .. table.Others.SelectMany(judge).Select(judgement => table.SessionPid is null && judgement.Outcome == Outcome.Failed
            ? Judgement.Unknown(
                judgement.Fact, judgement.Expected, $"{judgement.Actual}; whether this process is the look itself was not recorded")
            : judgement),
    ];

    /// <summary>A process in a report. One without a number is declared and was never started.</summary>
    public static string DescribeLabel(this ProcessFacts process) =>
        process.Pid == 0 ? "the server" : $"{process.Comm} (PID {process.Pid})";
}
