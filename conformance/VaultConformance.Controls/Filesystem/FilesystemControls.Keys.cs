using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Filesystem;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls.Filesystem;

/// <content>Keys of Vault itself.</content>
public sealed partial class FilesystemControls
{
    [Control(
        "FS-6", 2, Requirement.Must,
        ValueKeys = [
            "server.extraContainers",
            "server.postStart",
            "server.extraInitContainers",
            ChartValues.Variables,
            "server.extraArgs",
            "server.dev"
        ],
        Evidence =
        [
            "container-logs: logs[].keysFound", "objects: pods[].spec.containers[].command", "objects: pods[].spec.containers[].env[]",
            "objects: unsealMaterial", "objects: unreadKinds",
        ])]
    public async Task No_unseal_key_recovery_key_or_root_token_lies_around()
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        Report("namespace", ReleasePods.JudgeRecorded(objects));
        Report("namespace", KeysInObjects.Judge(objects));
        Report("namespace", KeysInObjects.JudgeMasked(objects));
        Report("namespace", KeysInMetadata.Judge(objects));
        foreach (var declared in DeclaredContainers.ListAll(objects))
        {
            Report(declared.Subject, KeysInContainers.JudgeDeclared(declared, objects));
        }

        await JudgePartAsync("namespace", async () => Report(
            "namespace", KeysInContainers.JudgeLogs(await Target.ObserveAsync(ObservationKinds.ContainerLogs, Cancellation), objects)));
        await JudgeEachServerPodAsync(JudgeArgumentsAsync);
    }

    private async Task JudgeArgumentsAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        await JudgePartAsync(
            pod.Name, async () => JudgeArguments(pod, pod.Container.Name, await pod.ObserveProcessesAsync(cancellationToken)));
        foreach (var sidecar in pod.Sidecars)
        {
            await JudgePartAsync(
                $"{pod.Name}/{sidecar}",
                async () => JudgeArguments(pod, sidecar, await pod.ObserveSidecarProcessesAsync(sidecar, cancellationToken)));
        }
    }

    private void JudgeArguments(ServerPod pod, string container, ProcessTable table) =>
        Report(pod.Name, KeysInContainers.JudgeProcesses(table, container));
}
