using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Probes.Network.Paths;
using k8s.Models;

namespace VaultConformance.Harness.Tests.Network;

public sealed class PathPlanTests
{
    private static readonly V1Pod[] Pods = [TestRelease.Pod(0, active: true), TestRelease.Pod(1), TestRelease.Pod(2, ready: false)];

    [Test]
    public void A_cluster_service_is_one_path_for_each_port()
    {
        var plans = Plan(TestRelease.Service("vault", "10.43.0.1", spec => spec.Ports.Add(new V1ServicePort { Port = 8201, TargetPort = 8201 })));

        Assert.That(plans.Select(plan => (plan.Name, plan.Kind, plan.Address, plan.Purpose, plan.Ready)), Is.EqualTo(new[]
        {
            ("service/vault:8200", "ClusterIP", "10.43.0.1:8200", PortPurpose.Api, true),
            ("service/vault:8201", "ClusterIP", "10.43.0.1:8201", PortPurpose.Cluster, true),
        }));
    }

    [Test]
    public void A_headless_service_leads_to_ready_pods_or_to_all()
    {
        var ready = Plan(TestRelease.Service("vault-internal", "None")).Single();
        var all = Plan(TestRelease.Service("vault-internal", "None", spec => spec.PublishNotReadyAddresses = true)).Single();

        Assert.That((ready.Kind, ready.Address), Is.EqualTo(("Headless", "10.42.0.0:8200, 10.42.0.1:8200")));
        Assert.That(all.Endpoints, Has.Count.EqualTo(3));
    }

    [Test]
    public void A_service_without_a_backend_is_there_but_not_ready()
    {
        var sealedRelease = TestRelease.Objects([TestRelease.Pod(1)], TestRelease.Service("vault-active", "10.43.0.2", null, ("vault-active", "true")));

        var plan = Services(sealedRelease).ListAll().Single();

        Assert.That((plan.Name, plan.Ready), Is.EqualTo(("service/vault-active:8200", false)));
    }

    [Test]
    public void A_service_that_leads_elsewhere_is_no_way_in()
    {
        Assert.That(Plan(TestRelease.Service("injector", "10.43.0.3", spec => spec.Selector["component"] = "webhook")), Is.Empty);
    }

    [Test]
    public void A_node_port_is_a_path_of_its_own()
    {
        var plans = Plan(TestRelease.Service("vault", "10.43.0.1", spec => (spec.Type, spec.Ports[0].NodePort) = ("NodePort", 30200)));

        Assert.That(plans.Select(plan => (plan.Kind, plan.Address)), Is.EqualTo(new[] { ("ClusterIP", "10.43.0.1:8200"), ("NodePort", "192.168.1.5:30200") }));
    }

    [Test]
    public void A_load_balancer_is_a_path_from_outside()
    {
        var service = TestRelease.Service("vault", "10.43.0.1", spec => spec.Type = "LoadBalancer");
        var waiting = Plan(service).Last();
        service.Status = new V1ServiceStatus
        {
            LoadBalancer = new V1LoadBalancerStatus { Ingress = [new V1LoadBalancerIngress { Ip = "203.0.113.7" }, new V1LoadBalancerIngress { Hostname = "lb.example.org" }] },
        };

        var plan = Plan(service).Last();

        Assert.That((waiting.Kind, waiting.Ready, waiting.Address), Is.EqualTo(("LoadBalancer", false, "no address")));
        Assert.That((plan.Ready, plan.Outside, plan.Address), Is.EqualTo((true, true, "203.0.113.7:8200, lb.example.org:8200")));
    }

    [Test]
    public void An_ingress_is_a_path_by_its_host_and_without_tls_also_in_plaintext()
    {
        var open = Ingress("open", "vault.example.org", tlsHost: null);
        var secured = Ingress("secured", "vault.example.com", tlsHost: "vault.example.com");
        var foreign = Ingress("foreign", "shop.example.com", tlsHost: null, backend: "shop");

        var plans = Entries(objects => objects with { Ingresses = [open, secured, foreign] });

        Assert.That(plans.Select(plan => (plan.Name, plan.Address, plan.ServerName)), Is.EqualTo(new[]
        {
            ("ingress/open:vault.example.org:443", "203.0.113.8:443", "vault.example.org"),
            ("ingress/open:vault.example.org:80", "203.0.113.8:80", "vault.example.org"),
            ("ingress/secured:vault.example.com:443", "203.0.113.8:443", "vault.example.com"),
        }));
    }

    [Test]
    public void An_openshift_route_is_a_path_by_its_host()
    {
        var route = JsonNode.Parse("""{ "kind": "Route", "metadata": { "name": "vault" }, "spec": { "host": "vault.apps.example.org", "to": { "name": "vault" } } }""")!;

        var plan = Entries(objects => objects with { Routes = [route.AsObject()] }).Single();

        Assert.That((plan.Kind, plan.Address, plan.Outside), Is.EqualTo(("Route", "vault.apps.example.org:443", true)));
    }

    private static V1Ingress Ingress(string name, string host, string? tlsHost, string backend = "vault") => new()
    {
        Metadata = new V1ObjectMeta { Name = name },
        Spec = new V1IngressSpec
        {
            Tls = tlsHost is null ? null : [new V1IngressTLS { Hosts = [tlsHost] }],
            Rules =
            [
                new V1IngressRule
                {
                    Host = host,
                    Http = new V1HTTPIngressRuleValue { Paths = [new V1HTTPIngressPath { Backend = new V1IngressBackend { Service = new V1IngressServiceBackend { Name = backend } } }] },
                },
            ],
        },
        Status = new V1IngressStatus { LoadBalancer = new V1IngressLoadBalancerStatus { Ingress = [new V1IngressLoadBalancerIngress { Ip = "203.0.113.8" }] } },
    };

    private static PathPlan[] Entries(Func<AdmittedObjects, AdmittedObjects> change) =>
        [.. new EntryPaths(change(TestRelease.Objects(Pods)), new HashSet<string> { "vault" }).ListAll()];

    private static PathPlan[] Plan(V1Service service) => [.. Services(TestRelease.Objects(Pods, service)).ListAll()];

    private static ServicePaths Services(AdmittedObjects objects) => new(objects, pod => new PortPurposes(pod.Spec.Containers[0], []));
}
