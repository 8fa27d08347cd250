using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;
using static VaultConformance.Controls.Tests.Support.Entries;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Ways in that lead to what the objects do not hold, and other names of the servers' Services.</summary>
internal static class UnknownEndMutations
{
    public static IReadOnlyList<Mutation> All => [.. Ends, .. Known, .. Names];

    private static IReadOnlyList<Mutation> Ends =>
    [
        Unknown("Ingress to a Service that is not there", "to Service 'shop', which the objects do not hold", release => release.Ingresses.Add(Ingress(service: "shop"))),
        Unknown("Ingress to a Service that is not there, by a rule", "to Service 'shop'", release => release.Ingresses.Add(Ingress(service: "shop", host: "shop.example.org"))),
        Unknown("HTTPRoute to a Service that is not there", "to Service 'shop'", release => release.Routes.Add(Backend("HTTPRoute", """ "name": "shop", "port": 443 """))),
        Unknown("TLSRoute to a Service of another namespace", "to Service 'vault' of namespace 'edge', which was not read", release =>
            release.Routes.Add(Backend("TLSRoute", """ "name": "vault", "namespace": "edge", "port": 443 """))),
        Unknown("HTTPRoute that imports a Service", "to ServiceImport 'shop', of which nothing is known", release =>
            release.Routes.Add(Backend("HTTPRoute", """ "group": "multicluster.x-k8s.io", "kind": "ServiceImport", "name": "shop", "port": 443 """))),
        Unknown("HTTPRoute that also mirrors", "to Service 'copy'", release => release.Routes.Add(Route(
            "HTTPRoute", """{ "rules": [ { "filters": [ { "requestMirror": { "backendRef": { "name": "copy", "port": 443 } } } ] } ] }"""))),
        Unknown("OpenShift's Route to a Service that is not there", "to Service 'shop'", release => release.Routes.Add(Route("Route", """{ "to": { "kind": "Service", "name": "shop" } }"""))),
        Unknown("OpenShift's Route with another end", "to Service 'shop'", release => release.Routes.Add(Route(
            "Route", """{ "alternateBackends": [ { "kind": "Service", "name": "shop" } ] }"""))),
        Unknown("Traefik's route to a Service that is not there", "to Service 'shop'", release => release.Routes.Add(Route("IngressRoute", """{ "routes": [ { "services": [ { "name": "shop", "port": 443 } ] } ] }"""))),
        Unknown("Traefik's route to an object of Traefik", "to TraefikService 'weighted'", release =>
            release.Routes.Add(Route("IngressRoute", """{ "routes": [ { "services": [ { "kind": "TraefikService", "name": "weighted" } ] } ] }"""))),
        Unknown("Istio's route to a host outside", "to 'shop.example.org', which is not a Service", release =>
            release.Routes.Add(Route("VirtualService", """{ "http": [ { "route": [ { "destination": { "host": "shop.example.org" } } ] } ] }"""))),
        Unknown("Mapping to a Service that is not there", "to Service 'shop'", release => release.Routes.Add(Route("Mapping", """{ "service": "https://shop:443" }"""))),
        Unknown("server of NGINX that leads elsewhere", "to Service 'shop'", release =>
            release.Routes.Add(Route("TransportServer", """{ "host": "vault.example.org", "upstreams": [ { "name": "u", "service": "shop" } ] }"""))),
        Unknown("target group of a Service that is not there", "to Service 'shop'", release => release.Routes.Add(Route("TargetGroupBinding", """{ "serviceRef": { "name": "shop", "port": 443 } }"""))),
        Unknown("group of Skipper's routes", "to Service 'shop'", release => release.Routes.Add(Route(
            "RouteGroup", """{ "backends": [ { "name": "b", "type": "service", "serviceName": "shop", "servicePort": 443 }, { "name": "none", "type": "shunt" } ] }"""))),
        Unknown("items of a list without a kind of their own", "to Service 'shop'", release => release.Routes.Add(Backend("tlsroutes", """ "name": "shop" """))),
    ];

    private static IReadOnlyList<Mutation> Known =>
    [
        Release("TLS-6", "route that only redirects", "", release => release.Routes.Add(Route(
            "HTTPRoute", """{ "parentRefs": [ { "name": "vault" } ], "rules": [ { "filters": [ { "requestRedirect": { "scheme": "https" } } ] } ] }""")), Outcome.Passed),
        Release("TLS-6", "Gateway that is called like the Service", "where HTTPRoute 'vault' leads", release =>
            release.Routes.Add(Route("HTTPRoute", """{ "parentRefs": [ { "name": "vault" } ], "rules": [ { "backendRefs": [ { "name": "shop" } ] } ] }""")), Outcome.Inconclusive, also: "TLS-7"),
    ];

    private static IReadOnlyList<Mutation> Names =>
    [
        Release("TLS-6", "Mapping to a server by its own name", "Mapping is HTTP", release => release.Routes.Add(Route("Mapping", """{ "service": "https://vault-1.vault-internal:8200" }"""))),
        Release("TLS-6", "Mapping to a server by its full name", "Mapping is HTTP", release =>
            release.Routes.Add(Route("Mapping", """{ "service": "https://vault-1.vault-internal.vault.svc.cluster.local:8200" }"""))),
        Release("TLS-6", "Mapping to the address of the Service", "Mapping is HTTP", release => release.Routes.Add(Route("Mapping", """{ "service": "https://10.43.0.1:8200" }"""))),
        Release("TLS-6", "Mapping to the address of a server", "Mapping is HTTP", release => release.Routes.Add(Route("Mapping", """{ "service": "https://10.42.0.7:8200" }"""))),
        Release("TLS-6", "Mapping in capitals, with a dot behind", "Mapping is HTTP", release => release.Routes.Add(Route("Mapping", """{ "service": "HTTPS://VAULT.vault.svc.:8200" }"""))),
        Release("TLS-7", "route to the cluster port of a server by its own name", "8201 by Mapping 'vault'", release =>
            release.Routes.Add(Route("Mapping", """{ "service": "https://vault-1.vault-internal:8201" }""")), also: "TLS-6"),
        Release("TLS-7", "route to the cluster port of a server by its address", "8201 by Mapping 'vault'", release =>
            release.Routes.Add(Route("Mapping", """{ "service": "https://10.42.0.7:8201" }""")), also: "TLS-6"),
    ];

    private static System.Text.Json.Nodes.JsonObject Backend(string kind, string backend) => Route(kind, $$"""{ "rules": [ { "backendRefs": [ { {{backend}} } ] } ] }""");

    private static Mutation Unknown(string deviation, string reason, Action<ReleaseEvidence> change) =>
        Release("TLS-6", deviation, reason, change, Outcome.Inconclusive, also: "TLS-7");
}
