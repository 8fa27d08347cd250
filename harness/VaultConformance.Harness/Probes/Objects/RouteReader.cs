using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Secrets;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>
/// Reads what may lead into a namespace, or stand in the way, beside Services and Ingresses: all objects of kinds that other software
/// brought along, except those that are known to be harmless. A cluster without such kinds has none.
/// </summary>
/// <param name="client">Client for the API server.</param>
/// <param name="redactor">Knows secrets: an OpenShift Route may hold its private key.</param>
internal sealed class RouteReader(IKubernetes client, SecretRedactor redactor)
{
    private const string GatewayGroup = "gateway.networking.k8s.io";
    private const string Gateways = "gateways";

    private readonly EntryObjectMask _mask = new(redactor);

    /// <summary>All of the namespace as the API server shows them, without field ownership and secrets.</summary>
    public async Task<EntryObjects> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var served = await client.Apis.GetAPIVersionsAsync(cancellationToken);
        var routes = new List<JsonObject>();
        var unread = new List<string>();
        string? gateways = null;
        foreach (var group in served.Groups.Where(group => IsForeign(group.Name)))
        {
            foreach (var (version, plural) in await ListKindsAsync(group, unread, cancellationToken))
            {
                if (group.Name == GatewayGroup && plural == Gateways)
                {
                    gateways = version;
                    continue;
                }

                routes.AddRange(await ListAsync(new Kind(group.Name, version, plural), name, unread, cancellationToken));
            }
        }

        return new EntryObjects(routes, await new GatewayReader(client).ReadAsync(routes, name, gateways, cancellationToken), unread);
    }

    private static bool IsForeign(string group) => group.Contains('.', StringComparison.Ordinal) && !ForeignKinds.IsHarmless(group);

    /// <summary>Every kind once, in the version the server prefers or else the first that has it.</summary>
    private async Task<IReadOnlyList<(string Version, string Plural)>> ListKindsAsync(
        V1APIGroup group, List<string> unread, CancellationToken cancellationToken)
    {
        var kinds = new List<(string Version, string Plural)>();
        foreach (var version in group.Versions
            .Select(version => version.Version)
            .OrderByDescending(version => version == group.PreferredVersion?.Version))
        {
            try
            {
                var resources = await client.CustomObjects.GetAPIResourcesAsync(group.Name, version, cancellationToken);
                kinds.AddRange(resources.Resources
                    .Where(resource => resource.Namespaced && (resource.Verbs is not { Count: > 0 } verbs || verbs.Contains("list")))
                    .Where(resource =>
                        !resource.Name.Contains('/', StringComparison.Ordinal) && !ForeignKinds.IsHarmless(group.Name, resource.Name))
                    .Select(resource => (version, resource.Name)));
            }
            catch (HttpOperationException exception) when (group.Name != GatewayGroup)
            {
                // An API server behind the API server may be down. What it serves is not known, and that is said.
                unread.Add($"{group.Name}/{version} ({exception.Response?.StatusCode.ToString() ?? exception.Message})");
            }
        }

        return [.. kinds.DistinctBy(kind => kind.Plural)];
    }

    private async Task<IReadOnlyList<JsonObject>> ListAsync(
        Kind kind, string name, List<string> unread, CancellationToken cancellationToken)
    {
        try
        {
            var list = await client.CustomObjects.ListNamespacedCustomObjectAsync(
                kind.Group, kind.Version, name, kind.Plural, cancellationToken: cancellationToken);
            var items = JsonSerializer.SerializeToNode(list)?["items"] as JsonArray ?? [];
            return [.. items.OfType<JsonObject>().Select(item => _mask.Strip(item, $"{kind.Group}/{kind.Version}", kind.Plural))];
        }
        catch (HttpOperationException exception) when (exception.Response?.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }
        catch (HttpOperationException exception) when (exception.Response?.StatusCode == HttpStatusCode.Forbidden)
        {
            unread.Add($"{kind.Plural}.{kind.Group} (the credentials may not list them)");
            return [];
        }
    }

    private sealed record Kind(string Group, string Version, string Plural);
}
