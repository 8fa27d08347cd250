using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging;
using VaultConformance.Judging.Filesystem;
using VaultConformance.Judging.Memory;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;
using k8s.Models;

namespace VaultConformance.Controls.Filesystem;

/// <summary>File system, key material and secrets at rest.</summary>
[Family]
public sealed partial class FilesystemControls : ControlFixture
{
    [Control(
        "FS-1", 2, Requirement.Must,
        ValueKeys = [ChartValues.ContextOfContainer + ".readOnlyRootFilesystem"],
        Evidence = ["objects: pods[].spec.containers[].securityContext", "mounts: mounts[].options", "write-attempts: attempts[].result"])]
    public Task Root_file_system_is_read_only() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        Report(
            pod.Name,
            pod.Admitted.ListAllContainers().Where(container => !pod.Admitted.HasEndedDebugging(container)).Select(RootFilesystem.Judge));
        Report(pod.Name, RootFilesystem.Judge(
            await pod.ObserveAsync(ObservationKinds.Mounts, cancellationToken),
            await pod.ObserveAsync(ObservationKinds.WriteAttempts, cancellationToken)));
    });

    [Control(
        "FS-2", 2, Requirement.Must,
        ValueKeys = ["server.volumeMounts", "server.volumes", ChartValues.ContextOfContainer + ".readOnlyRootFilesystem"],
        Evidence = ["write-attempts: attempts[].result", "mounts: mounts[].options", "objects: pods[].spec.containers[].volumeMounts"])]
    public Task Vault_can_write_only_what_it_may() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, cancellationToken);
        var allowed = WritablePaths.Find(pod.Admitted, pod.Container, objects, Parameters.WritablePaths);
        Report(pod.Name, allowed.Judge(
            await pod.ObserveAsync(ObservationKinds.Mounts, cancellationToken),
            await pod.ObserveAsync(ObservationKinds.WriteAttempts, cancellationToken)));
        Report(pod.Name, DeclaredMounts.Judge(pod.Container, await pod.ObserveAsync(ObservationKinds.Mounts, cancellationToken)));
        var memory = await pod.ObserveAsync(ObservationKinds.Memory, cancellationToken);
        var ways = SwapProtection.ListWays(memory, null, Parameters.EncryptedSwapAttestation);
        Report(
            pod.Name, ScratchVolumes.Judge(pod.Admitted, pod.Container, ways.Count > 0 ? true : memory.SwapDevices is null ? null : false));
    });

    [Control(
        "FS-3", 2, Requirement.Must,
        Evidence = ["files: files[]"])]
    public Task Vault_cannot_modify_its_binary_or_configuration() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        var files = await pod.ObserveAsync(ObservationKinds.Files, cancellationToken);
        var mounts = await pod.ObserveAsync(ObservationKinds.Mounts, cancellationToken);
        Report(pod.Name, VersionAgreement.Judge(files, await pod.FindAsync(ObservationKinds.VaultState, cancellationToken)));
        foreach (var server in (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers())
        {
            Report(pod.Name, OwnFiles.Judge(server, files, mounts));
        }
    });

    [Control(
        "FS-4", 2, Requirement.Must,
        ValueKeys =
        [
            "server.volumes#defaultMode", "server.volumeMounts#subPath", ChartValues.Standalone + "#tls_key_file",
            ChartValues.Raft + "#tls_key_file", ChartValues.Ha + "#tls_key_file",
        ],
        Evidence = ["files: files[]", "objects: pods[].spec.volumes[]"])]
    public async Task Tls_keys_come_from_a_secret_and_lie_in_memory_only()
    {
        if (Parameters.WithoutTls)
        {
            ConcludeNotApplicable("the profile declares that TLS is not used");
        }

        await JudgeEachServerPodAsync(JudgeKeysAsync);
    }

    [Control(
        "FS-5", 2, Requirement.Must,
        ValueKeys = [
            ChartValues.Variables, ChartValues.Standalone, ChartValues.Raft, ChartValues.Ha, "server.postStart", "server.extraContainers"
        ],
        Evidence =
        [
            "objects: pods[].spec.containers[].env[]", "files: loadedConfig[].text", "processes: processes[].environment.names",
            "objects: unreadKinds",
        ])]
    public async Task No_secrets_are_at_rest_in_configuration_environment_or_home()
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        Report("namespace", ReleasePods.JudgeRecorded(objects));
        Report("namespace", PlainCredentials.JudgeObjects(objects));
        Report("namespace", MetadataCredentials.Judge(objects));
        foreach (var text in ConfigMapTexts.List(objects))
        {
            await JudgePartAsync(text.Path, () => ReportCredentials(text.Path, text));
        }

        foreach (var other in DeclaredContainers.ListBesideServers(objects))
        {
            Report(other.Subject, JudgeDeclared(other.Container));
        }

        await JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        {
            Report(pod.Name, pod.Admitted.ListAllContainers().SelectMany(JudgeDeclared));
            Report(pod.Name, NamedSources.Judge(pod.Admitted, objects));
            await JudgePartAsync(pod.Name, async () => Report(
                pod.Name, PlainCredentials.JudgeProcesses(await pod.ObserveProcessesAsync(cancellationToken), pod.Container, objects)));
            await JudgeArgumentsOfAllAsync(pod, cancellationToken);
            await JudgePartAsync(pod.Name, async () =>
                Report(pod.Name, PlainCredentials.JudgeState(await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken))));
            var files = await pod.ObserveAsync(ObservationKinds.Files, cancellationToken);
            Report(pod.Name, PlainCredentials.JudgeLeftovers(files));
            await JudgePartAsync(pod.Name, async () =>
                ServerConfiguration.RequireAllRead(files, (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers()));
            foreach (var text in files.LoadedConfig)
            {
                await JudgePartAsync(pod.Name, () => ReportCredentials(pod.Name, text));
            }
        });
    }

    private static IEnumerable<Judgement> JudgeDeclared(V1Container container) =>
        [.. PlainCredentials.JudgeEnvironment(container), .. PlainCredentials.JudgeCommands(container)];

    // Without processes of another container FS-6 stays open, and what it declares is judged here.
    private async Task JudgeArgumentsOfAllAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        await JudgePartAsync(pod.Name, async () =>
            Report(pod.Name, PlainCredentials.JudgeArguments(await pod.ObserveProcessesAsync(cancellationToken), pod.Container.Name)));
        foreach (var sidecar in pod.Sidecars)
        {
            if (await pod.FindSidecarProcessesAsync(sidecar, cancellationToken) is { } table)
            {
                Report(pod.Name, PlainCredentials.JudgeArguments(table, sidecar));
            }
        }
    }

    private async Task JudgeKeysAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        var state = await pod.ObserveAsync(ObservationKinds.VaultState, cancellationToken);
        if (state.SanitizedConfig is null)
        {
            ConcludeInconclusive($"the loaded configuration is not known: {state.SanitizedConfigProblem}");
        }

        var files = await pod.ObserveAsync(ObservationKinds.Files, cancellationToken);
        IReadOnlyList<string> further = [];
        await JudgePartAsync(pod.Name, async () => further = KeyMaterial.ListConfiguredPaths(
            ServerConfiguration.RequireLoaded(files, (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers())));
        IReadOnlyList<string> keys = [.. KeyMaterial.ListPaths(state).Union(further).Union(ClientKeys.List(pod.Container))];
        if (keys.Count == 0)
        {
            ConcludeNotApplicable("no listener has a private key, see TLS-1");
        }

        var mounts = await pod.ObserveAsync(ObservationKinds.Mounts, cancellationToken);
        var memory = await pod.ObserveAsync(ObservationKinds.Memory, cancellationToken);
        var kernel = (await Target.ObserveAsync(ObservationKinds.Cluster, cancellationToken)).Nodes.FirstOrDefault(
            node => node.Name == pod.Admitted.Spec.NodeName)?.KernelVersion;
        foreach (var key in keys)
        {
            Report(pod.Name, KeyMaterial.JudgeVolume(
                key, pod.Admitted, pod.Container, await Target.ObserveAsync(ObservationKinds.Objects, cancellationToken)));
            Report(pod.Name, KeyMaterial.JudgeMount(key, mounts), KeyMaterial.JudgeMode(
                key, files), KeyMaterial.JudgeWriting(key, files), KeyMaterial.JudgeSwap(key, mounts, memory, kernel));
        }
    }

    private Task ReportCredentials(string subject, ConfigText text)
    {
        Report(subject, PlainCredentials.JudgeConfiguration(ServerConfiguration.Read(text)));
        return Task.CompletedTask;
    }
}
