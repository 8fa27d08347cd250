using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>The names by which clients ask servers in TLS (SNI), taken from what leads to the release.</summary>
internal static class ServerNames
{
    private const int Most = 4;

    /// <summary>The main Service by its full name, and the hosts of Ingresses and routes.</summary>
    /// <param name="objects">The admitted objects.</param>
    public static IReadOnlyList<string> List(AdmittedObjects objects) =>
    [
        .. ListServices(objects).Concat(ListHosts(objects))
            .Where(name => Uri.CheckHostName(name) == UriHostNameType.Dns)
            .Distinct(StringComparer.OrdinalIgnoreCase).Take(Most),
    ];

    private static IEnumerable<string> ListServices(AdmittedObjects objects) =>
        from pod in objects.ServerPods.Take(1)
        let name = pod.Metadata.Name
        let main = name.LastIndexOf('-') is > 0 and var dash ? name[..dash] : name
        where objects.Services.Any(service => service.Metadata.Name == main)
        select $"{main}.{objects.Namespace?.Metadata.Name ?? pod.Metadata.NamespaceProperty}.svc";

    private static IEnumerable<string> ListHosts(AdmittedObjects objects) =>
        objects.Ingresses.SelectMany(ingress => ingress.Spec?.Rules ?? []).Select(rule => rule.Host)
            .Concat(objects.Routes.Select(route => FindText(route["spec"], "host")))
            .Concat(objects.Routes
                .SelectMany(route => (route["spec"] as JsonObject)?["hostnames"] as JsonArray ?? [])
                .Select(name => name?.ToString()))
            .OfType<string>();

    private static string? FindText(JsonNode? node, string member) =>
        node is JsonObject item && item[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
