using k8s.Models;
using VaultConformance.Harness.Facts;

namespace VaultConformance.Controls.Judging.Tls;

/// <summary>The Services that can lead to server pods, whoever made them.</summary>
internal static class ReleaseServices
{
    // Vault sets these labels itself as its state changes; a Service that selects by them is the release's own even while they match no pod.
    private static readonly string[] StateLabels = ["vault-", "openbao-"];

    /// <summary>All of them.</summary>
    /// <param name="objects">The objects.</param>
    public static IReadOnlyList<V1Service> Of(AdmittedObjects objects) =>
        [.. objects.Services.Where(service => service.Spec.Selector is { Count: > 0 } selector && objects.ServerPods.Any(pod => CanSelect(selector, pod)))];

    /// <summary>True when the Service has no address of its own and names pods.</summary>
    /// <param name="service">A Service.</param>
    public static bool IsHeadless(this V1Service service) => service.Spec.ClusterIP == "None";

    /// <summary>Ports of a Service that lead to the cluster port of a container.</summary>
    /// <param name="service">A Service.</param>
    /// <param name="container">The server container.</param>
    public static IEnumerable<V1ServicePort> ClusterPorts(this V1Service service, V1Container container)
    {
        var names = (container.Ports ?? []).Where(port => port.Name is "https-internal" or "http-internal" || port.ContainerPort == 8201)
            .SelectMany(port => new[] { port.Name, $"{port.ContainerPort}" }).Append("8201").ToHashSet();
        return (service.Spec.Ports ?? []).Where(port => names.Contains(port.TargetPort?.Value ?? $"{port.Port}"));
    }

    /// <summary>Name of the StatefulSet that a pod belongs to, which is also the name of the main Service.</summary>
    /// <param name="pod">Name of the pod.</param>
    public static string FullName(string pod) => pod.LastIndexOf('-') is > 0 and var dash ? pod[..dash] : pod;

    private static bool CanSelect(IDictionary<string, string> selector, V1Pod pod) => selector.All(wanted =>
        StateLabels.Any(prefix => wanted.Key.StartsWith(prefix, StringComparison.Ordinal))
        || (pod.Metadata.Labels?.TryGetValue(wanted.Key, out var value) == true && value == wanted.Value));
}
