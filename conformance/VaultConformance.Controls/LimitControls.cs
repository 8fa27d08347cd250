using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Identity;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>Limits of the servers' processes and containers.</summary>
[Family]
public sealed class LimitControls : ControlFixture
{
    [Control(
        "ID-8", 1, Requirement.Should,
        ValueKeys = [ChartValues.Resources],
        Evidence = ["processes: processes[].limits.openFiles", "memory: pidsMax", "objects: pods[].spec.containers[].resources"])]
    public Task Limits_that_would_stop_the_server_are_high_enough() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        Report(pod.Name, ServerLimits.JudgeStorage(pod.Admitted));
        await JudgePartAsync(pod.Name, async () => Report(
            pod.Name, ServerLimits.JudgeTasks(await pod.ObserveAsync(ObservationKinds.Memory, cancellationToken))));
        var borrowed = await Target.FindAsync(ObservationKinds.Cluster, cancellationToken) is { WasMadeForRun: true };
        var table = await pod.ObserveProcessesAsync(cancellationToken);
        Report(
            pod.Name, table.RequireServers().Select(server => ServerLimits.JudgeOpenFiles(server, table.ExecSession, borrowed)));
    });
}
