using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;
using VaultConformance.Judging.TransportSecurity;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.TransportSecurity;

/// <summary>What servers say to each other, and what they ask of others.</summary>
public sealed partial class TransportSecurityControls
{
    [Control(
        "TLS-7", 2, Requirement.Must,
        ValueKeys =
        [
            ChartValues.ProductVariable + "SKIP_VERIFY", "server.service.type", ChartValues.Standalone + "#retry_join",
            ChartValues.Raft + "#retry_join", ChartValues.Ha + "#retry_join",
        ],
        Evidence =
        [
            StateMembers.Storage, StateMembers.Listeners, "objects: services[].spec.ports",
            "processes: processes[].environment.settings", "listeners: endpoints[].plaintext",
        ])]
    public async Task Servers_talk_to_each_other_by_authenticated_TLS_only()
    {
        RequireTls();
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        var numbers = new HashSet<int>();
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            var alone = objects.ServerPods.Count == 1
                && (await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken)).StorageType != "raft";
            await JudgePartAsync(
                pod.Name,
                async () => numbers.UnionWith(ClusterPorts.List(await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken))));
            await JudgePartAsync(pod.Name, () => JudgeConfiguredAsync(pod, alone, numbers, cancellationToken));
            await JudgePartAsync(pod.Name, async () => Report(pod.Name, StorageAgreement.Judge(
                await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken),
                await ReadConfigurationsAsync(pod, cancellationToken))));
            if (alone)
            {
                ConcludeNotApplicable("a standalone server talks to no other");
            }

            var listeners = await pod.ObserveAsync(ObservationKinds.Listeners, cancellationToken);
            numbers.UnionWith(ClusterPorts.List(listeners));
            Report(pod.Name, ClusterTraffic.JudgePorts(listeners));
        });
        await JudgePublishedAsync(objects, numbers);
    }

    /// <summary>
    /// What a standalone server connects to counts only where it is wrong: its seal and storage may be on the other side of a network.
    /// </summary>
    private async Task JudgeConfiguredAsync(ServerPod pod, bool alone, HashSet<int> clusterPorts, CancellationToken cancellationToken)
    {
        var servers = (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers();
        var environment =
            servers.SelectMany(server => ClusterTraffic.JudgeEnvironment(new EffectiveEnvironment(server, pod.Admitted, pod.Container)));
        Report(pod.Name, environment.Where(judgement => !alone || judgement.Outcome == Outcome.Failed));
        var loaded = ServerConfiguration.RequireLoaded(await pod.ObserveAsync(ObservationKinds.Files, cancellationToken), servers);
        clusterPorts.UnionWith(ClusterPorts.List(loaded));
        var upstream =
            servers.SelectMany(server => ClusterTraffic.JudgeUpstream(
                loaded, new Surroundings(new EffectiveEnvironment(server, pod.Admitted, pod.Container), pod.Admitted)));
        Report(pod.Name, upstream.Where(judgement => !alone || judgement.Outcome != Outcome.Passed));
        Report(pod.Name, alone ? [] : ClusterTraffic.JudgeJoin(loaded));
    }
}
