using System.Text.Json.Nodes;
using k8s.Models;
using VaultConformance.Controls.Framework;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging.Tls;

/// <summary>Ingresses and routes that end TLS in front of the pods.</summary>
/// <param name="services">Names of the Services that lead to server pods.</param>
internal sealed class OffloadingRoutes(IReadOnlySet<string> services)
{
    private const string Expected = "TLS passed through to the pod";

    private static readonly string[] PassthroughAnnotations =
    [
        "nginx.ingress.kubernetes.io/ssl-passthrough",
        "haproxy.org/ssl-passthrough",
        "haproxy-ingress.github.io/ssl-passthrough",
        "ingress.kubernetes.io/ssl-passthrough",
    ];

    // These controllers always end TLS, whatever an annotation says.
    private static readonly string[] TerminatingClasses = ["alb", "gce", "gce-internal", "azure-application-gateway", "azure/application-gateway"];

    /// <summary>Judges everything that leads to the release from outside.</summary>
    /// <param name="objects">The objects.</param>
    public IEnumerable<(string Subject, Judgement Judgement)> Judge(AdmittedObjects objects) =>
    [
        .. objects.Ingresses.Where(LeadsHere).Select(ingress => ($"ingress/{ingress.Metadata.Name}", JudgeIngress(ingress))),
        .. objects.Routes.Where(route => Mentions(route["spec"])).Select(route => ($"{Text(route, "kind")}/{Text(route["metadata"], "name")}", JudgeRoute(route))),
    ];

    private static Judgement JudgeIngress(V1Ingress ingress)
    {
        var annotations = ingress.Metadata.Annotations ?? new Dictionary<string, string>();
        var controller = ingress.Spec.IngressClassName ?? (annotations.TryGetValue("kubernetes.io/ingress.class", out var named) ? named : null);
        var passes = PassthroughAnnotations.FirstOrDefault(name => annotations.TryGetValue(name, out var value) && value == "true");
        return (controller, passes) switch
        {
            ({ } name, _) when TerminatingClasses.Contains(name) => Judgement.Of("TLS of the Ingress", false, Expected, $"ended by the controller of class '{name}'"),
            (_, { } annotation) => Judgement.Of("TLS of the Ingress", true, Expected, annotation),
            _ => Judgement.Of("TLS of the Ingress", false, Expected, ingress.Spec.Tls is { Count: > 0 } ? "ended by the controller" : "plaintext up to the controller"),
        };
    }

    private static Judgement JudgeRoute(JsonObject route)
    {
        var tls = route["spec"]?["tls"];
        var (passes, actual) = Text(route, "kind")?.ToUpperInvariant() switch
        {
            "TLSROUTE" or "TLSROUTES" => (true, "TLSRoute, by TLS server name"),
            "TCPROUTE" or "TCPROUTES" => (true, "TCPRoute"),
            "ROUTE" or "ROUTES" => (Text(tls, "termination") == "passthrough", $"termination {Text(tls, "termination") ?? "none"}"),
            "INGRESSROUTETCP" or "INGRESSROUTETCPS" => tls is null ? (true, "TCP without TLS of its own") : (Text(tls, "passthrough") == "true", $"passthrough {Text(tls, "passthrough") ?? "not set"}"),
            _ => (false, $"ended by the gateway ({Text(route, "kind") ?? "unknown kind"} is HTTP)"),
        };
        return Judgement.Of("TLS of the route", passes, Expected, actual);
    }

    private bool LeadsHere(V1Ingress ingress) => (ingress.Spec.Rules ?? [])
        .SelectMany(rule => rule.Http?.Paths ?? []).Select(path => path.Backend?.Service?.Name).Append(ingress.Spec.DefaultBackend?.Service?.Name)
        .Any(name => name is not null && services.Contains(name));

    /// <summary>True when a Service of the release is named anywhere in a route; kinds differ in where they do so.</summary>
    private bool Mentions(JsonNode? node) => node switch
    {
        JsonObject item => (Text(item, "name") is { } name && services.Contains(name)) || item.Any(member => Mentions(member.Value)),
        JsonArray items => items.Any(Mentions),
        _ => false,
    };

    private static string? Text(JsonNode? node, string member) => node is JsonObject item && item[member] is JsonValue value ? value.ToString() : null;
}
