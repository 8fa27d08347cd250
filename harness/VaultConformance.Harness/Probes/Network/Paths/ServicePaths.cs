using System.Globalization;
using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Network.Paths;

/// <summary>The ways into the release that Services open. A Service counts when it can select a server pod, whoever made it.</summary>
/// <param name="objects">The admitted objects.</param>
/// <param name="purposesOf">What the ports of a pod are for.</param>
internal sealed class ServicePaths(AdmittedObjects objects, Func<V1Pod, PortPurposes> purposesOf)
{
    /// <summary>Services that lead to server pods.</summary>
    public IReadOnlyList<V1Service> Services { get; } = ServerServices.List(objects);

    /// <summary>All of them.</summary>
    public IEnumerable<PathPlan> ListAll() => Services.SelectMany(service => ListPorts(service).SelectMany(port => PlanFor(service, port)));

    private static IEnumerable<V1ServicePort> ListPorts(V1Service service) =>
        (service.Spec.Ports ?? []).Where(port => port.Protocol is null or "TCP");

    private IEnumerable<PathPlan> PlanFor(V1Service service, V1ServicePort port)
    {
        var pods = objects.ServerPods
            .Where(pod => ServerServices.Selects(service, pod) && (service.Spec.PublishNotReadyAddresses == true || IsReady(pod)))
            .ToArray();
        var purposes = purposesOf(objects.ServerPods[0]);
        var target = purposes.Resolve(port.TargetPort, port.Port);
        var plan = new PathPlan(
            string.Create(CultureInfo.InvariantCulture, $"service/{service.Metadata.Name}:{port.Port}"),
            "ClusterIP",
            [],
            target is { } number ? purposes.Find(number) : PortPurpose.Other,
            pods.Length > 0,
            Outside: false,
            ServerName: null);
        if (service.Spec.ClusterIP == "None")
        {
            return [plan with { Kind = "Headless", Endpoints =
                [.. pods.Where(HasAddress).Select(pod => new NetworkEndpoint(pod.Status.PodIP, target ?? port.Port))] }];
        }

        return [plan with { Endpoints = [new NetworkEndpoint(service.Spec.ClusterIP, port.Port)] }, .. PlanPublished(service, port, plan)];
    }

    private IEnumerable<PathPlan> PlanPublished(V1Service service, V1ServicePort port, PathPlan plan)
    {
        if (service.Spec.Type is "NodePort" or "LoadBalancer"
            && port.NodePort is { } nodePort
            && objects.ServerPods.Select(pod => pod.Status?.HostIP).FirstOrDefault(ip => ip is not null) is { } node)
        {
            yield return plan with
            {
                Name = $"{plan.Name} (node port)", Kind = "NodePort", Endpoints = [new NetworkEndpoint(node, nodePort)]
            };
        }

        if (service.Spec.ExternalIPs is { Count: > 0 } external)
        {
            yield return plan with
            {
                Name = $"{plan.Name} (external IP)", Kind =
                    "ExternalIP", Endpoints = [.. external.Select(address => new NetworkEndpoint(address, port.Port))], Outside = true,
            };
        }

        if (service.Spec.Type == "LoadBalancer")
        {
            var addresses =
                (service.Status?.LoadBalancer?.Ingress ?? []).Select(ingress => ingress.Ip ?? ingress.Hostname).OfType<string>();
            var endpoints = addresses.Select(address => new NetworkEndpoint(address, port.Port)).ToArray();
            yield return plan with
            {
                Name = $"{plan.Name} (load balancer)",
                Kind = "LoadBalancer",
                Endpoints = endpoints,
                Outside = true,
                Ready = plan.Ready && endpoints.Length > 0,
            };
        }
    }

    private static bool IsReady(V1Pod pod) =>
        pod.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;

    private static bool HasAddress(V1Pod pod) => pod.Status?.PodIP is not null;
}
