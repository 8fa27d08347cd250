using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Storage;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>Whether data and service outlive the loss of a pod.</summary>
[Family]
public sealed class AvailabilityControls : ControlFixture
{
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
}
