using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Network.Paths;

/// <summary>
/// The ways into the release that Ingresses and OpenShift Routes open. Gateway routes carry no address of their own and are judged as
/// objects.
/// </summary>
/// <param name="objects">The admitted objects.</param>
/// <param name="services">Names of the Services that lead to server pods.</param>
internal sealed class EntryPaths(AdmittedObjects objects, IReadOnlySet<string> services)
{
    private const int Https = 443;
    private const int Http = 80;

    /// <summary>All of them.</summary>
    public IEnumerable<PathPlan> ListAll() => ListIngresses().Concat(ListRoutes());

    private IEnumerable<PathPlan> ListIngresses() =>
        from ingress in objects.Ingresses
        from host in ListHosts(ingress).Distinct()
        from plan in PlanFor(ingress, host)
        select plan;

    /// <summary>The hosts by which an Ingress leads here; null for every host.</summary>
    private IEnumerable<string?> ListHosts(V1Ingress ingress)
    {
        if (IsHere(ingress.Spec.DefaultBackend))
        {
            yield return null;
        }

        foreach (var rule in (ingress.Spec.Rules ?? []).Where(rule => (rule.Http?.Paths ?? []).Any(path => IsHere(path.Backend))))
        {
            yield return rule.Host;
        }
    }

    private bool IsHere(V1IngressBackend? backend) => backend?.Service?.Name is { } name && services.Contains(name);

    private static IEnumerable<PathPlan> PlanFor(V1Ingress ingress, string? host)
    {
        var addresses =
            (ingress.Status?.LoadBalancer?.Ingress ?? []).Select(entry => entry.Ip ?? entry.Hostname).OfType<string>().ToArray();
        var secured = (ingress.Spec.Tls ?? []).Any(entry => entry.Hosts is null || entry.Hosts.Count == 0 || entry.Hosts.Contains(host));
        int[] ports = secured ? [Https] : [Https, Http];
        return ports.Select(port => Plan(
            $"ingress/{ingress.Metadata.Name}:{host ?? "*"}:{port}",
            "Ingress",
            host,
            [.. addresses.Select(address => new NetworkEndpoint(address, port))]));
    }

    private IEnumerable<PathPlan> ListRoutes() =>
        from route in objects.Routes
        where FindText(route, "kind") == "Route" && FindText(route["spec"]?["to"], "name") is { } service && services.Contains(service)
        let host = FindText(route["spec"], "host")
        where host is not null
        select Plan($"route/{FindText(route["metadata"], "name")}:{host}", "Route", host, [new NetworkEndpoint(host, Https)]);

    private static PathPlan Plan(string name, string kind, string? host, IReadOnlyList<NetworkEndpoint> endpoints) =>
        new(name, kind, endpoints, PortPurpose.Api, endpoints.Count > 0, Outside: true, host);

    private static string? FindText(JsonNode? node, string member) =>
        node is JsonObject item && item[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
