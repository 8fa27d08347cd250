using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Objects;
using VaultConformance.Judging.PodSecurity;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>What the servers are towards Kubernetes: identity, rights and the objects around them.</summary>
[Family]
public sealed class KubernetesControls : ControlFixture
{
    [Control(
        "K8S-1", 1, Requirement.Should,
        ValueKeys =
        [
            ChartValues.ContextOfContainer, ChartValues.ContextOfPod, "server.hostNetwork", "server.volumes", "server.extraPorts#hostPort",
            "server.extraContainers", "server.extraInitContainers", "injector.securityContext.container", "injector.securityContext.pod",
        ],
        Evidence =
        [
            "objects: pods[].spec.securityContext", "objects: pods[].spec.containers[].securityContext", "objects: namespace",
            "pod-security: warnings[]", "pod-security: enforced",
        ])]
    public async Task Pods_are_admissible_under_restricted_and_the_namespace_enforces_it()
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        await JudgeEachServerPodAsync((_, _) => Task.CompletedTask);
        Report("namespace", ReleasePods.JudgeRecorded(objects));
        var standard = RestrictedStandard.Of((await Target.FindAsync(ObservationKinds.Cluster, Cancellation))?.ServerVersion);
        var admissibility =
            new Admissibility(objects, standard, await Target.FindAsync(ObservationKinds.PodSecurity, Cancellation));
        foreach (var (subject, judgement) in admissibility.Judge())
        {
            Report(subject, judgement);
        }

        Report("namespace", admissibility.JudgeAnswer());
        await JudgePartAsync("namespace", async () => Report("namespace", new Enforcement(
            objects.Namespace, await Target.ObserveAsync(ObservationKinds.PodSecurity, Cancellation)).Judge()));
    }

    [Control(
        "K8S-2", 1, Requirement.Should,
        ValueKeys = ["server.tolerations", "server.nodeSelector"],
        Evidence = ["tenancy: nodes[].pods[]", "tenancy: nodes[].taints", "objects: namespace"])]
    public async Task Servers_have_a_namespace_and_nodes_of_their_own()
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        var tenancy = new Tenancy(objects, Parameters);
        if ((await Target.ObserveAsync(ObservationKinds.Cluster, Cancellation)).WasMadeForRun)
        {
            Report("namespace", tenancy.JudgeNamespace().Where(judgement => judgement.Outcome != Outcome.Passed));
            DoesNotApply("nodes", "who shares them", "the cluster was made for this run; a cluster of yours shows it (--kubeconfig)");
            return;
        }

        await JudgeEachServerPodAsync((_, _) => Task.CompletedTask);
        Report("namespace", tenancy.JudgeNamespace());
        Report("nodes", tenancy.JudgeNodes(await Target.ObserveAsync(ObservationKinds.Tenancy, Cancellation)));
    }

    [Control(
        "K8S-3", 1, Requirement.Must,
        ValueKeys = ["server.serviceAccount.createSecret", "server.serviceAccount.create", "server.serviceAccount.name"],
        Evidence = ["objects: pods[].spec.serviceAccountName", "objects: secrets[].serviceAccount", "objects: pods[].spec.volumes[]"])]
    public async Task Servers_have_an_account_of_their_own_and_only_tokens_that_expire()
    {
        await JudgeEachServerPodAsync(async (pod, cancellationToken) => Report(
            pod.Name, AccountTokens.JudgeServer(pod.Admitted, await Target.ObserveAsync(ObservationKinds.Objects, cancellationToken))));
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        var ofServers = Workload.List(objects).Where(workload => workload.ListPods(objects).Any(objects.ServerPods.Contains))
            .Select(workload => workload.Subject).ToHashSet(StringComparer.Ordinal);
        foreach (var other in ReleasePods.List(objects)
            .Where(pod => !objects.ServerPods.Contains(pod.Pod) && !ofServers.Contains(pod.Subject)))
        {
            Report(other.Subject, AccountTokens.JudgeOther(other.Pod, objects));
        }
    }

    [Control(
        "K8S-4", 1, Requirement.Must,
        ValueKeys = ["server.authDelegator.enabled", "server.serviceAccount.serviceDiscovery.enabled"],
        Evidence = ["rbac: source", "rbac: accounts[].scopes[]", "rbac: accounts[].gaps"])]
    public Task Servers_may_do_only_what_they_need() => JudgeEachServerPodAsync(async (pod, cancellationToken) => Report(
        pod.Name,
        ServerRights.Judge(
            pod.Admitted.Spec.ServiceAccountName,
            await Target.ObserveAsync(ObservationKinds.Rbac, cancellationToken),
            Parameters.KubernetesAuth)));

    [Control(
        "K8S-5", 1, Requirement.Should,
        ValueKeys =
        [
            "server.image.tag", "injector.enabled", "injector.image.tag", "injector.agentImage.tag", "csi.enabled",
            "server.extraContainers#image", "server.extraInitContainers#image",
        ],
        Evidence = ["objects: pods[].spec.containers[].image", "objects: webhooks[]"])]
    public async Task Release_brings_only_what_is_declared_from_images_that_cannot_change()
    {
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        await JudgeEachServerPodAsync((_, _) => Task.CompletedTask);
        Report("namespace", ReleasePods.JudgeRecorded(objects));
        Report("release", Footprint.Judge(objects, Parameters));
        Report("release", UsedImages.Judge(
            objects, Parameters.ImageRegistries, await Target.FindAsync(ObservationKinds.Release, Cancellation)));
    }

    [Control(
        "K8S-6", 1, Requirement.Should,
        Evidence = ["access: grants[].subject", "access: otherAuthorizers", "cluster: kind"])]
    public async Task Secrets_are_encrypted_at_rest_and_nobody_undeclared_reaches_into_the_pods()
    {
        await JudgeEachServerPodAsync((_, _) => Task.CompletedTask);
        await JudgePartAsync("cluster", async () => Report("cluster", SecretsAtRest.Judge(
            await Target.ObserveAsync(ObservationKinds.Cluster, Cancellation), Parameters.SecretsEncryptionAttestation)));
        var objects = await Target.ObserveAsync(ObservationKinds.Objects, Cancellation);
        Report(
            "namespace",
            PodAccess.Judge(await Target.ObserveAsync(ObservationKinds.Access, Cancellation), objects, Parameters.DeclaredAccess));
    }
}
