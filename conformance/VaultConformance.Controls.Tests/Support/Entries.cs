using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>Objects that lead into a release from outside, and the ways they open.</summary>
internal static class Entries
{
    public const string NginxPassthrough = "nginx.ingress.kubernetes.io/ssl-passthrough";

    public static V1IngressClass Class(string name, string controller, bool isDefault = false) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = name, Annotations = new Dictionary<string, string> { ["ingressclass.kubernetes.io/is-default-class"] = isDefault ? "true" : "false" },
        },
        Spec = new V1IngressClassSpec { Controller = controller },
    };

    public static V1Ingress Ingress(string? annotation = null, string? named = null, bool tls = true, string service = "vault", string? host = null) => new()
    {
        Metadata = new V1ObjectMeta { Name = "vault", Annotations = annotation is null ? null : new Dictionary<string, string> { [annotation] = "true" } },
        Spec = new V1IngressSpec
        {
            IngressClassName = named,
            Tls = tls ? [new V1IngressTLS { SecretName = "edge" }] : null,
            DefaultBackend = host is null ? new V1IngressBackend { Service = new V1IngressServiceBackend { Name = service } } : null,
            Rules = host is null
                ? null
                : [new V1IngressRule
                {
                    Host = host,
                    Http = new V1HTTPIngressRuleValue { Paths = [new V1HTTPIngressPath { Path = "/", Backend = new V1IngressBackend { Service = new V1IngressServiceBackend { Name = service } } }] },
                }],
        },
    };

    public static JsonObject Route(string kind, string spec) =>
        new() { ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = "vault" }, ["spec"] = JsonNode.Parse(spec) };

    public static JsonObject Gateway(string listeners) =>
        new() { ["kind"] = "Gateway", ["metadata"] = new JsonObject { ["name"] = "edge" }, ["spec"] = JsonNode.Parse($$"""{ "listeners": {{listeners}} }""") };

    /// <summary>Adds an Ingress and the way that it opens.</summary>
    public static void Open(this ReleaseEvidence release, V1Ingress ingress, bool ready = true)
    {
        release.Ingresses.Add(ingress);
        release.Paths.Add(Way("ingress/vault:*:443", "Ingress", ready));
    }

    /// <summary>Makes the main Service a load balancer that publishes the API, and adds the way that it opens.</summary>
    public static void Balance(this ReleaseEvidence release, bool ready = true, bool clusterPort = false, string? annotation = null, string value = "true")
    {
        var service = release.Services[0];
        service.Spec.Type = "LoadBalancer";
        if (annotation is not null)
        {
            service.Metadata.Annotations[annotation] = value;
        }

        if (!clusterPort)
        {
            service.Spec.Ports = [service.Spec.Ports[0]];
        }

        foreach (var port in service.Spec.Ports)
        {
            var way = Way($"service/vault:{port.Port} (load balancer)", "LoadBalancer", ready);
            release.Paths.Add(port.Port == 8200 ? way : way with { Purpose = PortPurpose.Cluster, Fingerprints = new Dictionary<string, int>() });
        }
    }

    public static PathEndpoint Way(string name, string kind, bool ready) => ready
        ? CompliantTransport.Path(name, CompliantTransport.Certificate) with { Kind = kind }
        : CompliantTransport.Path(name, CompliantTransport.Certificate) with
        {
            Kind = kind, Address = "no address", Ready = false, Plaintext = null, Fingerprints = new Dictionary<string, int>(),
        };
}
