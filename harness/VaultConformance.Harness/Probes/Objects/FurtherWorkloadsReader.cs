using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>
/// Reads the workloads beside those of the chart that can make pods, and the runtime classes that decide under which kernel pods run.
/// </summary>
/// <param name="client">Client for the cluster; not owned.</param>
/// <param name="sanitizer">Takes secrets out.</param>
/// <param name="places">Learns where keys stood.</param>
internal sealed class FurtherWorkloadsReader(IKubernetes client, ObjectSanitizer sanitizer, UnsealMaterialPlaces places)
{
    /// <summary>All of the namespace.</summary>
    /// <param name="name">The namespace.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<FurtherWorkloads> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var replicaSets = client.AppsV1.ListNamespacedReplicaSetAsync(name, cancellationToken: cancellationToken);
        var jobs = client.BatchV1.ListNamespacedJobAsync(name, cancellationToken: cancellationToken);
        var cronJobs = ListCronJobsAsync(name, cancellationToken);
        var classes = ReadUnlessRefusedAsync(
            () => client.NodeV1.ListRuntimeClassAsync(cancellationToken: cancellationToken), new V1RuntimeClassList { Items = [] });
        var controllers = client.CoreV1.ListNamespacedReplicationControllerAsync(name, cancellationToken: cancellationToken);
        var templates = client.CoreV1.ListNamespacedPodTemplateAsync(name, cancellationToken: cancellationToken);
        await Task.WhenAll(replicaSets, jobs, cronJobs, classes, controllers, templates);
        places.AddAll((await controllers).Items, "replicationcontroller/", workload => workload.Spec?.Template?.Spec);
        places.AddAll((await templates).Items, "podtemplate/", template => template.Template?.Spec);
        places.AddAll((await replicaSets).Items, "replicaset/", workload => workload.Spec?.Template?.Spec);
        places.AddAll((await jobs).Items, "job/", workload => workload.Spec?.Template?.Spec);
        places.AddAll((await cronJobs)?.Items ?? [], "cronjob/", workload => workload.Spec?.JobTemplate?.Spec?.Template?.Spec);
        return new FurtherWorkloads(
            sanitizer.SanitizeWorkloads((await replicaSets).Items, workload => workload.Spec?.Template),
            sanitizer.SanitizeWorkloads((await jobs).Items, workload => workload.Spec?.Template),
            await cronJobs is { } scheduled
                ? sanitizer.SanitizeWorkloads(scheduled.Items, workload => workload.Spec?.JobTemplate?.Spec?.Template)
                : null,
            await classes is { } known ? sanitizer.SanitizePlain(known.Items) : null)
        {
            ReplicationControllers = sanitizer.SanitizeWorkloads((await controllers).Items, workload => workload.Spec?.Template),
            PodTemplates = sanitizer.SanitizeWorkloads((await templates).Items, template => template.Template),
        };
    }

    // Clusters before 1.21 have the kind in an older version of the same shape.
    private async Task<V1CronJobList?> ListCronJobsAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await client.BatchV1.ListNamespacedCronJobAsync(name, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response?.StatusCode == HttpStatusCode.NotFound)
        {
            var list = await ReadUnlessRefusedAsync<object>(
                () => client.CustomObjects.ListNamespacedCustomObjectAsync(
                    "batch", "v1beta1", name, "cronjobs", cancellationToken: cancellationToken), new V1CronJobList { Items = [] });
            return list as V1CronJobList
                ?? (list is null ? null : KubernetesJson.Deserialize<V1CronJobList>(KubernetesJson.Serialize(list)));
        }
        catch (HttpOperationException exception) when (exception.Response?.StatusCode == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    // A cluster that does not serve the kind has none; where reading it across the cluster is forbidden, it is not known.
    private static async Task<T?> ReadUnlessRefusedAsync<T>(Func<Task<T>> read, T none)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (HttpOperationException exception)
            when (exception.Response?.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
        {
            return exception.Response.StatusCode == HttpStatusCode.NotFound ? none : null;
        }
    }
}

/// <summary>What was read; null for what is not known.</summary>
internal sealed record FurtherWorkloads(
    IReadOnlyList<V1ReplicaSet> ReplicaSets,
    IReadOnlyList<V1Job> Jobs,
    IReadOnlyList<V1CronJob>? CronJobs,
    IReadOnlyList<V1RuntimeClass>? RuntimeClasses)
{
    public IReadOnlyList<V1ReplicationController> ReplicationControllers { get; init; } = [];

    public IReadOnlyList<V1PodTemplate> PodTemplates { get; init; } = [];
}
