using System.Globalization;
using System.Net;
using k8s.Models;
using VaultConformance.Judging.Subjects;

namespace VaultConformance.Judging.Network;

/// <summary>Whom a peer of a NetworkPolicy means: somebody in particular, or anybody.</summary>
internal static class PolicyPeers
{
    /// <summary>The word for a rule without peers.</summary>
    public const string Everybody = "everybody";

    private const string NameLabel = "kubernetes.io/metadata.name";

    // The broadest private networks are 10.0.0.0/8 and fc00::/7; whatever is broader reaches into the Internet.
    private const int BroadestV4 = 8;
    private const int BroadestV6 = 7;

    // Nobody knows these: what selects them selects whoever comes.
    private static readonly V1Pod Anybody = new() { Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string>() } };

    private static readonly V1Pod Anywhere = new()
    {
        Metadata = new V1ObjectMeta { Labels = new Dictionary<string, string> { [NameLabel] = "a-namespace-that-nobody-named" } },
    };

    /// <summary>Why the peers are nobody in particular; empty when each of them is somebody.</summary>
    /// <param name="peers">The peers of a rule; none means everybody.</param>
    public static IEnumerable<string> ListOpen(IList<V1NetworkPolicyPeer>? peers) => peers is { Count: > 0 }
        ? peers.Select(FindOpen).OfType<string>()
        : [Everybody];

    /// <summary>Peers that are pods with a label, in whatever namespace: whoever may make pods may give them the label.</summary>
    /// <param name="peers">The peers of a rule.</param>
    public static IEnumerable<string> ListLabelled(IList<V1NetworkPolicyPeer>? peers) => (peers ?? [])
        .Where(peer => IsAnywhere(peer) && !IsAnybody(peer))
        .Select(peer => $"pods with {Describe(peer.PodSelector)} in every namespace");

    /// <summary>True when the peer means some of the servers of its own namespace, and no other pod.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="servers">The servers.</param>
    /// <param name="others">The other pods of the namespace.</param>
    public static bool IsServersOnly(V1NetworkPolicyPeer peer, IReadOnlyList<V1Pod> servers, IEnumerable<V1Pod> others) =>
        peer is { IpBlock: null, NamespaceSelector: null, PodSelector: { } selector }
        && !selector.Selects(Anybody) && !others.Any(pod => selector.Selects(pod)) && servers.Any(pod => selector.Selects(pod));

    /// <summary>A peer in words.</summary>
    /// <param name="peer">The peer.</param>
    public static string Describe(V1NetworkPolicyPeer peer) => peer switch
    {
        { IpBlock: { } block } => $"addresses {block.Cidr}",
        { NamespaceSelector: { } where } when IsAnybody(peer) => $"pods of {DescribeNamespaces(where)}",
        { NamespaceSelector: { } where } => $"pods with {Describe(peer.PodSelector)} of {DescribeNamespaces(where)}",
        _ when IsAnybody(peer) => "every pod of the namespace",
        _ => $"pods with {Describe(peer.PodSelector)}",
    };

    private static string? FindOpen(V1NetworkPolicyPeer peer) => peer switch
    {
        { IpBlock: { } block } => IsBroad(block.Cidr) ? $"addresses {block.Cidr}" : null,
        _ when IsAnywhere(peer) && IsAnybody(peer) => "every namespace",
        _ => null,
    };

    private static bool IsAnywhere(V1NetworkPolicyPeer peer) => peer.IpBlock is null && peer.NamespaceSelector.Selects(Anywhere);

    private static bool IsAnybody(V1NetworkPolicyPeer peer) => peer.PodSelector is null || peer.PodSelector.Selects(Anybody);

    // What cannot be read is not known to be narrow.
    private static bool IsBroad(string? cidr) => cidr?.Split('/') is not [var address, var length]
        || !IPAddress.TryParse(address, out var network)
        || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
        || prefix < (network.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? BroadestV4 : BroadestV6);

    private static string DescribeNamespaces(V1LabelSelector selector) =>
        selector is { MatchLabels: null or { Count: 0 }, MatchExpressions: null or { Count: 0 } }
            ? "every namespace"
            : $"namespaces with {Describe(selector)}";

    private static string Describe(V1LabelSelector? selector)
    {
        List<string> words =
        [
            .. (selector?.MatchLabels ?? new Dictionary<string, string>()).Select(label => $"{label.Key}={label.Value}"),
            .. (selector?.MatchExpressions ?? []).Select(expression =>
                $"{expression.Key} {expression.OperatorProperty} {string.Join('|', expression.Values ?? [])}".TrimEnd()),
        ];
        return words.Count == 0 ? "any labels" : string.Join(" and ", words);
    }
}
