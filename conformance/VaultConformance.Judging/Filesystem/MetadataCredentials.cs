using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using VaultConformance.Judging.Subjects;
using k8s;
using k8s.Models;

namespace VaultConformance.Judging.Filesystem;

/// <summary>Credentials in annotations and labels, which everybody may read who may list the objects.</summary>
public static class MetadataCredentials
{
    /// <summary>Judges every object that was read.</summary>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<Judgement> Judge(AdmittedObjects objects) =>
        PlainCredentials.Judge("credentials in annotations and labels", ListEntries(objects)
            .Select(entry => ($"{entry.Key} of {entry.Subject}", Credentials.TraceInMetadata(entry.Key, entry.Value))).Distinct());

    /// <summary>Every annotation and every label of every object that was read, templates of pods included.</summary>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<(string Subject, string Key, string Value)> ListEntries(AdmittedObjects objects) => ListHolders(objects)
        .SelectMany(holder => (holder.Metadata?.Annotations ?? new Dictionary<string, string>())
            .Concat(holder.Metadata?.Labels ?? new Dictionary<string, string>())
            .Select(entry => (holder.Subject, entry.Key, entry.Value)));

    private static IEnumerable<(string Subject, V1ObjectMeta? Metadata)> ListHolders(AdmittedObjects objects)
    {
        IEnumerable<IKubernetesObject<V1ObjectMeta>> all =
        [
            .. objects.Pods, .. objects.StatefulSets, .. objects.Deployments, .. objects.DaemonSets, .. objects.Services,
            .. objects.ConfigMaps, .. objects.PersistentVolumeClaims,
            .. objects.ServiceAccounts, .. objects.Ingresses, .. objects.Jobs ?? [], .. objects.CronJobs ?? [],
            .. objects.ReplicaSets ?? [], .. objects.ReplicationControllers ?? [], .. objects.PodTemplates ?? [],
        ];
        return all.Select(item => ($"{item.Kind ?? item.GetType().Name[2..]} {item.Metadata.Name}", (V1ObjectMeta?)item.Metadata))
            .Concat(Workload.List(objects).Select(workload => ($"template of {workload.Subject}", workload.Template?.Metadata)));
    }
}
