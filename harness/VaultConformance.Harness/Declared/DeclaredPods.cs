using System.Globalization;
using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Declared;

/// <summary>The pods that the workloads of a release will make, as far as rendered objects say it.</summary>
internal static class DeclaredPods
{
    // The pods of a workload are all the same: more of them say nothing more.
    private const int Most = 9;

    /// <summary>The pods of StatefulSets, of Deployments that are labelled as servers, and those that the chart renders itself.</summary>
    /// <param name="sets">The StatefulSets.</param>
    /// <param name="deployments">The Deployments.</param>
    /// <param name="pods">Pods that were rendered.</param>
    /// <exception cref="HarnessException">A workload has fewer pods than none.</exception>
    public static IReadOnlyList<V1Pod> List(
        IReadOnlyList<V1StatefulSet> sets, IReadOnlyList<V1Deployment> deployments, IReadOnlyList<V1Pod> pods) =>
    [
        .. pods,
        .. sets.SelectMany(set => Enumerable.Range(0, Count(set.Spec?.Replicas, set.Metadata)).Select(number => Create(set, number))),
        .. deployments.SelectMany(one => Enumerable.Range(0, Count(one.Spec?.Replicas, one.Metadata))
            .Select(number => Create(one.Spec!.Template, one.Metadata, FormatName(one.Metadata.Name, number)))),
    ];

    // A template is declared whatever its count; somebody scales it up later.
    private static int Count(int? replicas, V1ObjectMeta workload) => replicas is < 0
        ? throw new HarnessException(
            FailureKind.Configuration,
            $"The chart renders '{workload.Name}' with {replicas} replicas, which Kubernetes refuses. Check server.ha.replicas.")
        : Math.Clamp(replicas ?? 1, 1, Most);

    private static V1Pod Create(V1StatefulSet set, int number)
    {
        var name = FormatName(set.Metadata.Name, number);
        var pod = Create(set.Spec.Template, set.Metadata, name);
        pod.Metadata.OwnerReferences =
        [
            new V1OwnerReference { Kind = V1StatefulSet.KubeKind, Name = set.Metadata.Name, Controller = true },
        ];
        pod.Spec.Volumes =
        [
            .. pod.Spec.Volumes ?? [],
            .. (set.Spec.VolumeClaimTemplates ?? []).Select(claim => new V1Volume
            {
                Name = claim.Metadata.Name,
                PersistentVolumeClaim = new V1PersistentVolumeClaimVolumeSource { ClaimName = $"{claim.Metadata.Name}-{name}" },
            }),
        ];
        return pod;
    }

    private static V1Pod Create(V1PodTemplateSpec template, V1ObjectMeta owner, string name) => ApiDefaults.Fill(new V1Pod
    {
        Metadata = new V1ObjectMeta
        {
            Name = name,
            NamespaceProperty = owner.NamespaceProperty,
            Labels = template.Metadata?.Labels is { } labels ? new Dictionary<string, string>(labels) : null,
            Annotations = template.Metadata?.Annotations is { } annotations ? new Dictionary<string, string>(annotations) : null,
        },
        Spec = KubernetesJson.Deserialize<V1PodSpec>(KubernetesJson.Serialize(template.Spec)),
    });

    private static string FormatName(string workload, int number) => string.Create(CultureInfo.InvariantCulture, $"{workload}-{number}");
}
