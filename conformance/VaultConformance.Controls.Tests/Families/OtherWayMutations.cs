using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;
using static VaultConformance.Controls.Tests.Support.Entries;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Ways that lead past the servers' own Services, to places that nobody checked.</summary>
internal static class OtherWayMutations
{
    private const string Mapping = "---\napiVersion: getambassador.io/v3alpha1\nkind: Mapping\nname: vault\nservice: vault:8200\n";

    public static IReadOnlyList<Mutation> All => [.. Selectorless, .. Others, .. Unknown, .. Controllers];

    private static IReadOnlyList<Mutation> Selectorless =>
    [
        Release("TLS-6", "load balancer without selector and label", "where Service 'edge' leads", release => release.Services.Add(Service("edge", "LoadBalancer")), Outcome.Inconclusive, also: ["HA-5", "TLS-7"]),
        Release("TLS-7", "load balancer without selector", "443 by type LoadBalancer, and where that leads is not known: it selects no pods", release =>
            release.Services.Add(Service("edge", "LoadBalancer")), Outcome.Inconclusive, also: ["HA-5", "TLS-6"]),
        Release("TLS-7", "external addresses without selector", "443 by external IP 192.0.2.1", release =>
        {
            var service = Service("edge", "ClusterIP");
            service.Spec.ExternalIPs = ["192.0.2.1"];
            release.Services.Add(service);
        }, Outcome.Inconclusive, also: ["HA-5", "TLS-6"]),
        Release("TLS-6", "Service without selector inside the cluster", "its endpoints were not read", release => release.Services.Add(Service("edge", "ClusterIP")), Outcome.Inconclusive, also: "HA-5"),
        Release("TLS-6", "a Service called like that of the API server", "where Service 'kubernetes' leads", release => release.Services.Add(Service("kubernetes", "ClusterIP")), Outcome.Inconclusive, also: "HA-5"),
        Release("TLS-6", "the Service of the API server", "", release =>
        {
            release.Namespace.Metadata.Name = "default";
            release.Services.Add(Service("kubernetes", "ClusterIP"));
        }, Outcome.Passed, also: ["K8S-2", "TLS-4"]),
    ];

    private static IReadOnlyList<Mutation> Others =>
    [
        Release("TLS-6", "proxy behind a load balancer", "(type LoadBalancer): to proxy-0, which may end TLS before Vault", release => Proxy(release, "LoadBalancer"), Outcome.Inconclusive),
        Release("TLS-6", "proxy behind ports of the nodes", "(type NodePort)", release => Proxy(release, "NodePort"), Outcome.Inconclusive),
        Release("TLS-6", "proxy behind an Ingress", "(Ingress 'vault')", release =>
        {
            Proxy(release, "ClusterIP");
            release.Ingresses.Add(Ingress(service: "proxy"));
        }, Outcome.Inconclusive),
        Release("TLS-6", "proxy behind a route", "(HTTPRoute 'vault')", release =>
        {
            Proxy(release, "ClusterIP");
            release.Routes.Add(Route("HTTPRoute", """{ "rules": [ { "backendRefs": [ { "name": "proxy" } ] } ] }"""));
        }, Outcome.Inconclusive),
        Release("TLS-6", "proxy behind an annotation", "(annotation tailscale.com/expose)", release =>
            Proxy(release, "ClusterIP").Metadata.Annotations = new Dictionary<string, string> { ["tailscale.com/expose"] = "true" }, Outcome.Inconclusive),
        Release("TLS-6", "proxy whose pods are not there yet", "to deployment/proxy, which may end TLS", release =>
        {
            release.Services.Add(Service("proxy", "LoadBalancer", ("app", "proxy")));
            release.Deployments.Add(new V1Deployment { Metadata = new V1ObjectMeta { Name = "proxy" }, Spec = new V1DeploymentSpec { Replicas = 0, Selector = Selector(), Template = Template() } });
        }, Outcome.Inconclusive),
        Release("TLS-6", "load balancer that selects nothing", "to no pod that is there", release => release.Services.Add(Service("proxy", "LoadBalancer", ("app", "proxy"))), Outcome.Inconclusive),
        Release("TLS-6", "Service for servers and another pod", "(which leads to servers, too): to proxy-0", release =>
        {
            release.OtherPods.Add(Pod());
            foreach (var labels in release.Servers.Select(pod => pod.Admitted.Metadata.Labels))
            {
                labels["app"] = "proxy";
            }

            release.Services.Add(Service("both", "ClusterIP", ("app", "proxy")));
            release.Paths.Add(CompliantTransport.Path("service/both:443", CompliantTransport.Certificate));
        }, Outcome.Inconclusive, also: "TLS-4"),
        Release("TLS-6", "proxy whose container the profile declares", "to proxy-0, whose containers are declared in the profile", release =>
        {
            Proxy(release, "LoadBalancer");
            release.Profile = profile => profile with { Parameters = profile.Parameters with { DeclaredContainers = ["nginx"] } };
        }, Outcome.Passed),
        Release("TLS-6", "proxy inside the cluster, as the injector is", "", release => Proxy(release, "ClusterIP"), Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Unknown =>
    [
        Release("TLS-6", "Services that are gone from the objects", "service/vault-active", release => release.Services.RemoveAll(service => service.Metadata.Name == "vault-active"), Outcome.Inconclusive, also: ["TLS-1", "TLS-4"]),
        Release("TLS-4", "all Services gone from the objects", "the objects are not all there are", release => release.Services.Clear(), Outcome.Inconclusive, also: ["TLS-1", "TLS-6"]),
        Release("TLS-4", "pods that a Service names which is not there", "service/vault-hidden", release => release.Second.Admitted.Spec.Subdomain = "vault-hidden", Outcome.Inconclusive, also: ["TLS-1", "TLS-6"]),
        Release("TLS-6", "Ingress that is gone from the objects", "ingress/gone", release => release.Paths.Add(Way("ingress/gone:*:443", "Ingress", ready: true)), Outcome.Inconclusive, also: ["TLS-1", "TLS-4"]),
        Release("TLS-6", "route that is gone from the objects", "route/gone", release => release.Paths.Add(Way("route/gone:vault.example.org", "Route", ready: true)), Outcome.Inconclusive, also: ["TLS-1", "TLS-4"]),
    ];

    private static IReadOnlyList<Mutation> Controllers =>
    [
        Release("TLS-6", "Ingress that leads to an object of its controller", "it leads to TraefikService 'vault'", release =>
        {
            var ingress = Ingress();
            ingress.Spec.DefaultBackend = new V1IngressBackend { Resource = new V1TypedLocalObjectReference { Kind = "TraefikService", Name = "vault" } };
            release.Ingresses.Add(ingress);
        }, Outcome.Inconclusive),
        Release("TLS-6", "Mapping within an annotation", "getambassador.io/config", release => release.Services[0].Metadata.Annotations["getambassador.io/config"] = Mapping, Outcome.Inconclusive),
        Release("TLS-6", "Mapping within an annotation of a load balancer", "getambassador.io/config", release => release.Balance(annotation: "getambassador.io/config", value: Mapping), Outcome.Inconclusive),
        Release("TLS-6", "another object as JSON within an annotation", "example.org/route", release =>
            release.Services[0].Metadata.Annotations["example.org/route"] = """[{"kind":"Mapping"}]""", Outcome.Inconclusive),
        Release("TLS-6", "endpoint group for an Ingress", "", release => release.Services[0].Metadata.Annotations["cloud.google.com/neg"] = """{"ingress":true}""", Outcome.Passed),
        Release("TLS-6", "state without endpoint groups", "", release => release.Services[0].Metadata.Annotations["cloud.google.com/neg-status"] = """{"network_endpoint_groups":{},"zones":[]}""", Outcome.Passed),
        Release("TLS-6", "state with endpoint groups", "cloud.google.com/neg-status", release =>
            release.Services[0].Metadata.Annotations["cloud.google.com/neg-status"] = """{"network_endpoint_groups":{"8200":"k8s1-a"},"zones":["a"]}""", Outcome.Inconclusive),
        Release("TLS-6", "endpoint group with ports", "cloud.google.com/neg", release =>
            release.Services[0].Metadata.Annotations["cloud.google.com/neg"] = """{"ingress":true,"exposed_ports":{"8200":{}}}""", Outcome.Inconclusive),
        Release("TLS-6", "target group of a load balancer", "an object of kind TargetGroupBinding names the Service", release =>
            release.Routes.Add(Route("TargetGroupBinding", """{ "serviceRef": { "name": "vault", "port": 8200 } }""")), Outcome.Inconclusive),
        Release("TLS-6", "Istio by the name in the offer", "leaves TLS as it is", release => Istio(release, "networking.istio.io/v1", """ "tls": [ { "route": [ { "destination": { "host": "vault", "port": { "number": 8200 } } } ] } ] """), Outcome.Passed),
        Release("TLS-6", "Istio by the name in the offer, and HTTP", "an object of kind VirtualService", release =>
            Istio(release, "networking.istio.io/v1", """ "http": [ { "route": [ { "destination": { "host": "vault" } } ] } ], "tls": [ { "route": [] } ] """), Outcome.Inconclusive),
        Release("TLS-6", "the same kind of somebody else", "an object of kind VirtualService", release =>
            Istio(release, "gateway.solo.io/v1", """ "tls": [ { "route": [ { "destination": { "host": "vault" } } ] } ] """), Outcome.Inconclusive),
        Release("TLS-4", "name that Istio passes through", "shop.example.org", release =>
            Istio(release, "networking.istio.io/v1", """ "tls": [ { "match": [ { "sniHosts": [ "shop.example.org" ] } ], "route": [ { "destination": { "host": "vault", "port": { "number": 8200 } } } ] } ] """)),
    ];

    private static void Istio(ReleaseEvidence release, string version, string spec)
    {
        var route = Route("VirtualService", $$"""{ {{spec}} }""");
        route["apiVersion"] = version;
        release.Routes.Add(route);
    }

    private static V1Service Proxy(ReleaseEvidence release, string type)
    {
        var service = Service("proxy", type, ("app", "proxy"));
        release.Services.Add(service);
        release.OtherPods.Add(Pod());
        return service;
    }

    private static V1Pod Pod() => new() { Metadata = new V1ObjectMeta { Name = "proxy-0", Labels = Template().Metadata.Labels }, Spec = Template().Spec };

    private static V1LabelSelector Selector() => new() { MatchLabels = new Dictionary<string, string> { ["app"] = "proxy" } };

    private static V1PodTemplateSpec Template() => new()
    {
        Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { ["app"] = "proxy" } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "nginx" }] },
    };

    private static V1Service Service(string name, string type, params (string Key, string Value)[] selector) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1ServiceSpec
        {
            Type = type, ClusterIP = "10.43.0.9", Ports = [new V1ServicePort { Port = 443, TargetPort = 8443 }],
            Selector = selector.Length == 0 ? null : selector.ToDictionary(pair => pair.Key, pair => pair.Value),
        },
    };
}
