using k8s.Models;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;
using static VaultConformance.Controls.Tests.Support.Entries;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Names that a certificate has to hold, and names that nobody asks for.</summary>
internal static class NameMutations
{
    private const string Address = "leader_api_addr = \"https://vault-0.vault-internal:8200\"";

    public static IReadOnlyList<Mutation> All =>
    [
        Pod("TLS-4", "address that nobody can read", "'https://[::1:8200' (address that clients are sent to where a request cannot be passed on (api_addr)) in the certificate on port 8200: it cannot be read as an address", pod =>
            pod.ChangeVariable("VAULT_API_ADDR", "https://[::1:8200"), Outcome.Inconclusive, Requirement.Should),
        Pod("TLS-4", "address without a host", "'https://:8200' (address that commands and probes in the pod use) in the certificate on port 8200: it cannot be read as an address", pod =>
            pod.ChangeVariable("VAULT_ADDR", "https://:8200"), Outcome.Inconclusive, also: "HA-5"),
        Pod("TLS-4", "address of a peer that nobody can read", "'https://vault 0:8200' (name by which servers join", pod => Join(pod, "leader_api_addr = \"https://vault 0:8200\""), Outcome.Inconclusive),
        Release("TLS-4", "Service for datagrams only", "", release => release.Services.Add(Service("q", ("UDP", 514))), Outcome.Passed),
        Release("TLS-4", "Service for datagrams and the API", "q.vault.svc (Service in the cluster) in the certificate on port 8200: not covered", release =>
        {
            release.Services.Add(Service("q", ("UDP", 514), ("TCP", 8200)));
            release.Paths.Add(CompliantTransport.Path("service/q:8200", CompliantTransport.Certificate));
        }, Outcome.Failed, Requirement.Should),
        Pod("TLS-4", "joining a server that the certificate does not name", "vault.elsewhere.example (name by which servers join (leader_api_addr of retry_join))", pod =>
            Join(pod, "leader_api_addr = \"https://vault.elsewhere.example:8200\"")),
        Pod("TLS-4", "asking for a name that the certificate does not hold", "peer.example.org (name that retry_join asks for (leader_tls_servername))", pod =>
            Join(pod, Address + "\nleader_tls_servername = \"peer.example.org\"")),
        Release("TLS-4", "peers ask for the name of the Service, names of pods missing", "", release =>
        {
            release.Serve(Issue("*.vault-internal", "vault-0.vault-internal", "vault-1.vault-internal"));
            foreach (var pod in release.Servers)
            {
                Join(pod, Address + "\nleader_tls_servername = \"vault.vault.svc\"");
                pod.ChangeVariable("VAULT_API_ADDR", "https://vault.vault.svc:8200");
            }
        }, Outcome.Passed),
        Pod("TLS-4", "servers find each other by address", "10.42.0.7 (address by which servers find each other", pod =>
            Join(pod, "auto_join = \"provider=k8s namespace=vault\"")),
        Pod("TLS-4", "servers find each other and ask for a name", "", pod =>
            Join(pod, "auto_join = \"provider=k8s namespace=vault\"\nleader_tls_servername = \"vault.vault.svc\""), Outcome.Passed),
        Pod("TLS-4", "redirects without clustering", "10.42.0.7 (address that standbys send clients to, because clustering is disabled)", pod =>
        {
            pod.ChangeVariable("VAULT_API_ADDR", "https://$(POD_IP):8200");
            pod.ChangeConfig("disable_clustering = true\n" + CompliantPod.Config);
        }),
        Release("TLS-4", "host of an Ingress that passes TLS through", "vault.example.org (host of Ingress 'vault', which passes TLS through to the pod)", release =>
        {
            release.IngressClasses = [Class("nginx", "k8s.io/ingress-nginx")];
            release.Open(Ingress(NginxPassthrough, "nginx", host: "vault.example.org"));
        }),
        Release("TLS-6", "host of an Ingress whose passthrough is switched off", "ended by the controller", release =>
        {
            release.IngressClasses = [Class("nginx", "k8s.io/ingress-nginx")];
            var ingress = Ingress(NginxPassthrough, "nginx", host: "vault.example.org");
            ingress.Metadata.Annotations[NginxPassthrough] = "false";
            release.Open(ingress);
        }),
        Release("TLS-6", "host of an Ingress whose passthrough is switched off", "ended by the controller", release =>
        {
            release.IngressClasses = [Class("nginx", "k8s.io/ingress-nginx")];
            var ingress = Ingress(NginxPassthrough, "nginx", host: "vault.example.org");
            ingress.Metadata.Annotations[NginxPassthrough] = "false";
            release.Open(ingress);
        }),
        Release("TLS-4", "host of an OpenShift Route that passes TLS through", "vault.example.org (host of Route 'vault'", release =>
            release.Routes.Add(Route("Route", """{ "host": "vault.example.org", "port": { "targetPort": 8200 }, "to": { "name": "vault" }, "tls": { "termination": "passthrough" } }"""))),
        Release("TLS-4", "host of Traefik's route", "vault.example.org (host of IngressRouteTCP 'vault'", release =>
            release.Routes.Add(Route("IngressRouteTCP", """{ "routes": [ { "match": "HostSNI(`vault.example.org`)", "services": [ { "name": "vault" } ] } ], "tls": { "passthrough": true } }"""))),
        Release("TLS-4", "published name of a Service", "vault.example.org (name that is published for Service 'vault'", release =>
            release.Services[0].Metadata.Annotations["external-dns.alpha.kubernetes.io/hostname"] = "vault.example.org"),
        Release("TLS-4", "a wildcard of a route", "*.example.org (host of Route", release =>
            release.Routes.Add(Route("Route", """{ "host": "*.example.org", "port": { "targetPort": 8200 }, "to": { "name": "vault" }, "tls": { "termination": "passthrough" } }"""))),
        Release("TLS-4", "a Service of the user interface", "vault-ui.vault.svc (Service in the cluster)", release => release.Services.Add(new V1Service
        {
            Metadata = new V1ObjectMeta { Name = "vault-ui" },
            Spec = new V1ServiceSpec
            {
                Type = "ClusterIP", ClusterIP = "10.43.0.9", Selector = new Dictionary<string, string> { ["component"] = "server" }, Ports = [new V1ServicePort { Name = "https", Port = 8200, TargetPort = 8200 }],
            },
        }.Also(_ => release.Paths.Add(CompliantTransport.Path("service/vault-ui:8200", CompliantTransport.Certificate)))), Outcome.Failed, Requirement.Should),
    ];

    private static void Join(PodEvidence pod, string settings) => pod.ChangeConfig(CompliantPod.Config.Replace(Address, settings, StringComparison.Ordinal));

    private static ServerCertificate Issue(params string[] omitted) =>
        CompliantTransport.Authority.Issue(CertificateRecipe.Good with { OmitNames = omitted }, CompliantTransport.Names);

    private static T Also<T>(this T subject, Action<T> change)
    {
        change(subject);
        return subject;
    }

    private static V1Service Service(string name, params (string Protocol, int Port)[] ports) => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1ServiceSpec
        {
            Type = "ClusterIP",
            ClusterIP = "10.43.0.9",
            Selector = new Dictionary<string, string> { ["component"] = "server" },
            Ports = [.. ports.Select(port => new V1ServicePort { Name = $"p{port.Port}", Port = port.Port, Protocol = port.Protocol })],
        },
    };
}
