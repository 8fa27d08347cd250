using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Network;

/// <summary>The NetworkPolicies that select a server.</summary>
/// <param name="objects">Holds the policies.</param>
/// <param name="server">The server pod.</param>
internal sealed class ServerPolicies(AdmittedObjects objects, V1Pod server)
{
    private const string Inwards = "Ingress";
    private const string Outwards = "Egress";
    private const int ClusterPort = 8201;

    /// <summary>Why the policies are not known; null when they are.</summary>
    public string? Doubt => objects.NetworkPolicies switch
    {
        null => "the NetworkPolicies were not recorded",
        var all when all.Any(policy => policy is not { Metadata.Name: not null, Spec.PodSelector: not null }) =>
            "a NetworkPolicy says nothing that can be read",
        _ => null,
    };

    /// <summary>Name of the server.</summary>
    public string Server => server.Metadata.Name;

    /// <summary>The policies that say who may connect to the server.</summary>
    public IReadOnlyList<V1NetworkPolicy> Ingress => List(Inwards);

    /// <summary>The policies that say where the server may connect to.</summary>
    public IReadOnlyList<V1NetworkPolicy> Egress => List(Outwards);

    /// <summary>The cluster port of the server, with its name.</summary>
    public (int Number, string? Name) Cluster => (server.Spec?.Containers ?? [])
        .SelectMany(container => container.Ports ?? [])
        .Where(port => port.Name == "https-internal" || port.ContainerPort == ClusterPort)
        .Select(port => (port.ContainerPort, (string?)port.Name))
        .DefaultIfEmpty((ClusterPort, null))
        .First();

    private List<V1NetworkPolicy> List(string direction) =>
    [
        .. (objects.NetworkPolicies ?? []).Where(policy =>
            policy.Spec.PodSelector.Selects(server) && ListDirections(policy.Spec).Contains(direction)),
    ];

    // What the API server fills in where a policy names no direction.
    private static IEnumerable<string> ListDirections(V1NetworkPolicySpec spec) => spec.PolicyTypes is { Count: > 0 } types
        ? types
        : spec.Egress is { Count: > 0 } ? [Inwards, Outwards] : [Inwards];
}
