using VaultConformance.Controls.Tests.Support;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;
using static VaultConformance.Controls.Tests.Support.Entries;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Ways from outside to the cluster port, and plaintext from servers to what they store in and register with.</summary>
internal static class ClusterWayMutations
{
    private const string Tcp = """[ { "name": "tcp", "protocol": "TCP" } ]""";
    private const string Passing = """[ { "name": "tls", "protocol": "TLS", "tls": { "mode": "Passthrough" } } ]""";

    public static IReadOnlyList<Mutation> All => [.. Routes, .. Upstreams];

    private static IReadOnlyList<Mutation> Routes =>
    [
        Release("TLS-7", "TCPRoute to the cluster port", "cluster ports that are published outside the cluster: 8201 by TCPRoute 'vault'", release => Attach(release, "TCPRoute", Tcp, "8201")),
        Release("TLS-7", "TLSRoute to the cluster port", "8201 by TLSRoute 'vault'", release => Attach(release, "TLSRoute", Passing, "8201")),
        Release("TLS-7", "UDPRoute to the cluster port", "8201 by UDPRoute 'vault'", release => Attach(release, "UDPRoute", """[ { "name": "udp", "protocol": "UDP" } ]""", "8201"), also: "TLS-6"),
        Release("TLS-7", "TCPRoute to the API", "", release => Attach(release, "TCPRoute", Tcp, "8200"), Outcome.Passed),
        Release("TLS-7", "TCPRoute to the cluster port of a Service that is not there", "where TCPRoute 'vault' leads is not known", release =>
            Attach(release, "TCPRoute", Tcp, "8201", "shop"), Outcome.Inconclusive, also: "TLS-6"),
        Release("TLS-7", "TCPRoute of a mesh to the cluster port", "", release => release.Routes.Add(Route(
            "TCPRoute", """{ "parentRefs": [ { "kind": "Service", "name": "vault" } ], "rules": [ { "backendRefs": [ { "name": "vault", "port": 8201 } ] } ] }""")), Outcome.Passed, null, "TLS-6"),
        Release("TLS-7", "OpenShift's Route to the cluster port", "8201 by Route 'vault'", release => release.Routes.Add(Passthrough(""" "port": { "targetPort": 8201 }, """))),
        Release("TLS-7", "OpenShift's Route to the cluster port by its name", "https-internal by Route 'vault'", release => release.Routes.Add(Passthrough(""" "port": { "targetPort": "https-internal" }, """))),
        Release("TLS-7", "OpenShift's Route to the API", "", release => release.Routes.Add(Passthrough(""" "port": { "targetPort": 8200 }, """)), Outcome.Passed),
        Release("TLS-7", "OpenShift's Route without a port", "its router may take the cluster port too", release => release.Routes.Add(Passthrough(string.Empty)), Outcome.Inconclusive),
        Release("TLS-7", "Traefik's route to the cluster port", "8201 by IngressRouteTCP 'vault'", release => release.Routes.Add(Route(
            "IngressRouteTCP", """{ "routes": [ { "services": [ { "name": "vault", "port": 8201 } ] } ], "tls": { "passthrough": true } }"""))),
        Release("TLS-7", "HTTP proxy that passes TLS through to the cluster port", "8201 by HTTPProxy 'vault'", release => release.Routes.Add(Route(
            "HTTPProxy", """{ "virtualhost": { "tls": { "passthrough": true } }, "tcpproxy": { "services": [ { "name": "vault", "port": 8201 } ] } }"""))),
        Release("TLS-7", "object of an unknown controller to the cluster port", "8201 by Mapping2 'vault'", release => release.Routes.Add(Route("Mapping2", """{ "service": "https://vault.vault:8201" }""")), also: "TLS-6"),
        Release("TLS-7", "Ingress to the cluster port", "https-internal by Ingress 'vault'", release =>
        {
            var ingress = Ingress();
            ingress.Spec.DefaultBackend.Service.Port = new k8s.Models.V1ServiceBackendPort { Name = "https-internal" };
            release.Open(ingress);
        }, also: "TLS-6"),
        Release("TLS-7", "TCPRoute to the cluster port for declared peers", "from where it can be reached is not known", release =>
        {
            Attach(release, "TCPRoute", Tcp, "8201");
            release.Profile = profile => profile with { Parameters = profile.Parameters with { ReplicationPeers = ["192.0.2.0/24"] } };
        }, Outcome.Inconclusive),
    ];

    private static IReadOnlyList<Mutation> Upstreams =>
    [
        Block("Consul in plaintext", "ha_storage consul: address (line 16) is plaintext", "ha_storage", "consul", "address = \"consul.example.org:8500\"\n scheme = \"http\""),
        Block("Consul by the default scheme", "because nothing turns TLS on", "ha_storage", "consul", "address = \"consul.example.org:8500\""),
        Block("registration by the default scheme", "service_registration consul", "service_registration", "consul", "address = \"192.0.2.7:8500\""),
        Block("registration in plaintext by its address", "service_registration consul", "service_registration", "consul", "address = \"http://192.0.2.7:8500\""),
        Block("registration whose scheme contradicts its address", "service_registration consul", "service_registration", "consul", "address = \"https://192.0.2.7:8500\"\n scheme = \"HTTP\""),
        Block("registration with TLS by its address", "", "service_registration", "consul", "address = \"https://192.0.2.7:8501\"", Outcome.Passed),
        Block("registration with TLS by its scheme", "", "service_registration", "consul", "address = \"consul:8501\"\n scheme = \"https\"", Outcome.Passed),
        Block("registration with the agent beside it", "", "service_registration", "consul", "address = \"127.0.0.1:8500\"\n scheme = \"http\"", Outcome.Passed),
        Block("registration with the agent beside it, IPv6", "", "service_registration", "consul", "address = \"[::1]:8500\"", Outcome.Passed),
        Block("registration over a socket file", "", "service_registration", "consul", "address = \"unix:///run/consul.sock\"", Outcome.Passed),
        Block("registration where nothing is said", "", "service_registration", "consul", "service = \"vault\"", Outcome.Passed),
        Block("host that only begins like the loopback", "service_registration consul", "service_registration", "consul", "address = \"127.0.0.1.example.org:8500\""),
        Block("etcd in plaintext, one of two", "ha_storage etcd", "ha_storage", "etcd", "address = \"https://a:2379,http://b:2379\""),
        Block("etcd with TLS", "", "ha_storage", "etcd", "address = \"https://a:2379,https://b:2379\"", Outcome.Passed),
        Block("ZooKeeper without TLS", "ha_storage zookeeper", "ha_storage", "zookeeper", "address = \"zk-0:2181,zk-1:2181\""),
        Block("ZooKeeper with TLS", "", "ha_storage", "zookeeper", "address = \"zk-0:2281\"\n tls_enabled = \"true\"", Outcome.Passed),
        Block("Cassandra without TLS", "ha_storage cassandra: hosts", "ha_storage", "cassandra", "hosts = \"127.0.0.1,c1\""),
        Block("MySQL without an authority", "ha_storage mysql", "ha_storage", "mysql", "address = \"db:3306\""),
        Block("object store in plaintext", "ha_storage s3: endpoint", "ha_storage", "s3", "endpoint = \"http://minio:9000\""),
    ];

    private static Mutation Block(string deviation, string reason, string type, string label, string settings, Outcome outcome = Outcome.Failed) =>
        Pod("TLS-7", deviation, reason, pod => pod.ChangeConfig($"{CompliantPod.Config}\n{type} \"{label}\" {{\n {settings}\n}}\n"), outcome);

    private static void Attach(ReleaseEvidence release, string kind, string listeners, string port, string service = "vault")
    {
        release.Gateways = [Gateway(listeners)];
        release.Routes.Add(Route(kind, $$"""{ "parentRefs": [ { "name": "edge" } ], "rules": [ { "backendRefs": [ { "name": "{{service}}", "port": {{port}} } ] } ] }"""));
    }

    private static System.Text.Json.Nodes.JsonObject Passthrough(string port) =>
        Route("Route", $$"""{ {{port}} "to": { "name": "vault" }, "tls": { "termination": "passthrough" } }""");
}
