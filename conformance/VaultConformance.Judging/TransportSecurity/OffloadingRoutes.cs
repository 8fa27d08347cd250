using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Ingresses and routes that end TLS in front of the pods.</summary>
/// <param name="services">Names of the Services that lead to server pods.</param>
/// <param name="targetNamespace">Namespace of the release.</param>
internal sealed class OffloadingRoutes(IReadOnlySet<string> services, string? targetNamespace)
{
    private const string Fact = "TLS of the route";
    private const string Expected = "TLS passed through to the pod";

    // These speak HTTP with the client, for which they have to end TLS.
    private static readonly string[] HttpKinds = ["HTTPROUTE", "GRPCROUTE", "INGRESSROUTE", "VIRTUALSERVER", "MAPPING", "APISIXROUTE"];

    /// <summary>Judges everything that leads to the release from outside.</summary>
    /// <param name="objects">The objects.</param>
    public IEnumerable<(string Subject, Judgement Judgement)> Judge(AdmittedObjects objects)
    {
        var controllers = new IngressControllers(objects.IngressClasses);
        var gateways = new GatewayListeners(objects.Gateways);
        return
        [
            .. objects.Ingresses.Where(ingress => ingress.LeadsTo(services)).Select(ingress => ($"ingress/{ingress.Metadata.Name}", controllers.Judge(ingress))),
            .. objects.Ingresses.SelectMany(JudgeResources),
            .. objects.Routes.Where(LeadsHere)
                .Select(route => ($"{JsonText.Of(route, "kind")}/{JsonText.Of(route["metadata"], "name")}", JudgeRoute(route, gateways))),
            .. Unread(objects).Select(judgement => ("namespace", judgement)),
        ];
    }

    /// <summary>Kinds of objects that may lead into the release and were not read; one judgement too where it was not recorded whether there are such.</summary>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<Judgement> Unread(AdmittedObjects objects) =>
        (objects.UnreadKinds ?? ["whether kinds of them could not be read was not recorded; run again"])
            .Select(kind => Judgement.Unknown("objects that may lead into the release", "read", kind));

    /// <summary>True when a Service of the release is named in a route.</summary>
    /// <param name="route">The route.</param>
    public bool LeadsHere(JsonObject route) => Mentions(route["spec"]);

    private static Judgement JudgeRoute(JsonObject route, GatewayListeners gateways)
    {
        var kind = JsonText.Of(route, "kind") ?? "unknown kind";
        var tls = route["spec"]?["tls"];
        return Singular(kind) switch
        {
            "TLSROUTE" or "TCPROUTE" => gateways.Judge(route),
            "ROUTE" => Judgement.Of(Fact, JsonText.Of(tls, "termination") == "passthrough", Expected, $"termination {JsonText.Of(tls, "termination") ?? "none"}"),
            "INGRESSROUTETCP" => JudgeTraefik(route, tls),
            "VIRTUALSERVICE" when IsByName(route) => Judgement.Of(Fact, true, Expected, "it leads by the name that TLS asks for (tls), and leaves TLS as it is"),
            "HTTPPROXY" => JudgeProxy(route["spec"]?["virtualhost"]?["tls"]),
            var other when HttpKinds.Contains(other) => Judgement.Of(Fact, false, Expected, $"ended by the gateway ({kind} is HTTP)"),
            _ => Judgement.Unknown(Fact, Expected, $"an object of kind {kind} names the Service; whether its controller ends TLS is not known"),
        };
    }

    private static IEnumerable<(string Subject, Judgement Judgement)> JudgeResources(V1Ingress ingress) => ingress.Resources().Select(resource => (
        $"ingress/{ingress.Metadata.Name}", Judgement.Unknown(Fact, Expected, $"it leads to {resource.Kind} '{resource.Name}', an object of its controller; where that leads is not known")));

    // Istio routes by the name in the offer only what its gateway passes through; HTTP and bare TCP it may take out of TLS before.
    private static bool IsByName(JsonObject route) =>
        JsonText.Of(route, "apiVersion")?.StartsWith("networking.istio.io/", StringComparison.Ordinal) == true
        && route["spec"] is JsonObject spec && spec["tls"] is JsonArray { Count: > 0 } && spec["http"] is null or JsonArray { Count: 0 } && spec["tcp"] is null or JsonArray { Count: 0 };

    private static Judgement JudgeTraefik(JsonObject route, JsonNode? tls)
    {
        var again = (route["spec"]?["routes"] as JsonArray ?? []).SelectMany(rule => rule?["services"] as JsonArray ?? []).Any(service => JsonText.Of(service, "tls") == "true");
        return (tls, again) switch
        {
            (_, true) => Judgement.Of(Fact, false, Expected, "TLS is begun anew behind Traefik"),
            (null, _) => Judgement.Of(Fact, true, Expected, "TCP without TLS of its own"),
            _ => Judgement.Of(Fact, JsonText.Of(tls, "passthrough") == "true", Expected, $"passthrough {JsonText.Of(tls, "passthrough") ?? "not set"}"),
        };
    }

    private static Judgement JudgeProxy(JsonNode? tls) =>
        Judgement.Of(Fact, JsonText.Of(tls, "passthrough") == "true", Expected, $"passthrough {JsonText.Of(tls, "passthrough") ?? "not set"}");

    /// <summary>True when a Service of the release is named anywhere in a route; kinds differ in where and how they do so.</summary>
    private bool Mentions(JsonNode? node) => node switch
    {
        JsonObject item => item.Any(member => Mentions(member.Value)),
        JsonArray items => items.Any(Mentions),
        JsonValue value when value.TryGetValue<string>(out var text) => IsService(text),
        _ => false,
    };

    /// <summary>A Service by its name, by its name in the cluster, or as host of a URL with a port.</summary>
    private bool IsService(string text)
    {
        var host = text[(text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme ? scheme + 3 : 0)..].Split('/', ':')[0];
        var parts = host.Split('.');
        return services.Contains(parts[0]) && (parts.Length == 1 || (parts.Length > 1 && (targetNamespace is null || parts[1] == targetNamespace) && (parts.Length == 2 || parts[2] == "svc")));
    }

    /// <summary>Items of a list may lack their kind and are then called by the name of the list.</summary>
    private static string Singular(string kind) => kind.ToUpperInvariant() is var upper && upper.EndsWith('S') ? upper.EndsWith("IES", StringComparison.Ordinal) ? upper[..^3] + "Y" : upper[..^1] : upper;
}
