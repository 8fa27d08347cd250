using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Objects;
using VaultConformance.Judging.Subjects;
using VaultConformance.Reporting.Model;

namespace VaultConformance.Controls;

/// <summary>What the servers are towards Kubernetes: identity, rights and the objects around them.</summary>
[Family]
public sealed class KubernetesControls : ControlFixture
{
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
}
