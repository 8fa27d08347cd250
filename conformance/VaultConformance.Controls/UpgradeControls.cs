using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Products;
using VaultConformance.Judging.Subjects;
using VaultConformance.Judging.Upgrades;
using VaultConformance.Reporting.Model;
using k8s.Models;

namespace VaultConformance.Controls;

/// <summary>Chart values, and whether the release can be upgraded and started again.</summary>
[Family]
public sealed class UpgradeControls : ControlFixture
{
    [Control(
        "UPG-1", 1, Requirement.Must,
        ValueKeys = ["server.updateStrategyType"],
        Evidence = ["objects: statefulSets[].spec.updateStrategy"])]
    public Task Upgrade_replaces_no_pod_by_itself() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
        Report(pod.Name, UpdateStrategy.Judge(pod.Admitted, await Target.ObserveAsync(ObservationKinds.Objects, cancellationToken))));

    [Control(
        "UPG-2", 2, Requirement.Must,
        Evidence = ["values: values[].line", "values: values[].knownFrom", "values: values[].changeCount", "values: values[].inForce"])]
    public async Task Every_value_is_known_to_the_chart_and_has_an_effect() =>
        Report(Subjects.Release, EffectlessValues.Judge(await Target.ObserveAsync(ObservationKinds.Values, Cancellation)));

    [Control(
        "UPG-6", 1, Requirement.Must,
        ValueKeys = [ChartValues.Standalone, ChartValues.Raft, ChartValues.Ha, "server.image.tag", ChartValues.ContextOfContainer],
        Evidence = ["files: vaultVersion", "files: loadedConfig[].text"])]
    public Task Configuration_and_image_can_start_again() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, cancellationToken);
        var start = await ConsiderAsync(pod, cancellationToken);
        Report(pod.Name, start.JudgeContainer(FindDeclared(pod, objects)));
        foreach (var text in ConfigMapTexts.List(objects).Where(text => IsMounted(text, pod)))
        {
            await JudgePartAsync(text.Path, () =>
            {
                Report(text.Path, start.Judge(ServerConfiguration.Read(text)));
                return Task.CompletedTask;
            });
        }

        // That it runs is the proof that nothing else keeps it from starting.
        var servers = (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers();
        Report(pod.Name, start.JudgeKnown());
        var loaded = ServerConfiguration.RequireLoaded(await pod.ObserveAsync(ObservationKinds.Files, cancellationToken), servers);
        Report(pod.Name, loaded.SelectMany(start.Judge));
    });

    [Control(
        "UPG-7", 1, Requirement.Must,
        ValueKeys = ["server.extraArgs", ChartValues.Standalone, ChartValues.Raft, ChartValues.Ha],
        Evidence = ["files: loadedConfig[].text"])]
    public Task Configuration_is_one_and_says_nothing_twice() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        var servers = (await pod.ObserveProcessesAsync(cancellationToken)).RequireServers();
        Report(pod.Name, ConfigurationConflicts.Judge(
            ServerConfiguration.RequireLoaded(await pod.ObserveAsync(ObservationKinds.Files, cancellationToken), servers)));
    });

    // A server that does not run reports nothing. What its image is called can then make the control fail, and never pass.
    private static async Task<ConfigurationStart> ConsiderAsync(ServerPod pod, CancellationToken cancellationToken)
    {
        var running = (await pod.FindAsync(ObservationKinds.Processes, cancellationToken))?.Processes
            .Select(process => process.Product).OfType<ServerProduct>().FirstOrDefault();
        var state = await pod.FindAsync(ObservationKinds.VaultState, cancellationToken);
        return running is not null && state is not null
            ? new ConfigurationStart(running, state.Version)
            : ConfigurationStart.FromImage(pod.Container);
    }

    private static V1Container FindDeclared(ServerPod pod, AdmittedObjects objects) =>
        Workload.List(objects).FirstOrDefault(workload => workload.Owns(pod.Admitted))?.Template?.Spec is { Containers.Count: > 0 } template
            ? ServerProduct.FindServerContainer([.. template.Containers], container => container.Name)
            : pod.Container;

    // What the next start reads is what the pod mounts, not what its copy says.
    private static bool IsMounted(ConfigText text, ServerPod pod) => text.Path.Split('/') is [_, var map, ..]
        && (pod.Admitted.Spec.Volumes ?? []).Any(volume => volume.ConfigMap?.Name == map
            || (volume.Projected?.Sources ?? []).Any(source => source.ConfigMap?.Name == map));
}
