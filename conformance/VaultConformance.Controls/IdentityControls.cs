using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging;
using VaultConformance.Judging.Identity;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>Identity, capabilities and confinement.</summary>
[Family]
public sealed class IdentityControls : ControlFixture
{
    [Control(
        "ID-1", 2, Requirement.Must,
        ValueKeys =
        [
            "server.extraInitContainers#runAsUser", "server.extraContainers#runAsUser", ChartValues.ContextOfContainer + "#runAsUser",
            ChartValues.ContextOfPod + ".runAsUser", ChartValues.ContextOfPod + ".runAsNonRoot",
        ],
        Evidence =
        [
            "processes: processes[].uids", "processes: processes[].gids", "objects: pods[].spec.securityContext",
            "objects: pods[].spec.containers[].securityContext",
        ])]
    public Task Every_process_of_the_workload_is_non_root() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        var others = pod.Admitted.ListAllContainers().Where(container => container.Name != pod.Container.Name);
        Report(pod.Name, others.SelectMany(container => new[]
        {
            NonRoot.Judge(pod.Admitted, container), NonRoot.JudgeGroup(pod.Admitted, container, Parameters.GroupZeroAllowed),
        }));
        var table = await pod.ObserveProcessesAsync(cancellationToken);
        _ = table.RequireServers();
        Report(pod.Name, NonRoot.Judge(table, Parameters.GroupZeroAllowed));
        await JudgeEachSidecarAsync(pod, sidecar => NonRoot.Judge(sidecar, Parameters.GroupZeroAllowed), cancellationToken);
    });

    [Control(
        "ID-2", 2, Requirement.Must,
        ValueKeys =
        [
            ChartValues.ContextOfContainer + "#runAsUser", ChartValues.ContextOfPod + ".runAsNonRoot",
            ChartValues.ContextOfPod + ".runAsUser", ChartValues.ContextOfPod + ".runAsGroup", ChartValues.ContextOfPod + ".fsGroup",
        ],
        Evidence =
        [
            "objects: pods[].spec.securityContext", "objects: pods[].spec.containers[].securityContext", "processes: processes[].uids",
            "processes: processes[].gids",
        ])]
    public Task Declared_identity_is_the_profiles_and_in_effect() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        var identity =
            DeclaredIdentity.From(Parameters, (await Target.ObserveAsync(ObservationKinds.Objects, cancellationToken)).Namespace);
        var table = await pod.ObserveProcessesAsync(cancellationToken);
        foreach (var server in table.RequireServers())
        {
            var (required, exact) = identity.Judge(pod.Admitted, pod.Container, server);
            Report(pod.Name, required);
            Report(pod.Name, Parameters.ExactIdentityRequired ? exact : exact.Select(judgement => judgement.AsRecommendation()));
        }

        Report(pod.Name, table.Workload.Select(process => DeclaredIdentity.JudgeGroups(process, Parameters.GroupZeroAllowed)));
        Report(pod.Name, DeclaredIdentity.JudgeTakenBack(pod.Admitted));
    });

    [Control(
        "ID-3", 2, Requirement.Must,
        ValueKeys = [ChartValues.ContextOfContainer + ".allowPrivilegeEscalation"],
        Evidence = ["objects: pods[].spec.containers[].securityContext", "processes: processes[].noNewPrivileges"])]
    public Task No_process_can_gain_privileges() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        Report(pod.Name, pod.Admitted.ListAllContainers().Select(Confinement.JudgeNoEscalation));
        await JudgeEachSidecarAsync(pod, sidecar => sidecar.JudgeEach(JudgeNoNewPrivileges), cancellationToken);
        var table = await pod.ObserveProcessesAsync(cancellationToken);
        _ = table.RequireWorkload();
        Report(pod.Name, table.JudgeEach(JudgeNoNewPrivileges));
    });

    [Control(
        "ID-4", 2, Requirement.Must,
        ValueKeys = [ChartValues.ContextOfContainer + "#add", ChartValues.ContextOfContainer + ".capabilities.drop"],
        Evidence = ["objects: pods[].spec.containers[].securityContext", "processes: processes[].capabilities"])]
    public Task Vault_has_no_capabilities_and_can_gain_none() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        Report(pod.Name, pod.Admitted.ListAllContainers()
            .SelectMany(container => Confinement.JudgeDeclaredCapabilities(container, Parameters.AllowedCapabilities)));
        await JudgeEachSidecarAsync(pod, sidecar =>
            sidecar.JudgeEach(process => Confinement.JudgeCapabilities(process, Parameters.AllowedCapabilities)), cancellationToken);
        var table = await pod.ObserveProcessesAsync(cancellationToken);
        _ = table.RequireWorkload();
        Report(pod.Name, table.JudgeEach(process => Confinement.JudgeCapabilities(process, Parameters.AllowedCapabilities)));
    });

    [Control(
        "ID-5", 2, Requirement.Must,
        ValueKeys = [ChartValues.ContextOfPod + ".seccompProfile.type", ChartValues.ContextOfContainer + "#seccompProfile"],
        Evidence =
        [
            "objects: pods[].spec.securityContext", "objects: pods[].spec.containers[].securityContext",
            "processes: processes[].seccomp", "processes: processes[].seccompFilters",
        ])]
    public Task Seccomp_filter_is_declared_and_in_effect() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        Report(pod.Name, pod.Admitted.ListAllContainers().Select(container => Confinement.JudgeDeclaredSeccomp(pod.Admitted, container)));
        Report(pod.Name, Confinement.JudgeDeclaredModule(pod.Admitted));
        if (await FindSandboxAsync(pod, cancellationToken) is { } sandbox)
        {
            Report(pod.Name, sandbox.Proven
                ? Judgement.Irrelevant("seccomp in effect", $"what a sandbox of '{sandbox.Handler}' shows is its own view")
                : Judgement.Unknown(
                    "seccomp in effect",
                    "a filter",
                    $"the runtime class names '{sandbox.Handler}', but which kernel the pod sees was not recorded"));
            return;
        }

        await JudgeEachSidecarAsync(pod, sidecar => sidecar.JudgeEach(JudgeActiveSeccomp), cancellationToken);
        var table = await pod.ObserveProcessesAsync(cancellationToken);
        _ = table.RequireWorkload();
        Report(pod.Name, table.JudgeEach(JudgeActiveSeccomp));
        Report(pod.Name, table.RequireServers().Select(Confinement.JudgeSecurityModule));
    });

    [Control(
        "ID-6", 2, Requirement.Must,
        ValueKeys =
        [
            ChartValues.ContextOfContainer + "#privileged", "server.volumes#hostPath", "server.extraPorts#hostPort",
            "server.extraContainers#privileged", "server.extraInitContainers#privileged", "server.hostNetwork", "injector.hostNetwork",
        ],
        Evidence =
        [
            "objects: pods[].spec.containers[].securityContext", "objects: pods[].spec.hostNetwork", "objects: pods[].spec.hostPID",
            "objects: pods[].spec.hostIPC", "objects: pods[].spec.containers[].ports", "objects: pods[].spec.volumes[]",
            "objects: unreadKinds",
        ])]
    public async Task No_pod_is_privileged_or_shares_with_its_host()
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        if (objects.ServerPods.Count == 0)
        {
            ConcludeInconclusive("the release has no server pod");
        }

        Report("namespace", ReleasePods.JudgeRecorded(objects));
        foreach (var pod in ReleasePods.List(objects))
        {
            Report(pod.Subject, HostSharing.Judge(pod, objects.ServerPods.Contains(pod.Pod)));
        }
    }

    [Control(
        "ID-7", 2, Requirement.Must,
        ValueKeys = ["server.image.tag", "server.image.repository"],
        Evidence = ["files: vaultVersion", "objects: pods[].spec.containers[].securityContext"])]
    public Task Image_can_be_executed_under_this_security_context() => JudgeEachServerPodAsync(async (pod, cancellationToken) =>
    {
        Report(pod.Name, Judgement.None("containers that could not be executed", StartFailures.List(pod.Admitted))
            .Saying(found => $"Containers could not be executed: {found.TrimEnd('.')}."));
        var files = await pod.ObserveAsync(ObservationKinds.Files, cancellationToken);
        Report(pod.Name, VersionCall.Judge(files.VaultVersion));
        var state = await pod.FindAsync(ObservationKinds.VaultState, cancellationToken);
        Report(pod.Name, VersionAgreement.Judge(files, state));
        Report(pod.Name, VersionAgreement.JudgeLog(await pod.FindAsync(ObservationKinds.ServerLog, cancellationToken), state));
    });

    private static IEnumerable<Judgement> JudgeNoNewPrivileges(ProcessFacts process) => [Confinement.JudgeNoNewPrivileges(process)];

    private static IEnumerable<Judgement> JudgeActiveSeccomp(ProcessFacts process) => [Confinement.JudgeActiveSeccomp(process)];

    // What is in effect counts, wherever it was seen. Where it was not, only the declaration speaks.
    private async Task JudgeEachSidecarAsync(
        ServerPod pod, Func<ProcessTable, IEnumerable<Judgement>> judge, CancellationToken cancellationToken)
    {
        foreach (var name in pod.Sidecars)
        {
            if (await pod.FindSidecarProcessesAsync(name, cancellationToken) is not { } table)
            {
                continue;
            }

            await JudgePartAsync($"{pod.Name}/{name}", () =>
            {
                _ = table.RequireInit();
                Report($"{pod.Name}/{name}", judge(table));
                return Task.CompletedTask;
            });
        }
    }
}
