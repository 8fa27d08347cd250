using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes;

/// <summary>Takes what else runs on the nodes of the servers.</summary>
/// <param name="client">Client for the cluster; not owned.</param>
/// <param name="listServers">Lists the server pods.</param>
/// <param name="runId">Id of the run, whose own pod in the second namespace shares nothing with the servers; null outside a run.</param>
internal sealed class TenancyProbe(
    IKubernetes client, Func<CancellationToken, Task<IReadOnlyList<V1Pod>>> listServers, string? runId = null) : IProbe<TenancyFacts>
{
    private static readonly string[] Topology = ["kubernetes.io/hostname", "topology.kubernetes.io/region", "topology.kubernetes.io/zone"];

    /// <summary>Looks at the nodes of a live system.</summary>
    /// <param name="context">The live system.</param>
    [Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructor]
    public TenancyProbe(ProbeContext context)
        : this(
            context.Client,
            async cancellationToken => (await context.ObserveObjectsAsync(cancellationToken)).ServerPods,
            context.RunId)
    {
    }

    /// <inheritdoc />
    public ObservationKind<TenancyFacts> Kind => ObservationKinds.Tenancy;

    /// <inheritdoc />
    public async Task<TenancyFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var names = (await listServers(cancellationToken)).Select(pod => pod.Spec.NodeName)
            .Where(name => !string.IsNullOrEmpty(name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        try
        {
            List<TenancyNode> nodes = [];
            foreach (var name in names)
            {
                nodes.Add(await ReadAsync(name, cancellationToken));
            }

            return new TenancyFacts(nodes);
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"What else runs on the servers' nodes could not be determined: {ApiFailure.DescribeReason(exception)}. The credentials "
                + "need 'list' on pods of all namespaces.",
                exception);
        }
    }

    private async Task<TenancyNode> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var pods = await client.CoreV1.ListPodForAllNamespacesAsync(
            fieldSelector: $"spec.nodeName={name}", cancellationToken: cancellationToken);
        var node = await FindAsync(name, cancellationToken);
        return new TenancyNode(
            name,
            node is null ? null : [.. (node.Spec?.Taints ?? []).Select(taint => $"{taint.Key}={taint.Value}:{taint.Effect}")],
            node is null ? null : Topology.Where(key => node.Metadata.Labels?.ContainsKey(key) == true)
                .ToDictionary(key => key, key => node.Metadata.Labels[key], StringComparer.Ordinal),
            [
                .. pods.Items.Where(pod => pod.Status?.Phase is not ("Succeeded" or "Failed") && !IsOwn(pod)).Select(pod => new TenancyPod(
                    pod.Metadata.NamespaceProperty,
                    pod.Metadata.Name,
                    (pod.Metadata.OwnerReferences ?? []).FirstOrDefault(owner => owner.Controller == true)?.Kind))
                    .OrderBy(pod => pod.Namespace, StringComparer.Ordinal).ThenBy(pod => pod.Name, StringComparer.Ordinal),
            ]);
    }

    private bool IsOwn(V1Pod pod) => runId is { Length: > 0 }
        && pod.Metadata.Labels?.TryGetValue(RunLabels.Run, out var run) == true && run == runId;

    private async Task<V1Node?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await client.CoreV1.ReadNodeAsync(name, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException exception)
            when (exception.Response?.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
