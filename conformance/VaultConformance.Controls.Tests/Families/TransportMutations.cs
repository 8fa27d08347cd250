using System.Text.Json.Nodes;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

internal static class TransportMutations
{
    private static readonly PlaintextAnswer Spoken = new(PlaintextAnswerKind.HttpAnswered, 200, "HTTP/1.1 200 OK {}");

    public static IReadOnlyList<Mutation> All =>
    [
        Pod("TLS-1", "plaintext is spoken", "'HTTP/1.1 200 OK {}'", pod => pod.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with { Plaintext = Spoken })),
        Pod("TLS-1", "a port nobody checked", "9102", pod =>
            pod.Sockets = new ListeningSockets([.. pod.Sockets!.Sockets, new ListeningSocket("0.0.0.0", 9102, 100)]), Outcome.Inconclusive),
        Pod("TLS-1", "API port seen through the API server only", "vaultconformance-relay", pod =>
            pod.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with { Route = NetworkRoute.PortForward }), Outcome.Inconclusive),
        Pod("TLS-1", "cluster port seen through the API server only", "", pod =>
            pod.ChangeEndpoint(PortPurpose.Cluster, endpoint => endpoint with { Route = NetworkRoute.PortForward }), Outcome.Passed),
        Pod("TLS-1", "silence", "no answer within the time limit", pod =>
            pod.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with { Plaintext = new PlaintextAnswer(PlaintextAnswerKind.Silent, null, "") }), Outcome.Inconclusive),
        Pod("TLS-1", "TLS switched off in the loaded configuration", "off (tls_disable)", pod => pod.ChangeListener("tls_disable", true)),
        Pod("TLS-1", "TLS switched off as a string", "off (tls_disable)", pod => pod.ChangeListener("tls_disable", "1")),
        Pod("TLS-1", "no key in the loaded configuration", "lacks: tls_key_file", pod => pod.ChangeListener("tls_key_file", "")),
        Pod("TLS-1", "address in plaintext", "VAULT_ADDR=http://127.0.0.1:8200", pod => pod.ChangeVariable("VAULT_ADDR", "http://127.0.0.1:8200")),
        Pod("TLS-1", "port named after plaintext", "http (8200)", pod => pod.Container.Ports[0].Name = "http"),
        Pod("TLS-1", "probe in plaintext", "/v1/sys/health", pod => pod.Container.ReadinessProbe = new V1Probe { HttpGet = new V1HTTPGetAction { Path = "/v1/sys/health", Port = 8200 } }, also: "HA-5"),
        Release("TLS-1", "a Service named after plaintext", "http (8200)", release => release.Services[0].Spec.Ports[0].Name = "http"),
        Release("TLS-1", "a path in plaintext", "service/vault:8200: answer to plaintext", release => release.Paths[0] = release.Paths[0] with { Plaintext = Spoken }),

        Pod("TLS-2", "TLS 1.0", "TLS 1.0 on port 8200: accepted", pod => pod.ChangeHandshake(PortPurpose.Api, TlsVersion.Tls10, _ => CompliantTransport.Accept(TlsVersion.Tls10, CompliantTransport.Certificate))),
        Pod("TLS-2", "prober cannot offer SSL 3.0", "not proved", pod => pod.ChangeHandshake(PortPurpose.Api, TlsVersion.Ssl30, handshake => handshake with
        {
            Outcome = HandshakeOutcome.ClientCouldNotOffer, Detail = "not proved",
        }), Outcome.Inconclusive),
        Pod("TLS-2", "old version unreachable", "broke", pod => pod.ChangeHandshake(PortPurpose.Api, TlsVersion.Tls11, handshake => handshake with
        {
            Outcome = HandshakeOutcome.ConnectionFailed, Detail = "broke",
        }), Outcome.Inconclusive),
        Pod("TLS-2", "no TLS 1.3", "TLS 1.3 on port 8200", pod => pod.ChangeHandshake(PortPurpose.Api, TlsVersion.Tls13, _ => CompliantTransport.Refuse(TlsVersion.Tls13)), Outcome.Failed, Requirement.Should),
        Pod("TLS-2", "nothing but TLS 1.3", "", pod => pod.ChangeHandshake(PortPurpose.Api, TlsVersion.Tls12, _ => CompliantTransport.Refuse(TlsVersion.Tls12)), Outcome.Passed),
        Pod("TLS-2", "old CBC suites", "CBC-SHA1 suites on port 8200: accepted", pod => Accepting(pod, "CBC-SHA1"), Outcome.Failed, Requirement.Should),
        Pod("TLS-2", "suites that protect nothing", "NULL suites on port 8200: accepted", pod => Accepting(pod, "NULL")),
        Pod("TLS-2", "floor lowered in the configuration", ": tls10 (expected", pod => pod.ChangeListener("tls_min_version", "tls10")),

        Release("TLS-6", "a stranger answers", "also ff", release => release.Paths[0] = release.Paths[0] with { Fingerprints = Counts("ff", 20) }),
        Release("TLS-6", "a stranger answers now and then", "also ff", release => release.Paths[0] = release.Paths[0] with
        {
            Fingerprints = new Dictionary<string, int> { [CompliantTransport.Certificate.Fingerprint] = 19, ["ff"] = 1 },
        }),
        Release("TLS-6", "too few handshakes", "12; 8 times: reset", release => release.Paths[0] = release.Paths[0] with
        {
            Fingerprints = Counts(CompliantTransport.Certificate.Fingerprint, 12), Problems = Counts("reset", 8),
        }, Outcome.Inconclusive),
        Release("TLS-6", "several problems, the frequent ones first", "12; 5 times: reset; 3 times: eof", release => release.Paths[0] = release.Paths[0] with
        {
            Fingerprints = Counts(CompliantTransport.Certificate.Fingerprint, 12), Problems = new Dictionary<string, int> { ["eof"] = 3, ["reset"] = 5 },
        }, Outcome.Inconclusive),
        Release("TLS-6", "HTTPRoute", "HTTPRoute is HTTP", release => release.Routes.Add(Route("HTTPRoute", """{ "rules": [ { "backendRefs": [ { "name": "vault" } ] } ] }"""))),
        Release("TLS-6", "OpenShift Route that ends TLS", "termination edge", release => release.Routes.Add(Route("Route", """{ "port": { "targetPort": 8200 }, "to": { "name": "vault" }, "tls": { "termination": "edge" } }"""))),
        Release("TLS-6", "OpenShift Route that passes TLS through", "", release =>
            release.Routes.Add(Route("Route", """{ "port": { "targetPort": 8200 }, "to": { "name": "vault" }, "tls": { "termination": "passthrough" } }""")), Outcome.Passed),
        Release("TLS-6", "Traefik route that ends TLS", "passthrough not set", release =>
            release.Routes.Add(Route("IngressRouteTCP", """{ "routes": [ { "services": [ { "name": "vault" } ] } ], "tls": { "secretName": "x" } }"""))),
        Release("TLS-6", "certificate at the load balancer", "aws-load-balancer-ssl-cert", release =>
            release.Services[0].Metadata.Annotations["service.beta.kubernetes.io/aws-load-balancer-ssl-cert"] = "arn:aws:acm:x"),
        Release("TLS-6", "load balancer speaks HTTP", "backend-protocol=http", release =>
            release.Services[0].Metadata.Annotations["service.beta.kubernetes.io/aws-load-balancer-backend-protocol"] = "http"),
        Pod("TLS-6", "client certificates by header", "X-Client", pod => pod.ChangeListener("x_forwarded_for_client_cert_header", "X-Client")),

        Pod("TLS-7", "any client may speak to the cluster port", "accepted:", pod => pod.ChangeHandshake(
            PortPurpose.Cluster, TlsVersion.Tls13, _ => CompliantTransport.Accept(TlsVersion.Tls13, CompliantTransport.Certificate))),
        Pod("TLS-7", "plaintext on the cluster port", "answer of port 8201 to plaintext", pod => pod.ChangeEndpoint(PortPurpose.Cluster, endpoint => endpoint with { Plaintext = Spoken }), also: "TLS-1"),
        Pod("TLS-7", "no cluster port", "the pod listens on none", pod =>
            pod.Listeners = pod.Listeners! with { Endpoints = [pod.Listeners.Endpoints[0]] }, Outcome.Inconclusive, also: "TLS-1"),
        Pod("TLS-7", "join in plaintext", "http://vault-0.vault-internal:8200", pod => pod.ChangeConfig(CompliantPod.Config.Replace("https://vault-0", "http://vault-0", StringComparison.Ordinal))),
        Pod("TLS-7", "join without an authority", "trust of retry_join 1: none", pod => pod.ChangeConfig(CompliantPod.Config.Replace("leader_ca_cert_file", "other", StringComparison.Ordinal))),
        Pod("TLS-7", "join without verification", "leader_tls_skip_verify", pod => pod.ChangeConfig(
            CompliantPod.Config.Replace("leader_ca_cert_file", "leader_tls_skip_verify = true\nleader_ca_cert_file", StringComparison.Ordinal))),
        Pod("TLS-7", "no join at all", "", pod => pod.ChangeConfig("disable_mlock = true\nstorage \"raft\" {\n}\n"), Outcome.Passed, also: "HA-4"),
        Pod("TLS-7", "verification off in the environment", "VAULT_SKIP_VERIFY", pod => pod.ChangeVariable("VAULT_SKIP_VERIFY", "true")),
    ];

    private static void Accepting(PodEvidence pod, string family) => pod.ChangeEndpoint(PortPurpose.Api, endpoint => endpoint with
    {
        WeakSuites =
        [
            .. endpoint.WeakSuites.Select(offer => offer.Family == family
                ? offer with { Handshake = offer.Handshake with { Outcome = HandshakeOutcome.Negotiated, CipherSuite = "TLS_X" } }
                : offer),
        ],
    });

    private static Dictionary<string, int> Counts(string key, int count) => new() { [key] = count };

    private static JsonObject Route(string kind, string spec) =>
        new() { ["kind"] = kind, ["metadata"] = new JsonObject { ["name"] = "vault" }, ["spec"] = JsonNode.Parse(spec) };
}
