using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;
using static VaultConformance.Controls.Tests.Support.Entries;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Ways into a release: who stands in front of the pods, and what is not known of it.</summary>
internal static class EntryMutations
{
    private const string Parents = """ "parentRefs": [ { "name": "edge" } ], "rules": [ { "backendRefs": [ { "name": "vault" } ] } ] """;

    public static IReadOnlyList<Mutation> All =>
    [
        Release("TLS-6", "no way into the release", "there is none", release => release.Paths.Clear(), Outcome.Inconclusive, also: "TLS-1"),
        Release("TLS-6", "nothing is ready behind any way", "none of 5, because nothing was ready", release =>
        {
            foreach (var (number, path) in release.Paths.Index().ToList())
            {
                release.Paths[number] = path with { Ready = false, Plaintext = null, Fingerprints = new Dictionary<string, int>() };
            }
        }, Outcome.Inconclusive, also: "TLS-1"),
        Release("TLS-6", "a Service that nobody checked", "were not checked: service/vault-active:8200", release =>
            release.Paths.RemoveAll(path => path.Name == "service/vault-active:8200"), Outcome.Inconclusive, also: "TLS-1"),
        Release("TLS-6", "load balancer without an address", "it has no address yet", release => release.Balance(ready: false), Outcome.Inconclusive, also: "TLS-1"),
        Release("TLS-6", "load balancer that nobody checked", "service/vault:8200 (load balancer)", release =>
        {
            release.Balance();
            release.Paths.RemoveAt(release.Paths.Count - 1);
        }, Outcome.Inconclusive, also: "TLS-1"),
        Release("TLS-6", "load balancer at TCP level", "", release => release.Balance(), Outcome.Passed),
        Release("TLS-6", "addresses of nodes that nobody tried", "service/vault:8200 (external IP)", release =>
        {
            release.Services[0].Spec.Ports = [release.Services[0].Spec.Ports[0]];
            release.Services[0].Spec.ExternalIPs = ["192.0.2.1"];
        }, Outcome.Inconclusive, also: "TLS-1"),
        Release("TLS-6", "another name of the release", "where Service 'alias' leads: to 'vault.example.org', outside", release => release.Services.Add(Alias("vault")), Outcome.Inconclusive, also: "HA-5"),
        Release("TLS-6", "a name with the label of somebody else", "where Service 'alias' leads", release => release.Services.Add(Alias("shop")), Outcome.Inconclusive, also: "HA-5"),

        Release("TLS-6", "Ingress", "ended by the controller", release => release.Open(Ingress())),
        Release("TLS-6", "Ingress without TLS", "plaintext up to the controller", release => release.Open(Ingress(tls: false))),
        Release("TLS-6", "Ingress of ingress-nginx that passes TLS through", "", release => Served(release, "nginx", "k8s.io/ingress-nginx"), Outcome.Passed),
        Release("TLS-6", "the same as default class", "", release =>
        {
            release.IngressClasses = [Class("public", "k8s.io/ingress-nginx", isDefault: true)];
            release.Open(Ingress(NginxPassthrough));
        }, Outcome.Passed),
        Release("TLS-6", "Ingress of Traefik with the annotation of another controller", "'traefik.io/ingress-controller' of class 'public', which does not know " + NginxPassthrough, release =>
            Served(release, "public", "traefik.io/ingress-controller")),
        Release("TLS-6", "Ingress of Traefik, classes not read", "class 'traefik', which does not know", release =>
        {
            release.IngressClasses = null;
            release.Open(Ingress(NginxPassthrough, "traefik"), ready: false);
        }, also: "TLS-1"),
        Release("TLS-6", "a class called nginx that is another controller's", "'nginx.org/ingress-controller' of class 'nginx'", release => Served(release, "nginx", "nginx.org/ingress-controller")),
        Release("TLS-6", "load balancer of a cloud as Ingress", "class 'alb'", release => release.Open(Ingress(NginxPassthrough, "alb"))),
        Release("TLS-6", "class called nginx, classes not read", "the IngressClasses were not read", release =>
        {
            release.IngressClasses = null;
            release.Open(Ingress(NginxPassthrough, "nginx"));
        }, Outcome.Inconclusive),
        Release("TLS-6", "Ingress without a class, and no default", "an Ingress without a class", release =>
        {
            release.IngressClasses = [Class("public", "k8s.io/ingress-nginx")];
            release.Open(Ingress(NginxPassthrough));
        }, Outcome.Inconclusive),
        Release("TLS-6", "Ingress that ends TLS where no controller is", "ended by the controller", release => release.Open(Ingress(), ready: false)),
        Release("TLS-6", "Ingress that no controller of the cluster serves", "the cluster has no IngressClass 'nginx'", release =>
            release.Open(Ingress(NginxPassthrough, "nginx"), ready: false), Outcome.Passed),
        Release("TLS-6", "Ingress that passes TLS through, without an address", "nobody went this way", release => Served(release, "nginx", "k8s.io/ingress-nginx", ready: false), Outcome.Inconclusive, also: "TLS-1"),
        Release("TLS-6", "Ingress that nobody went", "not checked: ingress/vault:", release =>
        {
            release.IngressClasses = [Class("nginx", "k8s.io/ingress-nginx")];
            release.Ingresses.Add(Ingress(NginxPassthrough, "nginx"));
        }, Outcome.Inconclusive, also: "TLS-1"),

        Release("TLS-6", "TLSRoute, Gateway not read", "Gateway 'edge' was not read", release =>
        {
            release.Gateways = null;
            release.Routes.Add(Route("TLSRoute", $$"""{ {{Parents}} }"""));
        }, Outcome.Inconclusive),
        Release("TLS-6", "TLSRoute without a Gateway", "names no Gateway", release =>
            release.Routes.Add(Route("TLSRoute", """{ "rules": [ { "backendRefs": [ { "name": "vault" } ] } ] }""")), Outcome.Inconclusive),
        Release("TLS-6", "TLSRoute at a listener that passes TLS through", "", release =>
            Routed(release, "TLSRoute", """[ { "name": "tls", "protocol": "TLS", "tls": { "mode": "Passthrough" } }, { "name": "web", "protocol": "HTTP" } ]"""), Outcome.Passed),
        Release("TLS-6", "TLSRoute at a listener that ends TLS", "ended by Gateway 'edge', listener 'tls' (TLS, TLS mode Terminate)", release =>
            Routed(release, "TLSRoute", """[ { "name": "tls", "protocol": "TLS", "tls": { "mode": "Terminate" } } ]""")),
        Release("TLS-6", "TLSRoute at a listener that does not say", "TLS mode not set", release => Routed(release, "TLSRoute", """[ { "name": "tls", "protocol": "TLS" } ]""")),
        Release("TLS-6", "TLSRoute without a listener for it", "no listener that this route can be attached to", release =>
            Routed(release, "TLSRoute", """[ { "name": "web", "protocol": "HTTPS" } ]"""), Outcome.Inconclusive),
        Release("TLS-6", "TCPRoute", "", release => Routed(release, "TCPRoute", """[ { "name": "tcp", "protocol": "TCP" } ]"""), Outcome.Passed),
        Release("TLS-6", "TCPRoute behind TLS", "ended by Gateway", release => Routed(release, "TCPRoute", """[ { "name": "tls", "protocol": "TLS", "tls": { "mode": "Terminate" } } ]""")),
        Release("TLS-6", "TLS begun anew behind Traefik", "TLS is begun anew", release =>
            release.Routes.Add(Route("IngressRouteTCP", """{ "routes": [ { "services": [ { "name": "vault", "tls": true } ] } ], "tls": { "passthrough": true } }"""))),
        Release("TLS-6", "object of an unknown controller", "an object of kind TransportServer names the Service", release =>
            release.Routes.Add(Route("TransportServer", """{ "upstreams": [ { "service": "vault" } ] }""")), Outcome.Inconclusive),
        Release("TLS-6", "HTTP proxy that passes TLS through", "", release =>
            release.Routes.Add(Route("HTTPProxy", """{ "virtualhost": { "tls": { "passthrough": true } }, "tcpproxy": { "services": [ { "name": "vault" } ] } }""")), Outcome.Passed),
    ];

    private static k8s.Models.V1Service Alias(string release) => new()
    {
        Metadata = new k8s.Models.V1ObjectMeta { Name = "alias", Labels = new Dictionary<string, string> { ["app.kubernetes.io/instance"] = release } },
        Spec = new k8s.Models.V1ServiceSpec { Type = "ExternalName", ExternalName = "vault.example.org" },
    };

    private static void Served(ReleaseEvidence release, string name, string controller, bool ready = true)
    {
        release.IngressClasses = [Class(name, controller)];
        release.Open(Ingress(NginxPassthrough, name), ready);
    }

    private static void Routed(ReleaseEvidence release, string kind, string listeners)
    {
        release.Gateways = [Gateway(listeners)];
        release.Routes.Add(Route(kind, $$"""{ {{Parents}} }"""));
    }
}
