using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;

namespace VaultConformance.Harness.Probes.Objects;

/// <summary>
/// Reads the Gateways that routes are attached to, which may be in other namespaces: their listeners decide where TLS ends.
/// </summary>
/// <param name="client">Client for the API server.</param>
internal sealed class GatewayReader(IKubernetes client)
{
    private const string Group = "gateway.networking.k8s.io";
    private const string Plural = "gateways";

    /// <summary>The Gateways that routes name.</summary>
    /// <param name="routes">The routes.</param>
    /// <param name="home">Namespace of the routes.</param>
    /// <param name="version">Version of the kind; null when the cluster has none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when one of them may not be read.</returns>
    public async Task<IReadOnlyList<JsonObject>?> ReadAsync(
        IReadOnlyList<JsonObject> routes, string home, string? version, CancellationToken cancellationToken)
    {
        var gateways = new List<JsonObject>();
        foreach (var (place, name) in ListParents(routes, home).Distinct().Order().Where(_ => version is not null))
        {
            try
            {
                var found = await client.CustomObjects.GetNamespacedCustomObjectAsync(
                    Group, version, place, Plural, name, cancellationToken: cancellationToken);
                if (JsonSerializer.SerializeToNode(found) is JsonObject gateway)
                {
                    (gateway["metadata"] as JsonObject)?.Remove("managedFields");
                    gateways.Add(gateway);
                }
            }
            catch (HttpOperationException exception) when (exception.Response?.StatusCode == HttpStatusCode.NotFound)
            {
                // A route may name a Gateway that is not there yet; controls see that it is missing.
                continue;
            }
            catch (HttpOperationException exception) when (exception.Response?.StatusCode == HttpStatusCode.Forbidden)
            {
                return null;
            }
        }

        return gateways;
    }

    private static IEnumerable<(string Namespace, string Name)> ListParents(IReadOnlyList<JsonObject> routes, string home) =>
        from route in routes
        from parent in (route["spec"] as JsonObject)?["parentRefs"] as JsonArray ?? []
        let name = FindText(parent, "name")
        where name is not null && (FindText(parent, "kind") ?? "Gateway") == "Gateway"
        select (FindText(parent, "namespace") ?? home, name);

    private static string? FindText(JsonNode? node, string member) =>
        node is JsonObject item && item[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
