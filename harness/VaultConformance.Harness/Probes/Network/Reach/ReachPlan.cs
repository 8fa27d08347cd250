using k8s.Models;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Network.Reach;

/// <summary>Which connections are tried.</summary>
/// <param name="servers">The server pods that have an address.</param>
/// <param name="listening">Ports that each server listens on, by its name, as far as that is known.</param>
/// <param name="nearPort">Port on which the pod in the namespace of the release listens.</param>
internal sealed class ReachPlan(IReadOnlyList<V1Pod> servers, IReadOnlyDictionary<string, IReadOnlyList<int>> listening, int nearPort)
{
    private const int FirstCanary = 18201;
    private static readonly int[] VaultPorts = [8200, 8201];

    /// <summary>What every pod is expected to reach: it shows that a pod can connect at all.</summary>
    public static IReadOnlyList<ReachTarget> Common { get; } =
        [new(NetworkPlaces.Names, null, 53), new(NetworkPlaces.Api, null, 443)];

    /// <summary>The servers.</summary>
    public IReadOnlyList<V1Pod> Servers => servers;

    /// <summary>A port in the second namespace for each server.</summary>
    public IReadOnlyList<int> CanaryPorts => [.. servers.Select((_, number) => FirstCanary + number)];

    /// <summary>Every port of every server.</summary>
    public IReadOnlyList<ReachTarget> ListServers() => [.. servers.SelectMany(ListPorts)];

    /// <summary>From a server: itself, another server, its canary, and what everybody reaches.</summary>
    /// <param name="server">The server.</param>
    /// <param name="far">The pod with the canaries.</param>
    public IReadOnlyList<ReachTarget> ListFromServer(V1Pod server, ReachEnd far)
    {
        var at = servers.ToList().IndexOf(server);
        var next = servers[(at + 1) % servers.Count];
        return [.. ListPorts(server), .. next == server ? [] : ListPorts(next), ListCanaries(far)[at], .. Common];
    }

    /// <summary>Every canary.</summary>
    /// <param name="far">The pod with the canaries.</param>
    public IReadOnlyList<ReachTarget> ListCanaries(ReachEnd far) =>
        [.. CanaryPorts.Select(port => new ReachTarget(NetworkPlaces.Canary, far.Pod?.Address, port) { Problem = far.ListenProblem })];

    /// <summary>The listener in the namespace of the release.</summary>
    /// <param name="near">The pod with it.</param>
    public ReachTarget Near(ReachEnd near) =>
        new(NetworkPlaces.Near, near.Pod?.Address, nearPort) { Problem = near.ListenProblem };

    private IEnumerable<ReachTarget> ListPorts(V1Pod server) => (server.Spec.Containers ?? [])
        .SelectMany(container => container.Ports ?? [])
        .Where(port => port.Protocol is null or "TCP")
        .Select(port => port.ContainerPort)
        .Union(listening.GetValueOrDefault(server.Metadata.Name) ?? [])
        .Union(VaultPorts)
        .Order()
        .Select(port => new ReachTarget(Subjects.FromPod(server.Metadata.Name), server.Status.PodIP, port));
}

/// <summary>A pod of the run, or why there is none.</summary>
/// <param name="Pod">The pod; null when there is none.</param>
/// <param name="Problem">Why there is none; null when there is one.</param>
/// <param name="ListenProblem">Why nothing listens in it; null when it does.</param>
internal sealed record ReachEnd(ReachPod? Pod, string? Problem, string? ListenProblem)
{
    /// <summary>A pod that only connects.</summary>
    /// <param name="pod">The pod.</param>
    public static ReachEnd Of(ReachPod pod) => new(pod, null, null);
}
