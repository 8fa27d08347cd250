using VaultConformance.Harness.Observations;
using k8s;
using k8s.Models;

namespace VaultConformance.Judging.Subjects;

/// <summary>Something that makes pods.</summary>
/// <param name="Kind">For example <c>StatefulSet</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Desired">How many pods it wants; null when the cluster decides.</param>
/// <param name="Selector">What its pods are selected by; null when they are told by their owner only.</param>
/// <param name="Template">What its pods look like.</param>
internal sealed record Workload(string Kind, string Name, int? Desired, V1LabelSelector? Selector, V1PodTemplateSpec? Template)
{
    /// <summary>Kind and name, as subject of findings.</summary>
    public string Subject => $"{Kind.ToLowerInvariant()}/{Name}";

    /// <summary>Every workload of the namespace. Those that another one owns are not listed twice.</summary>
    /// <param name="objects">The objects.</param>
    public static IReadOnlyList<Workload> List(AdmittedObjects objects) =>
    [
        .. objects.StatefulSets.Select(set =>
            new Workload(V1StatefulSet.KubeKind, set.Metadata.Name, set.Spec?.Replicas ?? 1, set.Spec?.Selector, set.Spec?.Template)),
        .. objects.Deployments.Select(
            set => new Workload(V1Deployment.KubeKind, set.Metadata.Name, set.Spec?.Replicas ?? 1, set.Spec?.Selector, set.Spec?.Template)),
        .. objects.DaemonSets.Select(set => new Workload(
            V1DaemonSet.KubeKind, set.Metadata.Name, set.Status?.DesiredNumberScheduled, set.Spec?.Selector, set.Spec?.Template)),
        .. (objects.ReplicaSets ?? []).Where(IsOnItsOwn).Select(set => new Workload(
            V1ReplicaSet.KubeKind, set.Metadata.Name, set.Spec?.Replicas ?? 1, set.Spec?.Selector, set.Spec?.Template)),
        .. (objects.Jobs ?? [])
            .Where(IsOnItsOwn)
            .Select(job => new Workload(V1Job.KubeKind, job.Metadata.Name, null, job.Spec?.Selector, job.Spec?.Template)),
        .. (objects.ReplicationControllers ?? []).Select(set => new Workload(
            V1ReplicationController.KubeKind, set.Metadata.Name, set.Spec?.Replicas
                ?? 1, new V1LabelSelector { MatchLabels = set.Spec?.Selector }, set.Spec?.Template)),
        .. (objects.PodTemplates ?? [])
            .Select(template => new Workload(V1PodTemplate.KubeKind, template.Metadata.Name, 0, null, template.Template)),
        .. (objects.CronJobs ?? [])
            .Select(job => new Workload(V1CronJob.KubeKind, job.Metadata.Name, null, null, job.Spec?.JobTemplate?.Spec?.Template)),
    ];

    /// <summary>Its pods among those of the namespace: by selector, as the controllers tell them.</summary>
    /// <param name="objects">The objects.</param>
    public IReadOnlyList<V1Pod> ListPods(AdmittedObjects objects) => [.. objects.Pods.Where(Owns)];

    /// <summary>True when the pod is one of its pods.</summary>
    /// <param name="pod">A pod.</param>
    public bool Owns(V1Pod pod) =>
        Selector is { MatchLabels: { Count: > 0 } labels, MatchExpressions: null or { Count: 0 } }
        && labels.All(label => pod.Metadata.Labels?.TryGetValue(label.Key, out var value) == true && value == label.Value)
        && (pod.Metadata.OwnerReferences is not { Count: > 0 } owners || owners.Any(IsOwner));

    // The pods of a Deployment belong to one of its ReplicaSets.
    private bool IsOwner(V1OwnerReference owner) =>
        Kind == V1Deployment.KubeKind ? owner.Kind == V1ReplicaSet.KubeKind : owner.Kind == Kind && owner.Name == Name;

    // What something owns that is not read here, is checked itself.
    private static bool IsOnItsOwn(IKubernetesObject<V1ObjectMeta> workload) =>
        !(workload.Metadata.OwnerReferences ?? []).Any(owner => owner.Kind is V1Deployment.KubeKind or V1CronJob.KubeKind);
}
