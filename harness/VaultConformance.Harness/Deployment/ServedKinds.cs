using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Deployment;

/// <summary>The kinds that an API server has, and whether their objects lie in a namespace.</summary>
/// <param name="client">Client for it.</param>
internal sealed class ServedKinds(IKubernetes client)
{
    private readonly Dictionary<string, V1APIResourceList?> _known = new(StringComparer.Ordinal);

    /// <summary>
    /// True when objects of that kind lie in a namespace, false when they belong to the cluster; null when the API has no such kind.
    /// </summary>
    /// <param name="item">An object.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    internal async Task<bool?> IsNamespacedAsync(ManifestObject item, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(item.ApiVersion, out var resources))
        {
            _known[item.ApiVersion] = resources = await FindResourcesAsync(item.ApiVersion, cancellationToken);
        }

        return resources?.Resources.FirstOrDefault(
            resource => resource.Kind == item.Kind && !resource.Name.Contains('/', StringComparison.Ordinal))?.Namespaced;
    }

    private async Task<V1APIResourceList?> FindResourcesAsync(string apiVersion, CancellationToken cancellationToken)
    {
        try
        {
            return apiVersion.Split('/') is [var group, var version]
                ? await client.CustomObjects.GetAPIResourcesAsync(group, version, cancellationToken)
                : await client.CoreV1.GetAPIResourcesAsync(cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
