using System.Text.Json.Nodes;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>A place that a route sends requests to.</summary>
/// <param name="Name">Name or host.</param>
/// <param name="Kind">What is there.</param>
/// <param name="Namespace">Where it is; null for the namespace of the route.</param>
internal sealed record RouteTarget(string Name, string Kind, string? Namespace)
{
    private const string Service = "Service";

    // How the kinds of the known controllers call what they send requests to.
    private static readonly HashSet<string> Holders = new(StringComparer.OrdinalIgnoreCase)
    {
        "backend", "backends", "backendRef", "backendRefs", "service", "services", "serviceRef", "serviceName", "to", "alternateBackends",
        "upstreams", "destination", "defaultBackend", "forwardTo",
    };

    private static readonly string[] Names = ["serviceName", "service", "host", "name"];

    /// <summary>True when it is a Service.</summary>
    public bool IsService => Kind == Service;

    /// <summary>Every such place of a specification.</summary>
    /// <param name="node">The specification, or a part of it.</param>
    public static IEnumerable<RouteTarget> List(JsonNode? node) => node switch
    {
        JsonObject item =>
            item.SelectMany(member => (Holders.Contains(member.Key) ? ListHeld(member.Value, member.Key) : []).Concat(List(member.Value))),
        JsonArray items => items.SelectMany(List),
        _ => [],
    };

    private static IEnumerable<RouteTarget> ListHeld(JsonNode? node, string holder) => node switch
    {
        JsonArray items => items.SelectMany(item => ListHeld(item, holder)),
        JsonObject item => FindNamed(item) is { } target ? [target] : [],
        JsonValue value when !holder.Equals("to", StringComparison.OrdinalIgnoreCase)
            && value.TryGetValue<string>(out var text)
            && text.Length > 0 => [new RouteTarget(text, Service, null)],
        _ => [],
    };

    // Of a part that has another type than a Service, such as a redirect, nothing is said.
    private static RouteTarget? FindNamed(JsonObject item)
    {
        var name = Names.Select(member => JsonText.Find(item, member)).FirstOrDefault(text => text is { Length: > 0 });
        return name is null || (JsonText.Find(item, "type") is { } type && !type.Equals(Service, StringComparison.OrdinalIgnoreCase))
            ? null
            : new RouteTarget(name, JsonText.Find(item, "kind") is { Length: > 0 } kind ? kind : Service, JsonText.Find(item, "namespace")
                ?? JsonText.Find(item, "serviceNamespace"));
    }
}
