using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>Reads routes of the kinds that may be there: Gateway API, OpenShift and Traefik. A cluster without these kinds has none.</summary>
internal sealed class RouteReader(IKubernetes client)
{
    private static readonly string[] Groups = ["gateway.networking.k8s.io", "route.openshift.io", "traefik.io"];
    private static readonly string[] Kinds = ["httproutes", "tlsroutes", "tcproutes", "routes", "ingressroutes", "ingressroutetcps"];

    /// <summary>All routes of the namespace as the API server shows them, without field ownership.</summary>
    public async Task<IReadOnlyList<JsonObject>> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var served = await client.Apis.GetAPIVersionsAsync(cancellationToken);
        var routes = new List<JsonObject>();
        foreach (var group in served.Groups.Where(group => Groups.Contains(group.Name)))
        {
            foreach (var (version, plural) in await KindsAsync(group, cancellationToken))
            {
                routes.AddRange(await ListAsync(group.Name, version, name, plural, cancellationToken));
            }
        }

        return routes;
    }

    /// <summary>Every kind once, in the version the server prefers or else the first that has it.</summary>
    private async Task<IReadOnlyList<(string Version, string Plural)>> KindsAsync(V1APIGroup group, CancellationToken cancellationToken)
    {
        var kinds = new List<(string Version, string Plural)>();
        foreach (var version in group.Versions.Select(version => version.Version).OrderByDescending(version => version == group.PreferredVersion?.Version))
        {
            var resources = await client.CustomObjects.GetAPIResourcesAsync(group.Name, version, cancellationToken);
            kinds.AddRange(resources.Resources.Select(resource => (version, resource.Name)).Where(kind => Kinds.Contains(kind.Name)));
        }

        return [.. kinds.DistinctBy(kind => kind.Plural)];
    }

    private async Task<IReadOnlyList<JsonObject>> ListAsync(string group, string version, string name, string plural, CancellationToken cancellationToken)
    {
        try
        {
            var list = await client.CustomObjects.ListNamespacedCustomObjectAsync(group, version, name, plural, cancellationToken: cancellationToken);
            var items = JsonSerializer.SerializeToNode(list)?["items"] as JsonArray ?? [];
            return [.. items.OfType<JsonObject>().Select(item => Stripped(item, group, version, plural))];
        }
        catch (HttpOperationException exception) when (exception.Response?.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }
    }

    /// <summary>Items of a list may lack their kind.</summary>
    private static JsonObject Stripped(JsonObject item, string group, string version, string plural)
    {
        var copy = (JsonObject)item.DeepClone();
        copy["apiVersion"] ??= $"{group}/{version}";
        copy["kind"] ??= plural;
        (copy["metadata"] as JsonObject)?.Remove("managedFields");
        return copy;
    }
}
