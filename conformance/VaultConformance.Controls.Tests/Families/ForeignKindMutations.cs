using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;
using static VaultConformance.Controls.Tests.Support.Entries;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Objects of meshes, networks and unknown controllers, which publish Services or stand before pods without being routes.</summary>
internal static class ForeignKindMutations
{
    private const string Selects = """ { "matchLabels": { "component": "server" } } """;
    private const string Others = """ { "matchLabels": { "app": "shop" } } """;

    public static IReadOnlyList<Mutation> All => [.. Unknown, .. Meshes, .. Harmless];

    private static IReadOnlyList<Mutation> Unknown =>
    [
        Kind("Service that is exported to other clusters", "is called like the Service", "multicluster.x-k8s.io/v1alpha1", "ServiceExport", "{}", "TLS-7"),
        Kind("unknown kind that is called like the Service", "an object of kind Publication", "example.org/v1", "Publication", "{}", "TLS-7"),
        Kind("unknown kind that selects servers", "selects server pods", "example.org/v1", "Interceptor", $$"""{ "podSelector": {{Selects}} }""", name: "x"),
        Kind("unknown kind that selects by a text", "selects server pods", "example.org/v1", "Interceptor", """{ "selector": "component = server" }""", name: "x"),
        Kind("unknown kind that names the Service", "names the Service", "example.org/v1", "Interceptor", """{ "targets": [ "vault.vault.svc" ] }""", name: "x"),
        Kind("unknown kind that names the address", "names the Service", "example.org/v1", "Interceptor", """{ "from": "10.43.0.1:8200" }""", name: "x"),
        Kind("policy for TLS behind a gateway", "names the Service", "gateway.networking.k8s.io/v1", "BackendTLSPolicy", """{ "targetRefs": [ { "kind": "Service", "name": "vault" } ] }""", name: "x"),
        Kind("local redirect", "names the Service", "cilium.io/v2", "CiliumLocalRedirectPolicy", """{ "redirectFrontend": { "serviceMatcher": { "serviceName": "vault" } } }""", name: "x"),
        Kind("permission for routes of other namespaces", "it permits HTTPRoute of namespace 'edge'", "gateway.networking.k8s.io/v1beta1", "ReferenceGrant",
            """{ "from": [ { "kind": "HTTPRoute", "namespace": "edge" } ], "to": [ { "group": "", "kind": "Service" } ] }"""),
    ];

    private static IReadOnlyList<Mutation> Meshes =>
    [
        Kind("rule that begins TLS in the mesh", "tls.mode SIMPLE", "networking.istio.io/v1", "DestinationRule", """{ "host": "vault", "trafficPolicy": { "tls": { "mode": "SIMPLE" } } }"""),
        Kind("rule that begins TLS for one port", "tls.mode MUTUAL", "networking.istio.io/v1", "DestinationRule",
            """{ "host": "vault.vault.svc.cluster.local", "trafficPolicy": { "portLevelSettings": [ { "port": { "number": 8200 }, "tls": { "mode": "MUTUAL" } } ] } }"""),
        Kind("rule that begins TLS for a subset", "tls.mode SIMPLE", "networking.istio.io/v1", "DestinationRule",
            """{ "host": "vault", "subsets": [ { "name": "a", "trafficPolicy": { "tls": { "mode": "SIMPLE" } } } ] }"""),
        Kind("listeners of a sidecar", "take what is sent to the pod", "networking.istio.io/v1", "Sidecar", """{ "ingress": [ { "port": { "number": 8200 }, "tls": { "mode": "SIMPLE" } } ] }"""),
        Kind("filter of Envoy for all pods", "changes what the proxies of the pods do", "networking.istio.io/v1alpha3", "EnvoyFilter", """{ "configPatches": [] }"""),
        Kind("filter of Envoy for servers", "changes what the proxies of the pods do", "networking.istio.io/v1alpha3", "EnvoyFilter", """{ "workloadSelector": { "labels": { "component": "server" } } }"""),
        Kind("mutual TLS of an unknown mode", "mutual TLS of the mesh", "security.istio.io/v1", "PeerAuthentication", """{ "mtls": { "mode": "TERMINATE" } }"""),
        Kind("server of Linkerd that speaks HTTP", "proxyProtocol HTTP/1", "policy.linkerd.io/v1beta3", "Server", $$"""{ "podSelector": {{Selects}}, "port": 8200, "proxyProtocol": "HTTP/1" }"""),
        Kind("configuration of Envoy for the Service", "changes what the proxies", "cilium.io/v2", "CiliumEnvoyConfig", """{ "services": [ { "name": "vault" } ] }"""),
        Kind("policy that ends TLS", "it has terminatingTLS", "cilium.io/v2", "CiliumNetworkPolicy",
            """{ "endpointSelector": { "matchLabels": { "component": "server" } }, "ingress": [ { "toPorts": [ { "terminatingTLS": {} } ] } ] }"""),
    ];

    private static IReadOnlyList<Mutation> Harmless =>
    [
        Good("rule without TLS of its own", "networking.istio.io/v1", "DestinationRule", """{ "host": "vault", "trafficPolicy": { "tls": { "mode": "DISABLE" } } }"""),
        Good("rule for others", "networking.istio.io/v1", "DestinationRule", """{ "host": "shop", "trafficPolicy": { "tls": { "mode": "SIMPLE" } } }"""),
        Good("sidecar that only limits what goes out", "networking.istio.io/v1", "Sidecar", """{ "egress": [ { "hosts": [ "./*" ] } ] }"""),
        Good("mutual TLS of a mesh", "security.istio.io/v1", "PeerAuthentication", """{ "mtls": { "mode": "STRICT" }, "portLevelMtls": { "8201": { "mode": "DISABLE" } } }"""),
        Good("filter of Envoy for others", "networking.istio.io/v1alpha3", "EnvoyFilter", """{ "workloadSelector": { "labels": { "app": "shop" } } }"""),
        Good("server of Linkerd that passes TLS", "policy.linkerd.io/v1beta3", "Server", $$"""{ "podSelector": {{Selects}}, "port": 8200, "proxyProtocol": "TLS" }"""),
        Good("network policy of Cilium", "cilium.io/v2", "CiliumNetworkPolicy", """{ "endpointSelector": { "matchLabels": { "component": "server" } }, "ingress": [ { "toPorts": [ { "ports": [] } ] } ] }"""),
        Good("monitor that is called like the Service", "monitoring.coreos.com/v1", "ServiceMonitor", $$"""{ "selector": {{Selects}}, "endpoints": [ { "tlsConfig": { "serverName": "vault.vault.svc" } } ] }"""),
        Good("certificate for the names of the Service", "cert-manager.io/v1", "Certificate", """{ "dnsNames": [ "vault.vault.svc" ] }"""),
        Good("store of secrets that is a client of Vault", "external-secrets.io/v1", "SecretStore", """{ "provider": { "vault": { "server": "https://vault.vault.svc:8200" } } }"""),
        Good("unknown kind that is about others", "example.org/v1", "Interceptor", $$"""{ "podSelector": {{Others}}, "targetRef": { "kind": "StatefulSet", "name": "vault" } }""", "x"),
        Good("permission for Secrets", "gateway.networking.k8s.io/v1", "ReferenceGrant", """{ "from": [ { "kind": "Gateway", "namespace": "edge" } ], "to": [ { "group": "", "kind": "Secret" } ] }"""),
    ];

    private static Mutation Kind(string deviation, string reason, string version, string kind, string spec, string? also = null, string name = "vault") =>
        Release("TLS-6", deviation, reason, release => release.Routes.Add(Object(version, kind, spec, name)), Outcome.Inconclusive, null, also is null ? [] : [also]);

    private static Mutation Good(string deviation, string version, string kind, string spec, string name = "vault") =>
        Release("TLS-6", deviation, string.Empty, release => release.Routes.Add(Object(version, kind, spec, name)), Outcome.Passed);

    private static System.Text.Json.Nodes.JsonObject Object(string version, string kind, string spec, string name)
    {
        var item = Route(kind, spec);
        item["apiVersion"] = version;
        item["metadata"]!["name"] = name;
        return item;
    }
}
