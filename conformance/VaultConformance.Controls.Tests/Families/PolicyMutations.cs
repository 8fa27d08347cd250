using System.Text.Json.Nodes;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the control on policies has to notice.</summary>
internal static class PolicyMutations
{
    public static IEnumerable<Mutation> All =>
    [
        Added("a policy that nobody has", "policies that nobody has: old", Policy("old", "kv/data/x", "read")),
        Used("everything", "wide on *", Policy("wide", "*", "read")),
        Used("sudo", "wide on sys/audit", Policy("wide", "sys/audit", "read", "sudo")),
        Used("a wildcard on sys", "wide on sys/policies/*", Policy("wide", "sys/policies/*", "read")),
        Used("a segment of auth", "wide on auth/+/role", Policy("wide", "auth/+/role", "list")),
        Used("a star that begins before sys ends", "wide on sy*", Policy("wide", "sy*", "read")),
        Used("a segment that auth may stand for", "wide on +/tune", Policy("wide", "+/tune", "read")),
        Used("a star that begins like neither", "", Policy("wide", "system-secrets*", "read"), Outcome.Passed),
        Used("a wildcard that denies", "", Policy("wide", "sys/*", "deny"), Outcome.Passed),
        Used("a wildcard on secrets", "", Policy("wide", "shop/*", "read"), Outcome.Passed),
        Used("something twice", "path[shop/x].capabilities (lines 2, 3)", Policy("wide", "shop/x", "read") with { Duplicates = ["path[shop/x].capabilities (lines 2, 3)"] }),
        Used("a text that cannot be parsed", "cannot be parsed", new ServerPolicy("wide", null, [], "its text cannot be parsed (line 3)"), Outcome.Inconclusive),
        Release("API-5", "sudo in a policy that the profile declares", "", release =>
        {
            release.Profile = profile => profile with { Parameters = profile.Parameters with { AdminPolicies = ["wide"] } };
            Add(release, Policy("wide", "*", "sudo"), isUsed: true);
        }, Outcome.Passed),
        Release("API-5", "another default policy", "policy default: changed", release => release.Policies = release.Policies! with { DefaultChanged = true }),
        Release("API-5", "a default policy that nobody knew before", "nobody looked", release => release.Policies = release.Policies! with { DefaultChanged = null }, Outcome.Inconclusive),
        Release("API-5", "groups that were refused", "HTTP 403", release => release.Policies = release.Policies! with { Gaps = ["group: HTTP 403"] }, Outcome.Inconclusive),
        Release("API-5", "a role that gives policies by a pattern", "by a pattern", release => release.Mounts = MountMutations.Change(release.Mounts!, "token/", method => method with
        {
            Roles = [new AuthRole("roles/ci", new JsonObject { ["allowed_policies_glob"] = new JsonArray("ci-*") })],
        }), Outcome.Inconclusive),
        Release("API-5", "nobody could ask", "not set", release => release.Policies = null, Outcome.Inconclusive),
    ];

    private static Mutation Added(string deviation, string reason, ServerPolicy policy, Outcome outcome = Outcome.Failed) =>
        Release("API-5", deviation, reason, release => Add(release, policy, isUsed: false), outcome);

    private static Mutation Used(string deviation, string reason, ServerPolicy policy, Outcome outcome = Outcome.Failed) =>
        Release("API-5", deviation, reason, release => Add(release, policy, isUsed: true), outcome);

    private static void Add(ReleaseEvidence release, ServerPolicy policy, bool isUsed) => release.Policies = release.Policies! with
    {
        Policies = [.. release.Policies.Policies, policy], Holders = isUsed ? [new PolicyHolder("entity ada", [policy.Name, "shop-read"])] : release.Policies.Holders,
    };

    private static ServerPolicy Policy(string name, string path, params IReadOnlyList<string> capabilities) => new(name, [new PolicyRule(path, capabilities)], [], null);
}
