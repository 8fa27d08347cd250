using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Objects;

/// <summary>Something in the namespace that is not a server and makes none.</summary>
/// <param name="Subject">Kind and name of the workload, or <c>pod/NAME</c>.</param>
/// <param name="OfRelease">True when it bears the label of the servers' release.</param>
internal sealed record Tenant(string Subject, bool OfRelease);

/// <summary>What is in the namespace beside the servers: each workload, and each pod that none of them makes.</summary>
internal static class Tenants
{
    private const string Instance = "app.kubernetes.io/instance";

    /// <summary>Everything beside the servers that the profile does not declare.</summary>
    /// <param name="objects">The objects.</param>
    /// <param name="declared">Kinds and names that the profile declares.</param>
    public static IReadOnlyList<Tenant> ListUndeclared(AdmittedObjects objects, IReadOnlyList<string> declared)
    {
        var servers = objects.ServerPods.ToHashSet();
        var releases = servers.Select(pod => FindRelease(pod.Metadata.Labels)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var workloads = Workload.List(objects);
        var made = workloads.SelectMany(workload => workload.ListPods(objects)).ToHashSet();
        var tenants = workloads.Where(workload => !workload.ListPods(objects).Any(servers.Contains))
            .Select(workload => new Tenant(workload.Subject, IsOf(workload.Template?.Metadata?.Labels)))
            .Concat(objects.Pods.Where(
                pod => !servers.Contains(pod) && !objects.IsOwn(pod) && !made.Contains(pod) && !IsMadeByJob(pod, objects))
                .Select(pod => new Tenant($"pod/{pod.Metadata.Name}", IsOf(pod.Metadata.Labels))));
        return [.. tenants.Where(tenant => !declared.Contains(tenant.Subject, StringComparer.Ordinal))];

        bool IsOf(IDictionary<string, string>? labels) => FindRelease(labels) is { } release && releases.Contains(release);
    }

    private static string? FindRelease(IDictionary<string, string>? labels) =>
        labels?.TryGetValue(Instance, out var release) == true ? release : null;

    // The workloads hold each Job, or the CronJob that it belongs to.
    private static bool IsMadeByJob(V1Pod pod, AdmittedObjects objects) => (pod.Metadata.OwnerReferences ?? []).Any(owner =>
        owner.Kind == V1Job.KubeKind && (objects.Jobs ?? []).Any(job => job.Metadata.Name == owner.Name
            && (job.Metadata.OwnerReferences ?? []).All(made => made.Kind != V1CronJob.KubeKind
                || (objects.CronJobs ?? []).Any(schedule => schedule.Metadata.Name == made.Name))));
}
