using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>No container is admitted without an image: those that a test says nothing of get one that cannot change.</summary>
internal static class PinnedImages
{
    public static readonly string Digest = $"sha256:{new string('a', 64)}";
    public static readonly string Pinned = $"hashicorp/vault:2.0.4@{Digest}";

    public static AdmittedObjects WithImages(this AdmittedObjects objects)
    {
        foreach (var specification in objects.Pods.Select(pod => pod.Spec)
            .Concat(objects.StatefulSets.Select(set => set.Spec?.Template?.Spec))
            .Concat(objects.Deployments.Select(set => set.Spec?.Template?.Spec))
            .Concat(objects.DaemonSets.Select(set => set.Spec?.Template?.Spec))
            .Concat((objects.Jobs ?? []).Select(job => job.Spec?.Template?.Spec))
            .Concat((objects.CronJobs ?? []).Select(job => job.Spec?.JobTemplate?.Spec?.Template?.Spec))
            .Concat((objects.ReplicaSets ?? []).Select(set => set.Spec?.Template?.Spec))
            .Concat((objects.ReplicationControllers ?? []).Select(set => set.Spec?.Template?.Spec))
            .Concat((objects.PodTemplates ?? []).Select(template => template.Template?.Spec)))
        {
            Fill(specification);
        }

        return objects;
    }

    private static void Fill(V1PodSpec? specification)
    {
        foreach (var container in (specification?.InitContainers ?? []).Concat(specification?.Containers ?? []))
        {
            container.Image ??= Pinned;
        }

        foreach (var container in specification?.EphemeralContainers ?? [])
        {
            container.Image ??= Pinned;
        }
    }
}
