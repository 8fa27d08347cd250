using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>The Services that can lead to server pods, whoever made them.</summary>
public static class ReleaseServices
{
    /// <summary>All of them.</summary>
    /// <param name="objects">The objects.</param>
    public static IReadOnlyList<V1Service> List(AdmittedObjects objects) => ServerServices.List(objects);

    /// <summary>Names of all Services that lead to server pods, and of those that may do so.</summary>
    /// <param name="objects">The objects.</param>
    public static IReadOnlySet<string> ListNames(AdmittedObjects objects) =>
        List(objects).Concat(ListUncertain(objects)).Select(service => service.Metadata.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Judges Services that do not say where they lead, whatever they are called and labelled.</summary>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<Judgement> JudgeUncertain(AdmittedObjects objects) =>
        [.. ListUncertain(objects)
            .Select(service => Judgement.Unknown(
                $"where Service '{service.Metadata.Name}' leads", "to server pods, or not into the release", ExplainUnseen(service)))
            ];

    /// <summary>Judges such Services that are published outside the cluster: their ports may be the servers' cluster port.</summary>
    /// <param name="objects">The objects.</param>
    public static IEnumerable<(string Subject, Judgement Judgement)> JudgeUncertainPorts(AdmittedObjects objects) =>
    [
        .. from service in ListUncertain(objects)
        let ways = service.ListWaysOut().ToList()
        where ways.Count > 0
        let ports = string.Join(", ", (service.Spec.Ports ?? []).Select(port => port.Port))
        select ($"service/{service.Metadata.Name}", Judgement.Unknown(
            "cluster ports that are published outside the cluster",
            "none",
            $"{ports} by {string.Join(", ", ways)}, and where that leads is not known: {ExplainUnseen(service)}")),
    ];

    /// <summary>By what a Service can be reached from outside the cluster.</summary>
    /// <param name="service">A Service.</param>
    public static IEnumerable<string> ListWaysOut(this V1Service service)
    {
        if (service.Spec.Type is "LoadBalancer" or "NodePort")
        {
            yield return $"type {service.Spec.Type}";
        }

        if (service.Spec.ExternalIPs is { Count: > 0 } addresses)
        {
            yield return $"external IP {string.Join(", ", addresses)}";
        }
    }

    /// <summary>Name of the release's namespace; null when nothing tells it.</summary>
    /// <param name="objects">The objects.</param>
    public static string? FindNamespaceName(this AdmittedObjects objects) =>
        objects.Namespace?.Metadata.Name
            ?? objects.ServerPods.Select(pod => pod.Metadata.NamespaceProperty).FirstOrDefault(name => name is not null);

    /// <summary>True when the Service has no address of its own and names pods.</summary>
    /// <param name="service">A Service.</param>
    public static bool IsHeadless(this V1Service service) => service.Spec.ClusterIP == "None";

    /// <summary>Name of the StatefulSet that a pod belongs to, which is also the name of the main Service.</summary>
    /// <param name="pod">Name of the pod.</param>
    public static string GetFullName(string pod) => pod.LastIndexOf('-') is > 0 and var dash ? pod[..dash] : pod;

    /// <summary>A Service without a selector leads wherever somebody wrote into its endpoints, or to another name.</summary>
    private static IEnumerable<V1Service> ListUncertain(AdmittedObjects objects) =>
        objects.Services.Where(service => service.Spec.Selector is not { Count: > 0 } && !IsOfCluster(service, objects));

    private static string ExplainUnseen(V1Service service) => service.Spec.Type == "ExternalName"
        ? $"to '{service.Spec.ExternalName}', outside of what was checked"
        : "it selects no pods, and its endpoints were not read";

    // The API server keeps the endpoints of this one itself.
    private static bool IsOfCluster(V1Service service, AdmittedObjects objects) =>
        service.Metadata.Name == "kubernetes" && objects.FindNamespaceName() == "default";
}
