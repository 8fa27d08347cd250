using System.Net;
using System.Text.RegularExpressions;
using k8s.Models;

namespace VaultConformance.Judging.TransportSecurity;

/// <summary>Whether the cluster port is published outside the cluster, and to the declared peers of a replication only.</summary>
/// <param name="clusterPorts">The cluster ports.</param>
/// <param name="peers">Networks of the peers, and the word <c>internal</c> for an internal load balancer; from the profile.</param>
internal sealed partial class PublishedClusterPort(ClusterPorts clusterPorts, IReadOnlyList<string> peers)
{
    private const string Fact = "cluster ports that are published outside the cluster";
    private const string Internal = "internal";

    /// <summary>Judges a Service: the cluster port is for servers only.</summary>
    /// <param name="service">A Service that leads to server pods.</param>
    public Judgement Judge(V1Service service)
    {
        var ports = clusterPorts.List(service).Select(port => port.Port).ToList();
        var ways = service.ListWaysOut().ToList();
        if (ports.Count == 0 || ways.Count == 0)
        {
            return Judgement.None(Fact, []);
        }

        var published = string.Join(", ", ports.SelectMany(port => ways.Select(way => $"{port} by {way}")));
        return peers.Count > 0 && service.Spec is { Type: "LoadBalancer", ExternalIPs: not { Count: > 0 } }
            ? JudgePeers(service, published)
            : Judgement.Of(Fact, false, peers.Count > 0 ? "none, or a load balancer for the declared peers" : "none", published)
                .Saying(DescribePublished);
    }

    private Judgement JudgePeers(V1Service service, string published)
    {
        var expected = $"to {string.Join(", ", peers)} only (replicationPeers of the profile)";
        var ranges = service.Spec.LoadBalancerSourceRanges ?? [];
        var networks = peers.Where(peer => peer != Internal).Select(IPNetwork.Parse).ToList();
        if (ranges.Count > 0 && ranges.All(range => networks.Exists(network => Holds(network, range))))
        {
            return Judgement.Of(Fact, true, expected, $"{published}, to {string.Join(", ", ranges)}");
        }

        return peers.Contains(Internal) && IsInternal(service)
            ? Judgement.Of(Fact, true, expected, $"{published}, by an internal load balancer")
            : Judgement.Of(
                Fact, false, expected, $"{published}, {(ranges.Count == 0 ? "to every address" : $"to {string.Join(", ", ranges)}")}")
                .Saying(DescribePublished);
    }

    private static string DescribePublished(string ports) => $"The cluster port is published outside the cluster: {ports}.";

    private static bool Holds(IPNetwork network, string range) =>
        IPNetwork.TryParse(range, out var inner) && inner.BaseAddress.AddressFamily == network.BaseAddress.AddressFamily
        && inner.PrefixLength >= network.PrefixLength && network.Contains(inner.BaseAddress);

    /// <summary>Every cloud has its own annotation for it; the word is the same in all of them.</summary>
    private static bool IsInternal(
        V1Service service) => (service.Metadata.Annotations ?? new Dictionary<string, string>()).Any(annotation =>
        annotation.Value.Equals(Internal, StringComparison.OrdinalIgnoreCase)
            || (InternalName.IsMatch(annotation.Key) && annotation.Value.Equals("true", StringComparison.OrdinalIgnoreCase)));

    [GeneratedRegex("(^|[-./])internal$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex InternalName { get; }
}
