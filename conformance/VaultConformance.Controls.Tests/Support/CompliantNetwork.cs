using VaultConformance.Harness.Observations;
using k8s.Models;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>A network in which policies name everybody and are enforced.</summary>
internal static class CompliantNetwork
{
    private static readonly string[] Servers = ["pod/vault-0", "pod/vault-1", "pod/vault-2"];

    /// <summary>What was tried: everything that has to work worked, and nothing else.</summary>
    public static NetworkFacts Facts { get; } = new(
    [
        .. Servers.SelectMany((server, number) => ListOfServer(server, Servers[(number + 1) % Servers.Length], 18201 + number)),
        .. Servers.SelectMany(server => (ConnectionAttempt[])[new(NetworkPlaces.Near, server, 8200, true, null), new(NetworkPlaces.Near, server, 8201, false, null)]),
        .. Servers.SelectMany(server => (ConnectionAttempt[])[new(NetworkPlaces.Far, server, 8200, false, null), new(NetworkPlaces.Far, server, 8201, false, null)]),
        new(NetworkPlaces.Far, NetworkPlaces.Near, 18200, true, null),
        new(NetworkPlaces.Far, NetworkPlaces.Names, 53, true, null),
        .. Servers.Select((_, number) => new ConnectionAttempt(NetworkPlaces.Near, NetworkPlaces.Canary, 18201 + number, true, null)),
    ]);

    /// <summary>With attempts on the ports that a server listens on besides: it reaches them itself, and nobody else does.</summary>
    /// <param name="facts">What was tried.</param>
    /// <param name="servers">The servers.</param>
    public static NetworkFacts WithPortsOf(this NetworkFacts facts, IReadOnlyList<PodEvidence> servers) => new(
    [
        .. facts.Attempts,
        .. from server in servers
            let name = $"pod/{server.Admitted.Metadata.Name}"
            where facts.Attempts.Any(attempt => attempt.To == name)
            from port in (server.Sockets?.Sockets ?? []).Where(socket => !socket.LoopbackOnly).Select(socket => socket.Port).Distinct()
            where facts.Attempts.All(attempt => attempt.To != name || attempt.Port != port)
            from attempt in (ConnectionAttempt[])[new(NetworkPlaces.Far, name, port, false, null), new(name, name, port, true, null)]
            select attempt,
    ]);

    /// <summary>The policy for the servers.</summary>
    public static V1NetworkPolicy Policy() => new()
    {
        Metadata = new V1ObjectMeta { Name = "vault", NamespaceProperty = "vault" },
        Spec = new V1NetworkPolicySpec
        {
            PodSelector = new V1LabelSelector { MatchLabels = Label("component", "server") },
            PolicyTypes = ["Ingress", "Egress"],
            Ingress =
            [
                new V1NetworkPolicyIngressRule { FromProperty = [Pods("any", ""), Namespaces("kubernetes.io/metadata.name", "shop")], Ports = [Port(8200)] },
                new V1NetworkPolicyIngressRule { FromProperty = [Pods("component", "server")], Ports = [Port(8201)] },
            ],
            Egress =
            [
                new V1NetworkPolicyEgressRule { Ports = [Port(53), Port(53, "UDP")] },
                new V1NetworkPolicyEgressRule { To = [new V1NetworkPolicyPeer { IpBlock = new V1IPBlock { Cidr = "10.43.0.1/32" } }], Ports = [Port(443)] },
                new V1NetworkPolicyEgressRule { To = [Pods("component", "server")], Ports = [Port(8200), Port(8201)] },
            ],
        },
    };

    /// <summary>A peer: pods of the policy's own namespace.</summary>
    /// <param name="key">A label, or <c>any</c>.</param>
    /// <param name="value">Its value.</param>
    public static V1NetworkPolicyPeer Pods(string key, string value) =>
        new() { PodSelector = new V1LabelSelector { MatchLabels = key == "any" ? null : Label(key, value) } };

    /// <summary>A peer: namespaces with a label.</summary>
    /// <param name="key">The label, or <c>any</c>.</param>
    /// <param name="value">Its value.</param>
    public static V1NetworkPolicyPeer Namespaces(string key, string value) =>
        new() { NamespaceSelector = new V1LabelSelector { MatchLabels = key == "any" ? null : Label(key, value) } };

    /// <summary>A port.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="protocol">Its protocol.</param>
    public static V1NetworkPolicyPort Port(int number, string protocol = "TCP") => new() { Port = number, Protocol = protocol };

    private static IEnumerable<ConnectionAttempt> ListOfServer(string server, string next, int canary) =>
    [
        new(server, server, 8200, true, null), new(server, server, 8201, true, null), new(server, next, 8200, true, null), new(server, next, 8201, true, null),
        new(server, NetworkPlaces.Canary, canary, false, null), new(server, NetworkPlaces.Names, 53, true, null), new(server, NetworkPlaces.Api, 443, true, null),
    ];

    private static Dictionary<string, string> Label(string key, string value) => new() { [key] = value };
}
