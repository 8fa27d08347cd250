using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.DependencyInjection;
using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Cluster;

namespace VaultConformance.Harness.Probes;

/// <summary>
/// Looks at the cluster: version, nodes, and what it can do, each with the reason. Needs no release; works with Kubernetes 1.20 and newer.
/// </summary>
/// <param name="client">Client for the cluster; not owned.</param>
/// <param name="kind">See <see cref="ClusterFacts.Kind"/>.</param>
/// <param name="nodeSettings">See <see cref="ClusterFacts.NodeSettings"/>.</param>
internal sealed class ClusterFactsProbe(IKubernetes client, string kind, IReadOnlyList<string> nodeSettings) : IProbe<ClusterFacts>
{
    private const string DefaultClass = "storageclass.kubernetes.io/is-default-class";

    /// <summary>Looks at the cluster of a live system.</summary>
    /// <param name="context">The live system.</param>
    [ActivatorUtilitiesConstructor]
    public ClusterFactsProbe(ProbeContext context)
        : this(context.Client, context.ClusterKind, context.NodeSettings)
    {
    }

    /// <inheritdoc />
    public ObservationKind<ClusterFacts> Kind => ObservationKinds.Cluster;

    /// <inheritdoc />
    public async Task<ClusterFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is HttpOperationException or HttpRequestException)
        {
            throw new HarnessException(
                FailureKind.Environment, $"The cluster could not be checked: {ApiFailure.DescribeReason(exception)}. Check the "
                    + "kubeconfig, what its credentials may do, and the network.", exception);
        }
    }

    private async Task<ClusterFacts> ReadAsync(CancellationToken cancellationToken)
    {
        var version = client.Version.GetCodeAsync(cancellationToken);
        var groups = client.Apis.GetAPIVersionsAsync(cancellationToken);
        var core = client.CoreV1.GetAPIResourcesAsync(cancellationToken);
        var nodes = ListIfAllowedAsync(async () => (await client.CoreV1.ListNodeAsync(cancellationToken: cancellationToken)).Items);
        var daemons = ListIfAllowedAsync(
            async () => (await client.AppsV1.ListDaemonSetForAllNamespacesAsync(cancellationToken: cancellationToken)).Items);
        var classes =
            ListIfAllowedAsync(async () => (await client.StorageV1.ListStorageClassAsync(cancellationToken: cancellationToken)).Items);
        var apply = new ServerSideApplyCheck(client).TryAsync(cancellationToken);
        await Task.WhenAll(version, groups, core, nodes, daemons, classes, apply);
        var seen = new ClusterSighting(
            kind, KubernetesVersion.Parse(
                (await version).GitVersion), (await groups).Groups, (await core).Resources, await nodes, await daemons, await apply);
        return new ClusterFacts(
            kind,
            (await version).GitVersion,
            [.. (await nodes ?? []).Select(ReadNode).OrderBy(node => node.Name, StringComparer.Ordinal)],
            ClusterCapabilities.Judge(seen),
            (await classes)?.FirstOrDefault(IsDefault)?.Metadata.Name,
            nodeSettings);
    }

    /// <summary>What only cluster-wide permissions show; null when they are missing.</summary>
    private static async Task<IList<T>?> ListIfAllowedAsync<T>(Func<Task<IList<T>>> list)
    {
        try
        {
            return await list();
        }
        catch (HttpOperationException exception) when (exception.Response?.StatusCode == HttpStatusCode.Forbidden)
        {
            return null;
        }
    }

    private static NodeFacts ReadNode(V1Node node) => new(
        node.Metadata.Name,
        node.Status?.NodeInfo?.OsImage ?? "unknown",
        node.Status?.NodeInfo?.KernelVersion ?? "unknown",
        node.Status?.NodeInfo?.ContainerRuntimeVersion ?? "unknown",
        node.Status?.NodeInfo?.KubeletVersion ?? "unknown");

    private static bool IsDefault(V1StorageClass storageClass) =>
        storageClass.Metadata.Annotations?.TryGetValue(DefaultClass, out var value) == true && value == "true";
}
