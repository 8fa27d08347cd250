using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Api;

/// <summary>Whether the policies are few, used and narrow.</summary>
/// <param name="facts">The policies.</param>
/// <param name="mounts">Auth methods, whose roles give policies.</param>
/// <param name="tokens">Tokens that have policies.</param>
/// <param name="admin">Names of policies that may do more, as the profile declares them.</param>
internal sealed class NarrowPolicies(PolicyFacts facts, VaultMounts mounts, TokenFacts tokens, IReadOnlyList<string> admin)
{
    private const string AuditorPolicyName = PolicyFacts.AuditorPolicy;
    private const string DefaultPolicy = "default";
    private const string UseFact = "policies that nobody has";
    private static readonly string[] RoleSettingsWithPolicies = ["token_policies", "policies", "allowed_policies", "value"];
    private static readonly string[] Guarded = ["sys", "auth"];

    /// <summary>Judges the policies.</summary>
    public IEnumerable<Judgement> Judge() =>
    [
        JudgeUse(),
        .. ListGaps().Select(gap => Judgement.Unknown(UseFact, "none", gap)),
        JudgeRules("policies for every path", "Policies allow every path", rule => rule.Path is "*" or "+" or "+/*"),
        JudgeRules("policies with sudo", "Policies give sudo", rule => rule.Capabilities.Contains("sudo")),
        JudgeRules(
            "policies with wildcards on sys/ or auth/",
            "Policies reach parts of sys/ or auth/ by a wildcard",
            rule => rule.Path.AsSpan().ContainsAny('*', '+')
                && Array.Exists(Guarded, mount => Reaches(rule.Path, mount))
                && !rule.Capabilities.Contains("deny")),
        Judgement.None(
            "attributes that policies give twice",
            Judged.SelectMany(policy => policy.Duplicates.Select(duplicate => $"{policy.Name}: {duplicate}")))
            .Saying(found => $"Policies say something twice, which newer servers refuse: {found}."),
        .. facts.Policies.Where(policy => policy.Rules is null)
            .Select(policy => Judgement.Unknown($"policy {policy.Name}", "read", policy.Problem ?? "it was not recorded")),
        JudgeDefault(),
    ];

    // The auditor's own policy goes with its token, and is not the user's.
    private IEnumerable<ServerPolicy> Judged => facts.Policies.Where(policy => policy.Name is not (AuditorPolicyName or DefaultPolicy));

    private Judgement JudgeUse()
    {
        var used = facts.Holders.SelectMany(holder => holder.Policies)
            .Concat(tokens.Tokens.SelectMany(token => token.Policies))
            .Concat(mounts.AuthMethods.SelectMany(method => method.Roles ?? []).SelectMany(ListPolicies))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Judgement.None(UseFact, Judged.Select(policy => policy.Name).Where(name => !used.Contains(name)))
            .Saying(found => $"Nobody has these policies: {found}. Delete them.");
    }

    // A star ends a path and stands for whatever begins like it; a plus stands for one whole segment.
    private static bool Reaches(string path, string mount) => path.IndexOf('/', StringComparison.Ordinal) is var end and >= 0
        ? path[..end] == mount || path[..end] == "+"
        : path.EndsWith('*') && (path.StartsWith('+') || $"{mount}/".StartsWith(path[..^1], StringComparison.Ordinal));

    private static IEnumerable<string> ListPolicies(AuthRole role) =>
        RoleSettingsWithPolicies.SelectMany(name => RoleSettings.TryReadList(role.Settings[name]) ?? []);

    private IEnumerable<string> ListGaps() =>
    [
        .. facts.Gaps,
        .. tokens.Gaps,
        .. mounts.Gaps,
        .. mounts.AuthMethods
            .Where(method => method.RolesProblem is not null)
            .Select(method => $"roles of auth method {method.Path}: {method.RolesProblem}"),
        .. mounts.AuthMethods.SelectMany(
            method => (method.Roles ?? []).Where(role => RoleSettings.TryReadList(role.Settings["allowed_policies_glob"]) is { Count: > 0 })
                .Select(role => $"role {method.Path}{role.Path} gives policies by a pattern")),
    ];

    private Judgement JudgeRules(string fact, string sentence, Func<PolicyRule, bool> isWide) => Judgement.None(
            fact,
            Judged.Where(policy => !admin.Contains(policy.Name))
                .SelectMany(policy => (policy.Rules ?? []).Where(isWide).Select(rule => $"{policy.Name} on {rule.Path}")))
        .Saying(found => $"{sentence}: {found}. Narrow them, or declare them in adminPolicies.");

    private Judgement JudgeDefault() => facts.DefaultChanged is { } changed
        ? Judgement.Of(
            "policy default",
            !changed || admin.Contains(DefaultPolicy),
            "as the server was born with it",
            changed ? "changed" : "as the server was born with it")
            .Saying("The policy default was changed, and every token has it. Declare it in adminPolicies, or take the change back.")
        : Judgement.Unknown("policy default", "as the server was born with it", "nobody looked before the server was configured");
}
