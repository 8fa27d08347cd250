using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;
using static VaultConformance.Controls.Tests.Support.CompliantNetwork;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the controls on the network have to notice.</summary>
internal static class NetworkMutations
{
    private const string Second = "pod/vault-1";

    public static IEnumerable<Mutation> All =>
    [
        // Who is named.
        Release("NET-1", "no policy", "selected by no NetworkPolicy", release => Open(release, () => release.NetworkPolicies!.Clear()), also: "NET-2"),
        Release("NET-1", "a policy for other pods", "selected by no NetworkPolicy", release => Open(release, () => release.NetworkPolicies![0].Spec.PodSelector = Pods("component", "injector").PodSelector), also: "NET-2"),
        Release("NET-1", "a policy that leaves one server out", "vault-1 is selected by no NetworkPolicy", release => Open(release, () => release.NetworkPolicies![0].Spec.PodSelector = Pods("vault-active", "false").PodSelector), also: "NET-2"),
        Release("NET-1", "a policy for what goes out only", "selected by no NetworkPolicy", release => Open(release, () => release.NetworkPolicies![0].Spec.PolicyTypes = ["Egress"])),
        Release("NET-1", "no policy, and something that keeps a foreign pod out", "a policy of Cilium, of Calico or of the platform", release => release.NetworkPolicies!.Clear(), Outcome.Inconclusive, also: "NET-2"),
        Release("NET-1", "no policy, and nothing that was tried", "selected by no NetworkPolicy", release => { release.NetworkPolicies!.Clear(); release.Network = null; }, also: "NET-2"),
        Release("NET-1", "policies that may not be listed", "NetworkPolicies were not recorded", release => release.NetworkPolicies = null, Outcome.Inconclusive, also: "NET-2"),
        Release("NET-1", "a policy that cannot be read", "says nothing that can be read", release => release.NetworkPolicies!.Add(new V1NetworkPolicy { Metadata = new V1ObjectMeta { Name = "odd" } }), Outcome.Inconclusive, also: "NET-2"),
        Peer("every namespace", "admits every namespace on port 8200", Namespaces("any", "")),
        Peer("every namespace but one", "admits every namespace", Excluding("NotIn", "shop")),
        Peer("namespaces without a label", "admits every namespace", Excluding("DoesNotExist")),
        Peer("every namespace, and any pod of it without a label", "admits every namespace", new V1NetworkPolicyPeer
        {
            NamespaceSelector = new V1LabelSelector(),
            PodSelector = new V1LabelSelector { MatchExpressions = [new V1LabelSelectorRequirement { Key = "banned", OperatorProperty = "DoesNotExist" }] },
        }),
        Peer("all addresses", "admits addresses 0.0.0.0/0", Block("0.0.0.0/0")),
        Peer("half of all addresses", "admits addresses 128.0.0.0/1", Block("128.0.0.0/1")),
        Peer("all addresses of the newer kind", "admits addresses ::/0", Block("::/0")),
        Peer("all addresses but some", "admits addresses 0.0.0.0/0", Block("0.0.0.0/0", "10.0.0.0/8")),
        Peer("a block one bit too broad", "admits addresses 10.0.0.0/7", Block("10.0.0.0/7")),
        Peer("a block that cannot be read", "admits addresses ten", Block("ten")),
        Peer("the broadest private network", "", Block("10.0.0.0/8"), Outcome.Passed),
        Peer("a private network of the newer kind", "", Block("fc00::/7"), Outcome.Passed),
        Peer("pods with a label in every namespace", "", new V1NetworkPolicyPeer { NamespaceSelector = new V1LabelSelector(), PodSelector = Pods("app", "shop").PodSelector }, Outcome.Passed),
        Ingress("a rule without peers", "admits everybody on port 9102", rules => rules.Add(new V1NetworkPolicyIngressRule { Ports = [Port(9102)] })),
        Ingress("an empty rule", "admits everybody on all ports", rules => rules.Add(new V1NetworkPolicyIngressRule())),
        Release("NET-1", "a second policy that admits everybody", "open admits everybody", release => release.NetworkPolicies!.Add(new V1NetworkPolicy
        {
            Metadata = new V1ObjectMeta { Name = "open" }, Spec = new V1NetworkPolicySpec { PodSelector = new V1LabelSelector(), Ingress = [new V1NetworkPolicyIngressRule()] },
        })),
        Ingress("the cluster port for the whole namespace", "also admits every pod of the namespace", rules => rules[0].Ports.Add(Port(8201))),
        Ingress("the cluster port in a range", "also admits every pod of the namespace", rules => rules[0].Ports[0].EndPort = 8201),
        Ingress("the cluster port by its name", "also admits every pod of the namespace", rules => rules[0].Ports.Add(new V1NetworkPolicyPort { Port = "https-internal" })),
        Ingress("a range that ends before the cluster port", "", rules => rules[0].Ports[0] = new V1NetworkPolicyPort { Port = 8190, EndPort = 8200 }, Outcome.Passed),
        Ingress("no word about ports", "also admits every pod of the namespace", rules => rules[0].Ports = null),
        Ingress("the cluster port for another application", "also admits pods with app=shop", rules => rules[1].FromProperty.Add(Pods("app", "shop"))),
        Ingress("the cluster port for every namespace", "a NetworkPolicy also admits pods of every namespace", rules => rules[1].FromProperty.Add(Namespaces("any", ""))),
        Ingress("the cluster port for another namespace", "of namespaces with team=ops", rules => rules[1].FromProperty.Add(Namespaces("team", "ops"))),

        // Who gets through.
        Tried("a foreign pod gets through to the API", "can be connected to on port 8200 from a namespace that nobody named", (NetworkPlaces.Far, Second, 8200, true)),
        Tried("a foreign pod gets through to the cluster port", "can be connected to on port 8201 from a namespace that nobody named", (NetworkPlaces.Far, Second, 8201, true)),
        Tried("a neighbour gets through to the cluster port", "by a pod that is not a server", (NetworkPlaces.Near, Second, 8201, true)),
        Untried("no second namespace", "one namespace only", NetworkPlaces.Far, "a run creates one namespace only", also: []),
        Untried("no pod beside the servers", "There is no relay pod", NetworkPlaces.Near, "There is no relay pod", also: ["NET-2"]),
        Release("NET-1", "nothing was tried", "'network'", release => release.Network = null, Outcome.Inconclusive, also: "NET-2"),
        Release("NET-1", "nothing was tried with one server", "nothing was tried", release => release.Network = new NetworkFacts([.. Facts.Attempts.Where(attempt => attempt.To != Second)]), Outcome.Inconclusive),
        Changed("the foreign pod reaches names and the API server only", "connected to no pod at all", attempt => attempt is { From: NetworkPlaces.Far, To: NetworkPlaces.Near } ? attempt with { Connected = false } : attempt, Outcome.Inconclusive),
        Changed("nobody reaches the API", "nobody connected to this port", attempt => attempt is { To: Second, Port: 8200 } ? attempt with { Connected = false } : attempt, Outcome.Inconclusive),
        Changed("nobody reaches the server, itself included", "no pod could connect to any port", attempt => attempt.To == Second ? attempt with { Connected = false } : attempt, Outcome.Inconclusive),
        Changed("the server cannot say whether it listens", "nobody connected to this port", attempt => attempt switch
        {
            { To: Second, From: Second } => attempt with { Connected = null },
            { To: Second, Port: 8200 } => attempt with { Connected = false },
            _ => attempt,
        }, Outcome.Inconclusive),
        Changed("nobody connects to the cluster port, which listens", "nobody connected to this port", attempt => attempt is { To: Second, Port: 8201 } ? attempt with { Connected = false } : attempt, Outcome.Inconclusive),
        Release("NET-1", "a port that nobody tried", "not tried: 8201", release =>
        {
            release.TriesEveryPort = false;
            release.Network = new NetworkFacts([.. Facts.Attempts.Where(attempt => attempt is not { To: Second, Port: 8201 })]);
        }, Outcome.Inconclusive),
        Changed("only the server itself reaches its port", "", attempt => attempt is { To: Second, Port: 8200 } && attempt.From != Second ? attempt with { Connected = false } : attempt, Outcome.Passed),

        // Where the servers may connect to.
        Release("NET-2", "no word about what goes out", "no NetworkPolicy bounds what goes out", release => (release.NetworkPolicies![0].Spec.PolicyTypes, release.NetworkPolicies[0].Spec.Egress) = (["Ingress"], null)),
        Release("NET-2", "an empty list and no direction", "no NetworkPolicy bounds what goes out", release => (release.NetworkPolicies![0].Spec.PolicyTypes, release.NetworkPolicies[0].Spec.Egress) = (null, [])),
        Release("NET-2", "rules and no direction", "", release => release.NetworkPolicies![0].Spec.PolicyTypes = null, Outcome.Passed),
        Egress("an empty rule", "allows every destination on all ports", new V1NetworkPolicyEgressRule()),
        Egress("every destination on every TCP port", "on every TCP port", new V1NetworkPolicyEgressRule { Ports = [new V1NetworkPolicyPort { Protocol = "TCP" }] }),
        Egress("every destination on a wide range", "on port 1-65535", new V1NetworkPolicyEgressRule { Ports = [new V1NetworkPolicyPort { Port = 1, EndPort = 65535 }] }),
        Egress("a range one port too wide", "on port 1000-1100", new V1NetworkPolicyEgressRule { Ports = [new V1NetworkPolicyPort { Port = 1000, EndPort = 1100 }] }),
        Egress("a range that is just narrow enough", "", new V1NetworkPolicyEgressRule { Ports = [new V1NetworkPolicyPort { Port = 1000, EndPort = 1099 }] }, Outcome.Passed),
        Egress("every namespace on all ports", "allows every namespace on all ports", new V1NetworkPolicyEgressRule { To = [Namespaces("any", "")] }),
        Egress("all addresses on all ports", "allows addresses 0.0.0.0/0", new V1NetworkPolicyEgressRule { To = [Block("0.0.0.0/0", "169.254.0.0/16")] }),
        Egress("every destination on one port", "", new V1NetworkPolicyEgressRule { Ports = [Port(443)] }, Outcome.Passed),
        Release("NET-2", "a server gets out", "can connect to a listener that nobody named", release => release.Network = Change(attempt => attempt is { From: Second, To: NetworkPlaces.Canary } ? attempt with { Connected = true } : attempt)),
        Release("NET-2", "nothing listened", "has no 'nc'", release => release.Network = Change(attempt => attempt.To == NetworkPlaces.Canary ? attempt with { Connected = null, Detail = "the image has no 'nc'" } : attempt), Outcome.Inconclusive),
        Release("NET-2", "the listener answers nobody", "another pod of the namespace did not reach the listener either", release => release.Network = Change(attempt => attempt is { From: NetworkPlaces.Near, To: NetworkPlaces.Canary, Port: 18202 } ? attempt with { Connected = false } : attempt), Outcome.Inconclusive),
        Release("NET-2", "the server's container connects to nothing", "connected to nothing at all", release => release.Network = Change(attempt => attempt.From == Second ? attempt with { Connected = false } : attempt), Outcome.Inconclusive),
        Release("NET-2", "it was not tried", "it was not tried", release => release.Network = new NetworkFacts([.. Facts.Attempts.Where(attempt => attempt is not { From: Second, To: NetworkPlaces.Canary })]), Outcome.Inconclusive),
    ];

    private static V1NetworkPolicyPeer Excluding(string @operator, params string[] values) => new()
    {
        NamespaceSelector = new V1LabelSelector { MatchExpressions = [new V1LabelSelectorRequirement { Key = "team", OperatorProperty = @operator, Values = values }] },
    };

    private static V1NetworkPolicyPeer Block(string cidr, params string[] except) => new() { IpBlock = new V1IPBlock { Cidr = cidr, Except = except } };

    private static NetworkFacts Change(Func<ConnectionAttempt, ConnectionAttempt> change) => new([.. Facts.Attempts.Select(change)]);

    private static Mutation Peer(string deviation, string reason, V1NetworkPolicyPeer peer, Outcome outcome = Outcome.Failed) =>
        Ingress(deviation, reason, rules => rules[0].FromProperty.Add(peer), outcome);

    private static Mutation Ingress(string deviation, string reason, Action<IList<V1NetworkPolicyIngressRule>> change, Outcome outcome = Outcome.Failed) =>
        Release("NET-1", deviation, reason, release => change(release.NetworkPolicies![0].Spec.Ingress), outcome);

    private static Mutation Egress(string deviation, string reason, V1NetworkPolicyEgressRule rule, Outcome outcome = Outcome.Failed) =>
        Release("NET-2", deviation, reason, release => release.NetworkPolicies![0].Spec.Egress.Add(rule), outcome);

    private static Mutation Tried(string deviation, string reason, (string From, string To, int Port, bool Connected) what) => Changed(
        deviation, reason, attempt => attempt.From == what.From && attempt.To == what.To && attempt.Port == what.Port ? attempt with { Connected = what.Connected } : attempt, Outcome.Failed);

    // Without a policy whoever wants to gets through.
    private static void Open(ReleaseEvidence release, Action change)
    {
        change();
        release.Network = Change(attempt => attempt.From == NetworkPlaces.Far ? attempt with { Connected = true } : attempt);
    }

    private static Mutation Changed(string deviation, string reason, Func<ConnectionAttempt, ConnectionAttempt> change, Outcome outcome) =>
        Release("NET-1", deviation, reason, release => release.Network = Change(change), outcome);

    private static Mutation Untried(string deviation, string reason, string place, string detail, string[] also) => Release(
        "NET-1", deviation, reason, release => release.Network = Change(attempt => attempt.From == place ? attempt with { Connected = null, Detail = detail } : attempt), Outcome.Inconclusive, null, also);
}
