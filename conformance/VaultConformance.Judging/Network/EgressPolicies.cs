using k8s.Models;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Network;

/// <summary>Whether NetworkPolicies bound where a server may connect to.</summary>
/// <param name="objects">Holds the policies.</param>
internal sealed class EgressPolicies(AdmittedObjects objects)
{
    private const string Selected = "policies for what may go out";

    /// <summary>Judges a server.</summary>
    /// <param name="server">The server pod.</param>
    public IEnumerable<Judgement> Judge(V1Pod server)
    {
        var policies = new ServerPolicies(objects, server);
        if (policies.Doubt is { } doubt)
        {
            return [Judgement.Unknown(Selected, "one or more", doubt)];
        }

        return policies.Egress is { Count: > 0 } found
            ? [JudgeRules(found), JudgeOpenPorts(found)]
            :
            [
                Judgement.Of(Selected, false, "one or more", "none").SayingOfSubject(
                    "may connect to everything, because no NetworkPolicy bounds what goes out",
                    "may connect to everything, because no NetworkPolicy bounds what goes out"),
            ];
    }

    private static Judgement JudgeRules(IReadOnlyList<V1NetworkPolicy> policies) => Judgement.None(
            "destinations that nothing bounds",
            ListOpen(policies).Where(rule => PolicyPorts.AreOpen(rule.Rule.Ports))
                .Select(rule => $"{rule.Policy} allows {rule.Where} on {PolicyPorts.Describe(rule.Rule.Ports)}").Distinct())
        .Saying(found => $"A NetworkPolicy bounds neither where a server may connect to nor on which port: {found}.");

    // The API server has no label, and key services change their addresses: a port without a destination may be all that can be said.
    private static Judgement JudgeOpenPorts(IReadOnlyList<V1NetworkPolicy> policies)
    {
        var open = ListOpen(policies)
            .Where(rule => !PolicyPorts.AreOpen(rule.Rule.Ports) && !PolicyPorts.AreForNames(rule.Rule.Ports))
            .Select(rule => $"{rule.Where} on {PolicyPorts.Describe(rule.Rule.Ports)}").Distinct().ToList();
        return Judgement.Advised(
            "destinations of rules", open.Count == 0, "named", open.Count == 0 ? "named" : string.Join(", ", open));
    }

    private static IEnumerable<(string Policy, string Where, V1NetworkPolicyEgressRule Rule)> ListOpen(
        IEnumerable<V1NetworkPolicy> policies) =>
        policies.SelectMany(policy => (policy.Spec.Egress ?? []).SelectMany(
            rule => PolicyPeers.ListOpen(rule.To).Select(
                where => (policy.Metadata.Name, where == PolicyPeers.Everybody ? "every destination" : where, rule))));
}
