using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Quorum;
using VaultConformance.Judging.Storage;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>Whether data and service outlive the loss of a pod.</summary>
[Family]
public sealed class AvailabilityControls : ControlFixture
{
    [Control(
        "HA-1", 1, Requirement.Must,
        ValueKeys = ["server.ha.enabled", "server.ha.raft.enabled", "server.ha.replicas", ChartValues.Raft + "#retry_join"],
        Evidence = ["raft: peers[]", "raft: healthy", "raft: failureTolerance", StateMembers.Storage])]
    public async Task Integrated_storage_has_a_healthy_odd_quorum()
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        if (Parameters.SingleServer && objects.ServerPods.Count == 1 && ServerPodCount.Judge(objects).Outcome == Outcome.Passed)
        {
            ConcludeNotApplicable("the profile declares that a single server is meant (singleServer)");
        }

        var integrated = false;
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            var storage = RaftQuorum.JudgeStorage(await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken));
            integrated |= storage.Outcome == Outcome.Passed;
            Report(pod.Name, storage);
        });
        if (integrated)
        {
            Report(Subjects.Release, RaftQuorum.Judge(await Target.ObserveAsync(ObservationKinds.Raft, Cancellation), objects.ServerPods));
        }
    }

    [Control(
        "HA-2", 1, Requirement.Must,
        ValueKeys = ["server.affinity", "server.topologySpreadConstraints", "server.ha.disruptionBudget.maxUnavailable"],
        Evidence =
        [
            "objects: pods[].spec.nodeName",
            "objects: pods[].spec.affinity",
            "objects: disruptionBudgets[].spec",
            "tenancy: nodes[].labels",
        ])]
    public async Task Servers_are_spread_and_a_drain_keeps_a_quorum()
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        List<string?> storages = [];
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
            storages.Add((await pod.FindAsync(ObservationKinds.VaultState, cancellationToken))?.StorageType));
        if (ServerPodCount.Judge(objects).Outcome == Outcome.Inconclusive)
        {
            return;
        }

        if (objects.ServerPods.Count == 1)
        {
            ConcludeNotApplicable("a single server has nothing to spread; HA-1 judges whether one is enough");
        }

        var most = RaftQuorum.FindTolerance(storages, await Target.FindAsync(ObservationKinds.Raft, Cancellation));
        var release = await Target.FindAsync(ObservationKinds.Release, Cancellation);
        var budgets = new DisruptionBudgets(objects, most, release?.OverlayReasons ?? []).Judge();
        if ((await Target.ObserveAsync(ObservationKinds.Cluster, Cancellation)).Nodes.Count == 1)
        {
            Report(Subjects.Release, new[] { budgets }.Where(judgement => judgement.Outcome == Outcome.Failed));
            DoesNotApply(Subjects.Release, "nodes of the servers", "the cluster has one node only; one with several shows it");
            return;
        }

        Report(Subjects.Release, budgets);
        Report(Subjects.Release, Spread.Judge(objects.ServerPods, await Target.ObserveAsync(ObservationKinds.Tenancy, Cancellation)));
    }

    [Control(
        "HA-4", 1, Requirement.Must,
        ValueKeys =
        [
            "server.persistentVolumeClaimRetentionPolicy", ChartValues.Standalone + "#path", ChartValues.Raft + "#path",
            "server.dataStorage.enabled", "server.dataStorage.mountPath", "server.volumes#emptyDir",
        ],
        Evidence =
        [
            "objects: pods[].spec.volumes[]", "objects: persistentVolumeClaims[].status.phase",
            "objects: statefulSets[].spec.persistentVolumeClaimRetentionPolicy", "files: loadedConfig[].text",
        ])]
    public Task Data_are_on_volumes_that_outlive_the_pods() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, cancellationToken);
        Report(pod.Name, Claims.Judge(pod.Admitted, pod.Container, objects));
        var servers = (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers();
        var configurations = ServerConfiguration.RequireLoaded(await pod.ObserveAsync(ObservationKinds.Files, cancellationToken), servers);
        if (await pod.FindAsync(ObservationKinds.VaultState, cancellationToken) is { } state)
        {
            Report(pod.Name, StorageAgreement.Judge(state, configurations));
        }

        var persistence = new DataPersistence(
            pod.Admitted, pod.Container, await pod.ObserveAsync(ObservationKinds.Mounts, cancellationToken), objects);
        foreach (var server in servers)
        {
            Report(pod.Name, persistence.Judge(
                StorageFolder.List(configurations, new EffectiveEnvironment(server, pod.Admitted, pod.Container)),
                StartArguments.IsDevelopment(server)));
        }
    });

    [Control(
        "HA-5", 1, Requirement.Should,
        ValueKeys =
        [
            "server.service.publishNotReadyAddresses", "ui.publishNotReadyAddresses", "server.readinessProbe", "server.livenessProbe",
            ChartValues.Raft + "#service_registration",
        ],
        Evidence =
        [
            "objects: services[].spec", "objects: pods[].metadata.labels", "objects: pods[].spec.containers[].readinessProbe",
            StateMembers.Sealed,
        ])]
    public async Task Only_servers_that_can_answer_get_requests()
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        Report(Subjects.Release, Eligibility.JudgeServices(objects));
        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            var state = await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken);
            Report(pod.Name, Eligibility.JudgeProbes(pod.Admitted, pod.Container, state, objects.ServerPods.Count > 1));
            Report(pod.Name, Eligibility.JudgeLabels(pod.Admitted, state));
        });
    }
}
