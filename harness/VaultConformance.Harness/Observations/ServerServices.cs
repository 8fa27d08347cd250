using k8s.Models;
using VaultConformance.Harness.Products;

namespace VaultConformance.Harness.Observations;

/// <summary>The Services that can lead to server pods, whoever made them.</summary>
public static class ServerServices
{
    /// <summary>
    /// All of them. Servers set labels themselves as their state changes; a Service that selects by such labels counts even while they
    /// match no pod.
    /// </summary>
    /// <param name="objects">The objects.</param>
    public static IReadOnlyList<V1Service> List(AdmittedObjects objects)
    {
        ArgumentNullException.ThrowIfNull(objects);
        return [.. objects.Services.Where(service => objects.ServerPods.Any(pod => CanSelect(service, pod)))];
    }

    /// <summary>True when a Service selects a pod as it is labelled now.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="pod">The pod.</param>
    public static bool Selects(V1Service service, V1Pod pod) => Matches(service, pod, _ => false);

    /// <summary>True when a Service selects a pod now or in another state of its server.</summary>
    /// <param name="service">The Service.</param>
    /// <param name="pod">The pod.</param>
    public static bool CanSelect(V1Service service, V1Pod pod) => Matches(service, pod, ServerProduct.IsStateLabel);

    private static bool Matches(V1Service service, V1Pod pod, Func<string, bool> isIgnored)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(pod);
        return service.Spec.Selector is { Count: > 0 } selector && selector.All(wanted =>
            isIgnored(wanted.Key) || (pod.Metadata.Labels?.TryGetValue(wanted.Key, out var value) == true && value == wanted.Value));
    }
}
