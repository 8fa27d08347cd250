using System.Text.Json.Nodes;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;
using static VaultConformance.Controls.Tests.Support.Entries;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Cluster ports that have neither the number nor the name that the chart gives them.</summary>
internal static class ClusterPortMutations
{
    /// <summary>What is open where only the files tell of a listener, or only the server does.</summary>
    private static readonly string[] OneSide = ["TLS-1", "TLS-2", "TLS-5", "TLS-6"];

    public static IReadOnlyList<Mutation> All =>
    [
        Release("TLS-7", "load balancer to the cluster port of a second listener of the file", "9301 by type LoadBalancer", release => Publish(release, () => Configure(release,
            "address = \"127.0.0.1:9300\"\n cluster_address = \"[::]:9301\"\n tls_disable = \"false\"\n")), also: OneSide),
        Release("TLS-7", "load balancer to the port after that of a second listener", "9301 by type LoadBalancer", release => Publish(release, () => Configure(release,
            "address = \"127.0.0.1:9300\"")), also: OneSide),
        Release("TLS-7", "load balancer to the cluster port that is reported", "9301 by type LoadBalancer", release => Publish(release, () => Report(release.Second)), also: [.. OneSide, "TLS-4"]),
        Release("TLS-7", "load balancer to a cluster port on the wire", "9301 by type LoadBalancer", release => Publish(release, () =>
            release.Second.ChangeEndpoint(PortPurpose.Cluster, endpoint => endpoint with { Port = 9301 })), also: ["TLS-1", "TLS-4", "TLS-6"]),
        Release("TLS-7", "load balancer to the name of such a port", "9301 by type LoadBalancer", release =>
        {
            release.First.Container.Ports = [new V1ContainerPort { Name = "peers", ContainerPort = 9301 }];
            Publish(release, () => Report(release.First), "peers");
        }, also: [.. OneSide, "TLS-4"]),
        Release("TLS-7", "route to such a port", "9301 by Route 'vault'", release =>
        {
            Report(release.Second);
            release.Services[0].Spec.Ports.Add(new V1ServicePort { Name = "peers", Port = 9301, TargetPort = 9301 });
            release.Routes.Add(Route("Route", """{ "port": { "targetPort": 9301 }, "to": { "name": "vault" }, "tls": { "termination": "passthrough" } }"""));
        }, also: OneSide),
        Release("TLS-7", "load balancer to another port of the server", "", release => Publish(release, () => { }), Outcome.Passed, null, "TLS-4"),
    ];

    private static void Configure(ReleaseEvidence release, string settings)
    {
        foreach (var pod in release.Servers)
        {
            pod.ChangeConfig($"{CompliantPod.Config}\nlistener \"tcp\" {{\n {settings}\n}}\n");
        }
    }

    private static void Report(PodEvidence pod)
    {
        var config = (JsonObject)pod.VaultState!.SanitizedConfig!.DeepClone();
        ((JsonArray)config["listeners"]!).Add(JsonNode.Parse("""{ "type": "tcp", "config": { "address": "127.0.0.1:9300", "cluster_address": "[::]:9301" } }"""));
        pod.VaultState = pod.VaultState with { SanitizedConfig = config };
    }

    private static void Publish(ReleaseEvidence release, Action change, string target = "9301")
    {
        change();
        release.Services.Add(new V1Service
        {
            Metadata = new V1ObjectMeta { Name = "peers" },
            Spec = new V1ServiceSpec
            {
                Type = "LoadBalancer", ClusterIP = "10.43.0.9", Selector = new Dictionary<string, string> { ["component"] = "server" },
                Ports = [new V1ServicePort { Name = "peers", Port = 9301, TargetPort = target }],
            },
        });
        foreach (var way in new[] { "service/peers:9301", "service/peers:9301 (load balancer)" })
        {
            release.Paths.Add(Way(way, "LoadBalancer", ready: true) with { Purpose = PortPurpose.Cluster, Fingerprints = new Dictionary<string, int>() });
        }
    }
}
