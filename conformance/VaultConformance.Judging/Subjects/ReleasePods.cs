using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.Subjects;

/// <summary>A pod that exists, or that a workload declares and that does not exist yet.</summary>
/// <param name="Subject">Name of the pod, or kind and name of the workload.</param>
/// <param name="Pod">The pod; for a declaration one made of the template.</param>
/// <param name="Owner">Kind of what makes it; null when nothing does.</param>
public sealed record ReleasePod(string Subject, V1Pod Pod, string? Owner);

/// <summary>Every pod of the release: servers, injector, CSI provider, jobs and whatever else is in its namespace.</summary>
public static class ReleasePods
{
    /// <summary>All pods that exist, and the template of every workload that has fewer pods than it may make.</summary>
    /// <param name="objects">The objects.</param>
    public static IReadOnlyList<ReleasePod> List(AdmittedObjects objects)
    {
        var workloads = Workload.List(objects);
        return
        [
            .. objects.Pods.Select(
                pod => new ReleasePod(pod.Metadata.Name, pod, workloads.FirstOrDefault(workload => workload.Owns(pod))?.Kind)),
            .. workloads.Where(
                workload => workload.Template?.Spec is not null && workload.ListPods(objects).Count < Math.Max(1, workload.Desired ?? 1))
                .Select(FromDeclaration),
        ];
    }

    /// <summary>Whether every kind of workload was read; nothing when it was.</summary>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<Judgement> JudgeRecorded(AdmittedObjects objects)
    {
        (string Kind, bool Known)[] kinds =
        [
            ("ReplicaSets", objects.ReplicaSets is not null), ("Jobs", objects.Jobs is not null),
            ("CronJobs", objects.CronJobs is not null),
            ("ReplicationControllers", objects.ReplicationControllers is not null), ("PodTemplates", objects.PodTemplates is not null),
        ];
        var unknown = kinds.Where(kind => !kind.Known).Select(kind => kind.Kind).ToList();
        if (unknown.Count > 0)
        {
            yield return Judgement.Unknown("kinds of workloads that were not read", "none", string.Join(", ", unknown));
        }
    }

    private static ReleasePod FromDeclaration(Workload workload) => new(
        workload.Subject,
        new V1Pod
        {
            Metadata = new V1ObjectMeta { Name = workload.Subject, Labels = workload.Template!.Metadata?.Labels },
            Spec = workload.Template.Spec
        },
        workload.Kind);
}
