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
        var budgets = ListBudgetsAsync(name, cancellationToken);
        var policies = ReadUnlessRefusedAsync(
            () => client.NetworkingV1.ListNamespacedNetworkPolicyAsync(name, cancellationToken: cancellationToken),
            new V1NetworkPolicyList { Items = [] });
        await Task.WhenAll(replicaSets, jobs, cronJobs, classes, controllers, templates, budgets, policies);
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
            NetworkPolicies = await policies is { } rules ? sanitizer.SanitizePlain(rules.Items) : null,
            DisruptionBudgets = await budgets is { } list ? sanitizer.SanitizePlain(list.Items) : null,
            PodTemplates = sanitizer.SanitizeWorkloads((await templates).Items, template => template.Template),
        };
    }

    private Task<V1CronJobList?> ListCronJobsAsync(string name, CancellationToken cancellationToken) => ListOfEitherAsync(
        () => client.BatchV1.ListNamespacedCronJobAsync(name, cancellationToken: cancellationToken),
        "batch", "cronjobs", name, new V1CronJobList { Items = [] }, cancellationToken);

    private Task<V1PodDisruptionBudgetList?> ListBudgetsAsync(string name, CancellationToken cancellationToken) => ListOfEitherAsync(
        () => client.PolicyV1.ListNamespacedPodDisruptionBudgetAsync(name, cancellationToken: cancellationToken),
        "policy", "poddisruptionbudgets", name, new V1PodDisruptionBudgetList { Items = [] }, cancellationToken);

    // Clusters before 1.21 have these kinds in an older version of the same shape.
    private async Task<T?> ListOfEitherAsync<T>(
        Func<Task<T>> read, string group, string plural, string name, T none, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (HttpOperationException exception) when (exception.Response?.StatusCode == HttpStatusCode.NotFound)
        {
            var list = await ReadUnlessRefusedAsync<object>(
                () => client.CustomObjects.ListNamespacedCustomObjectAsync(
                    group, "v1beta1", name, plural, cancellationToken: cancellationToken), none);
            return list as T ?? (list is null ? null : KubernetesJson.Deserialize<T>(KubernetesJson.Serialize(list)));
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
    public IReadOnlyList<V1PodDisruptionBudget>? DisruptionBudgets { get; init; }

    public IReadOnlyList<V1NetworkPolicy>? NetworkPolicies { get; init; }

    public IReadOnlyList<V1ReplicationController> ReplicationControllers { get; init; } = [];

    public IReadOnlyList<V1PodTemplate> PodTemplates { get; init; } = [];
}
