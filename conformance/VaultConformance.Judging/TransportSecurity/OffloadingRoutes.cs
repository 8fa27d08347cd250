using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Ingresses and routes that end TLS in front of the pods.</summary>
/// <param name="objects">The objects of the release.</param>
/// <param name="services">Names of the Services that lead to server pods.</param>
internal sealed class OffloadingRoutes(AdmittedObjects objects, IReadOnlySet<string> services)
{
    private const string Fact = "TLS of the route";
    private const string Expected = "TLS passed through to the pod";

    // These speak HTTP with the client, for which they have to end TLS.
    private static readonly string[] HttpKinds = ["httproute", "grpcroute", "ingressroute", "virtualserver", "mapping", "apisixroute"];

    private readonly NamedServices _named = new(objects, services);

    /// <summary>Judges everything that leads to the release from outside, and what may stand in the way.</summary>
    public IEnumerable<(string Subject, Judgement Judgement)> Judge()
    {
        var controllers = new IngressControllers(objects.IngressClasses);
        var gateways = new GatewayListeners(objects.Gateways);
        return
        [
            .. objects.Ingresses
                .Where(ingress => ingress.LeadsTo(services))
                .Select(ingress => ($"ingress/{ingress.Metadata.Name}", controllers.Judge(ingress))),
            .. objects.Ingresses.SelectMany(JudgeResources),
            .. from route in objects.Routes
               where !route.IsHarmless()
               let judgement = Judge(route, gateways)
               where judgement is not null
               select ($"{route.GetKind()}/{route.FindName()}", judgement),
            .. JudgeUnread(objects).Select(judgement => ("namespace", judgement)),
        ];
    }

    /// <summary>
    /// Kinds of objects that may lead into the release and were not read; one judgement too where it was not recorded whether there are
    /// such.
    /// </summary>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<Judgement> JudgeUnread(AdmittedObjects objects) =>
        (objects.UnreadKinds ?? ["whether kinds of them could not be read was not recorded; run again"])
            .Select(kind => Judgement.Unknown("objects that may lead into the release", "read", kind));

    /// <summary>True when an object may open a way to a Service of the release: it names one, or is called like one.</summary>
    /// <param name="route">The object.</param>
    public bool LeadsHere(JsonObject route) =>
        !route.IsHarmless() && !MeshKinds.Know(route) && (Mentions(route["spec"]) || IsCalledLike(route));

    /// <summary>True when an object publishes a Service by being called like it, as exports to other clusters do.</summary>
    /// <param name="route">The object.</param>
    public bool IsCalledLike(JsonObject route) => !route.IsWay() && route.FindName() is { } name && _named.Find(name) is not null;

    private Judgement? Judge(JsonObject route, GatewayListeners gateways)
    {
        var selectors = new PodSelectors(objects.ServerPods);
        if (MeshKinds.Know(route))
        {
            return new MeshKinds(selectors, Mentions).Judge(route);
        }

        return (Mentions(route["spec"]), IsCalledLike(route), !route.IsWay() && selectors.AreIn(route["spec"])) switch
        {
            (true, _, _) => JudgeRoute(route, gateways),
            (_, true, _) => CreateNotJudged(route, "is called like the Service"),
            (_, _, true) => CreateNotJudged(route, "selects server pods"),
            _ => null,
        };
    }

    private static Judgement CreateNotJudged(JsonObject route, string what) =>
        Judgement.Unknown(
            Fact, Expected, $"an object of kind {route.GetKind()} {what}; whether its controller publishes them or ends TLS is not known");

    private static Judgement JudgeRoute(JsonObject route, GatewayListeners gateways)
    {
        var tls = route["spec"]?["tls"];
        return route.DescribeKindName() switch
        {
            "tlsroute" or "tcproute" => gateways.Judge(route),
            "route" => Judgement.Of(Fact, JsonText.Find(
                tls, "termination") == "passthrough", Expected, $"termination {JsonText.Find(tls, "termination") ?? "none"}")
                .Saying(DescribeEnded),
            "ingressroutetcp" => JudgeTraefik(route, tls),
            "virtualservice" when IsByName(route) =>
                Judgement.Of(Fact, true, Expected, "it leads by the name that TLS asks for (tls), and leaves TLS as it is"),
            "httpproxy" => JudgeProxy(route["spec"]?["virtualhost"]?["tls"]),
            var other when HttpKinds.Contains(other) =>
                Judgement.Of(Fact, false, Expected, $"ended by the gateway ({route.GetKind()} is HTTP)")
                    .Saying($"The gateway ends TLS, because {route.GetKind()} is for HTTP."),
            _ => Judgement.Unknown(
                Fact, Expected, $"an object of kind {route.GetKind()} names the Service; whether its controller ends TLS is not known"),
        };
    }

    private static IEnumerable<(string Subject, Judgement Judgement)> JudgeResources(V1Ingress ingress) =>
        ingress.ListResources().Select(resource => (
            $"ingress/{ingress.Metadata.Name}", Judgement.Unknown(
                Fact,
                Expected,
                $"it leads to {resource.Kind} '{resource.Name}', an object of its controller; where that leads is not known")));

    // Istio routes by the name in the offer only what its gateway passes through; HTTP and bare TCP it may take out of TLS before.
    private static bool IsByName(JsonObject route) =>
        JsonText.Find(route, "apiVersion")?.StartsWith("networking.istio.io/", StringComparison.Ordinal) == true
        && route["spec"] is JsonObject spec
        && spec["tls"] is JsonArray { Count: > 0 }
        && spec["http"] is null or JsonArray { Count: 0 }
        && spec["tcp"] is null or JsonArray { Count: 0 };

    private static Judgement JudgeTraefik(JsonObject route, JsonNode? tls)
    {
        var again = (route["spec"]?["routes"] as JsonArray ?? [])
            .SelectMany(rule => rule?["services"] as JsonArray ?? [])
            .Any(service => JsonText.Find(service, "tls") == "true");
        return (tls, again) switch
        {
            (_, true) => Judgement.Of(Fact, false, Expected, "TLS is begun anew behind Traefik")
                .Saying("Traefik ends TLS and starts a connection of its own to the pod."),
            (null, _) => Judgement.Of(Fact, true, Expected, "TCP without TLS of its own"),
            _ => Judgement.Of(Fact, JsonText.Find(
                tls, "passthrough") == "true", Expected, $"passthrough {JsonText.Find(tls, "passthrough") ?? "not set"}")
                .Saying(DescribeEnded),
        };
    }

    private static Judgement JudgeProxy(JsonNode? tls) =>
        Judgement.Of(
            Fact, JsonText.Find(tls, "passthrough") == "true", Expected, $"passthrough {JsonText.Find(tls, "passthrough") ?? "not set"}")
            .Saying(DescribeEnded);

    private static string DescribeEnded(string setting) => $"The route does not pass TLS through to the pod ({setting}).";

    /// <summary>True when a Service of the release is named anywhere in an object; kinds differ in where and how they do so.</summary>
    private bool Mentions(JsonNode? node) => node switch
    {
        JsonObject item =>
            item.Any(member => !IsOfOtherKind(item, member.Key)
                && (member.Key == "parentRefs" ? ListServiceParents(member.Value).Any(Mentions) : Mentions(member.Value))),
        JsonArray items => items.Any(Mentions),
        JsonValue value when value.TryGetValue<string>(out var text) => _named.Find(text) is not null,
        _ => false,
    };

    // A reference to something of another kind, such as a StatefulSet or an issuer, may bear the same name.
    private static bool IsOfOtherKind(JsonObject item, string member) =>
        member == "name" && JsonText.Find(item, "kind") is { Length: > 0 } kind && kind != "Service";

    private static IEnumerable<JsonNode?> ListServiceParents(JsonNode? parents) =>
        (parents as JsonArray ?? []).Where(parent => JsonText.Find(parent, "kind") == "Service");
}
