using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.PodSecurity;

/// <summary>A pod that admission has to let in.</summary>
/// <param name="Subject">Name of the pod, or kind and name of the workload.</param>
/// <param name="Pod">The pod; for a declaration one made of the template.</param>
/// <param name="Exists">False for a pod that is only declared, which the API server cannot be asked about.</param>
internal sealed record JudgedPod(string Subject, V1Pod Pod, bool Exists);

/// <summary>
/// Every pod of the release, whatever its phase, and the template of everything that may make others: because some are missing, or because
/// those that run were made of an older one.
/// </summary>
internal static class JudgedPods
{
    /// <summary>The pods. Those that the run itself made are not among them.</summary>
    /// <param name="objects">The objects.</param>
    public static IReadOnlyList<JudgedPod> List(AdmittedObjects objects)
    {
        var listed = ReleasePods.List(objects).Where(pod => !objects.IsOwn(pod.Pod))
            .Select(pod => new JudgedPod(pod.Subject, pod.Pod, objects.Pods.Contains(pod.Pod))).ToList();
        var outdated = ListOutdated(objects).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. listed.Where(pod => pod.Exists),
            .. Workload.List(objects)
                .Where(workload => workload.Template?.Spec is not null
                    && (outdated.Contains(workload.Subject) || listed.Exists(pod => !pod.Exists && pod.Subject == workload.Subject)))
                .Select(FromTemplate),
        ];
    }

    private static JudgedPod FromTemplate(Workload workload) => new(
        workload.Subject,
        new V1Pod
        {
            Metadata = new V1ObjectMeta
            {
                Name = workload.Subject,
                Labels = workload.Template!.Metadata?.Labels,
                Annotations = workload.Template.Metadata?.Annotations,
            },
            Spec = workload.Template.Spec,
        },
        false);

    // Pods that were made of an older template are replaced one day: servers whose update strategy is OnDelete at the next restart.
    private static IEnumerable<string> ListOutdated(AdmittedObjects objects) =>
    [
        .. objects.StatefulSets.Where(set => set.Status?.UpdateRevision is { Length: > 0 }
                && (set.Status.UpdatedReplicas ?? 0) < set.Status.Replicas)
            .Select(set => Name(V1StatefulSet.KubeKind, set.Metadata)),
        .. objects.Deployments.Where(set => set.Status is { } status && (status.UpdatedReplicas ?? 0) < (status.Replicas ?? 0))
            .Select(set => Name(V1Deployment.KubeKind, set.Metadata)),
        .. objects.DaemonSets.Where(set => set.Status is { } status
                && (status.UpdatedNumberScheduled ?? 0) < status.CurrentNumberScheduled)
            .Select(set => Name(V1DaemonSet.KubeKind, set.Metadata)),
    ];

    private static string Name(string kind, V1ObjectMeta metadata) => $"{kind.ToLowerInvariant()}/{metadata.Name}";
}
