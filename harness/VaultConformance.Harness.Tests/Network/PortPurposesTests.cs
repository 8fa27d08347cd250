using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Network;
using k8s.Models;

namespace VaultConformance.Harness.Tests.Network;

public sealed class PortPurposesTests
{
    private static readonly V1Container Chart = new()
    {
        Name = "vault",
        Ports =
        [
            new V1ContainerPort { Name = "https", ContainerPort = 8200 },
            new V1ContainerPort { Name = "https-internal", ContainerPort = 8201 },
            new V1ContainerPort { Name = "https-rep", ContainerPort = 8202 },
        ],
    };

    [TestCase(8200, PortPurpose.Api)]
    [TestCase(8201, PortPurpose.Cluster)]
    [TestCase(8202, PortPurpose.Other)]
    [TestCase(9102, PortPurpose.Other)]
    public void Names_of_container_ports_tell(int port, PortPurpose purpose)
    {
        Assert.That(new PortPurposes(Chart, []).Find(port), Is.EqualTo(purpose));
    }

    [TestCase(8200, PortPurpose.Api)]
    [TestCase(8201, PortPurpose.Cluster)]
    [TestCase(8202, PortPurpose.Other)]
    public void Defaults_tell_when_nothing_is_declared(int port, PortPurpose purpose)
    {
        Assert.That(new PortPurposes(new V1Container(), []).Find(port), Is.EqualTo(purpose));
    }

    [Test]
    public void The_loaded_configuration_tells_of_further_listeners()
    {
        var listener = JsonNode.Parse("""{ "type": "tcp", "config": { "address": "[::]:8300", "cluster_address": "0.0.0.0:8301" } }""")!.AsObject();
        var purposes = new PortPurposes(Chart, [listener]);

        Assert.That((purposes.Find(8300), purposes.Find(8301), purposes.Find(300)), Is.EqualTo((PortPurpose.Api, PortPurpose.Cluster, PortPurpose.Other)));
    }

    [Test]
    public void A_service_port_is_resolved_by_number_by_name_or_as_itself()
    {
        var purposes = new PortPurposes(Chart, []);

        Assert.That(purposes.Resolve(8200, 443), Is.EqualTo(8200));
        Assert.That(purposes.Resolve("https-internal", 443), Is.EqualTo(8201));
        Assert.That(purposes.Resolve(null, 443), Is.EqualTo(443));
        Assert.That(purposes.Resolve("nothing", 443), Is.Null);
    }
}
