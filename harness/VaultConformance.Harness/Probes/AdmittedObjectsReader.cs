using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Objects;
using VaultConformance.Harness.Secrets;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace VaultConformance.Harness.Probes;

/// <summary>Reads the objects of the release's namespace as they were admitted, and takes every secret out of them in memory.</summary>
/// <param name="client">Client for the cluster; not owned.</param>
/// <param name="redactor">Knows secrets.</param>
internal sealed class AdmittedObjectsReader(IKubernetes client, SecretRedactor redactor)
{
    private readonly ObjectSanitizer _sanitizer = new(redactor);

    /// <summary>All objects of the namespace.</summary>
    /// <exception cref="HarnessException">
    /// They could not be read, or not all of them: half of them would make controls pass that should not.
    /// </exception>
    public async Task<AdmittedObjects> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAllAsync(name, cancellationToken);
        }
        catch (HttpOperationException exception)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"The objects of namespace '{name}' could not be read: {exception.Message.TrimEnd('.')}"
                + $" ({exception.Request?.RequestUri?.AbsolutePath}). The credentials need 'list' on all kinds in the namespace.",
                exception);
        }
        catch (HttpRequestException exception)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"The API server could not be reached: {exception.Message.TrimEnd('.')}. Check the kubeconfig and the network.",
                exception);
        }
    }

    private async Task<AdmittedObjects> ReadAllAsync(string name, CancellationToken cancellationToken)
    {
        var pods = client.CoreV1.ListNamespacedPodAsync(name, cancellationToken: cancellationToken);
        var statefulSets = client.AppsV1.ListNamespacedStatefulSetAsync(name, cancellationToken: cancellationToken);
        var deployments = client.AppsV1.ListNamespacedDeploymentAsync(name, cancellationToken: cancellationToken);
        var daemonSets = client.AppsV1.ListNamespacedDaemonSetAsync(name, cancellationToken: cancellationToken);
        var services = client.CoreV1.ListNamespacedServiceAsync(name, cancellationToken: cancellationToken);
        var configMaps = client.CoreV1.ListNamespacedConfigMapAsync(name, cancellationToken: cancellationToken);
        var secrets = client.CoreV1.ListNamespacedSecretAsync(name, cancellationToken: cancellationToken);
        var claims = client.CoreV1.ListNamespacedPersistentVolumeClaimAsync(name, cancellationToken: cancellationToken);
        var accounts = client.CoreV1.ListNamespacedServiceAccountAsync(name, cancellationToken: cancellationToken);
        var ingresses = client.NetworkingV1.ListNamespacedIngressAsync(name, cancellationToken: cancellationToken);
        var events = client.CoreV1.ListNamespacedEventAsync(name, cancellationToken: cancellationToken);
        var entries = new RouteReader(client, redactor).ReadAsync(name, cancellationToken);
        var classes = ListIngressClassesAsync(cancellationToken);
        var webhooks = new WebhookReader(client).ReadAsync(name, cancellationToken);
        var owner = FindNamespaceAsync(name, cancellationToken);
        var places = new UnsealMaterialPlaces();
        var further = new FurtherWorkloadsReader(client, _sanitizer, places).ReadAsync(name, cancellationToken);
        await Task.WhenAll(
            pods,
            statefulSets,
            deployments,
            daemonSets,
            services,
            configMaps,
            secrets,
            claims,
            accounts,
            ingresses,
            events,
            entries,
            classes,
            webhooks,
            owner,
            further);
        var workloads = await further;
        places.AddMaps((await configMaps).Items);
        places.AddAll((await pods).Items, string.Empty, pod => pod.Spec);
        places.AddAll((await statefulSets).Items, "statefulset/", workload => workload.Spec?.Template?.Spec);
        places.AddAll((await deployments).Items, "deployment/", workload => workload.Spec?.Template?.Spec);
        places.AddAll((await daemonSets).Items, "daemonset/", workload => workload.Spec?.Template?.Spec);
        return new AdmittedObjects(
            await owner,
            _sanitizer.SanitizePods((await pods).Items),
            _sanitizer.SanitizeWorkloads((await statefulSets).Items, workload => workload.Spec?.Template),
            _sanitizer.SanitizeWorkloads((await deployments).Items, workload => workload.Spec?.Template),
            _sanitizer.SanitizeWorkloads((await daemonSets).Items, workload => workload.Spec?.Template),
            _sanitizer.SanitizePlain((await services).Items),
            _sanitizer.SanitizeConfigMaps((await configMaps).Items),
            [.. (await secrets).Items.Select(SecretReader.Reduce).OrderBy(secret => secret.Name, StringComparer.Ordinal)],
            _sanitizer.SanitizePlain((await claims).Items),
            _sanitizer.SanitizePlain((await accounts).Items),
            _sanitizer.SanitizePlain((await ingresses).Items),
            (await entries).Routes,
            _sanitizer.SanitizeEvents((await events).Items),
            await classes,
            (await entries).Gateways,
            (await entries).UnreadKinds)
        {
            UnsealMaterial = places.All,
            ReplicaSets = workloads.ReplicaSets,
            ReplicationControllers = workloads.ReplicationControllers,
            PodTemplates = workloads.PodTemplates,
            Jobs = workloads.Jobs,
            CronJobs = workloads.CronJobs,
            RuntimeClasses = workloads.RuntimeClasses,
            DisruptionBudgets = workloads.DisruptionBudgets,
            NetworkPolicies = workloads.NetworkPolicies,
            Webhooks = await webhooks,
        };
    }

    /// <summary>Who serves Ingresses is the cluster's affair, and an owner of a namespace may not be allowed to read it.</summary>
    private async Task<IReadOnlyList<V1IngressClass>?> ListIngressClassesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _sanitizer.SanitizePlain((await client.NetworkingV1.ListIngressClassAsync(cancellationToken: cancellationToken)).Items);
        }
        catch (HttpOperationException exception)
            when (exception.Response?.StatusCode is System.Net.HttpStatusCode.Forbidden or System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Reading a namespace is a cluster-wide permission that an owner of the namespace may lack.</summary>
    private async Task<V1Namespace?> FindNamespaceAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var found = await client.CoreV1.ReadNamespaceAsync(name, cancellationToken: cancellationToken);
            return _sanitizer.SanitizePlain([found])[0];
        }
        catch (HttpOperationException exception) when (exception.Response?.StatusCode == System.Net.HttpStatusCode.Forbidden)
        {
            return null;
        }
    }
}

/// <summary>Takes the objects of the namespace.</summary>
/// <param name="context">The live system.</param>
internal sealed class ObjectsProbe(ProbeContext context) : IProbe<AdmittedObjects>
{
    /// <inheritdoc />
    public ObservationKind<AdmittedObjects> Kind => ObservationKinds.Objects;

    /// <inheritdoc />
    public async Task<AdmittedObjects> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var objects = await new AdmittedObjectsReader(context.Client, context.Redactor).ReadAsync(context.Namespace, cancellationToken);
        return objects with { OwnPods = [.. objects.Pods.Where(IsOwn).Select(pod => pod.Metadata.Name)] };
    }

    // Nobody else knows the id of this run.
    private bool IsOwn(V1Pod pod) => context.RunId.Length > 0
        && pod.Metadata.Labels?.TryGetValue(RunLabels.Run, out var run) == true && run == context.RunId;
}
