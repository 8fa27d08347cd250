using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Objects;

/// <summary>Whether the server's ServiceAccount may do what the server needs, and nothing else.</summary>
internal static class ServerRights
{
    private const string Fact = "rights of the ServiceAccount";
    private const string Expected = "pods of its own namespace: get, update, patch";

    /// <summary>Judges the account of a server pod.</summary>
    /// <param name="account">Name of the account; null when it was not recorded.</param>
    /// <param name="facts">What accounts may do.</param>
    /// <param name="checksTokens">True where the profile declares that the Kubernetes auth method is used.</param>
    public static IEnumerable<Judgement> Judge(string? account, RbacFacts facts, bool checksTokens)
    {
        var found = facts.Accounts.Where(candidate => candidate.Account == account).ToList();
        if (found is not [{ Scopes: var scopes, Gaps: var gaps }])
        {
            return [Judgement.Unknown(Fact, Expected, $"what ServiceAccount '{account}' may do was not recorded")];
        }

        var rights = scopes.SelectMany(scope => scope.Rules.SelectMany(rule => SingleRight.List(scope.Namespace, rule)))
            .Where(right => !right.IsEverybodys()).ToList();
        var checks = rights.Where(right => right.ChecksTokens).ToList();
        var beyond = rights.Except(checks).Where(right => !right.IsNeeded(facts.Namespace) && !right.IsAdvisedAgainst(facts.Namespace));
        return
        [
            JudgeBeyond(account!, SingleRight.Describe(beyond), DescribeSource(facts)),
            JudgeChecks(account!, checks.Count > 0, checksTokens),
            JudgeAdvised(rights.Where(right => right.IsAdvisedAgainst(facts.Namespace))),
            .. gaps.Select(gap => Judgement.Unknown(Fact, Expected, gap)),
        ];
    }

    private static Judgement JudgeBeyond(string account, IReadOnlyList<string> beyond, string source) => beyond.Count == 0
        ? Judgement.Of(Fact, true, Expected, $"nothing else, {source}")
        : Judgement.None("rights beyond what the server needs", beyond)
            .Saying(found => $"ServiceAccount '{account}' may do what the server does not need: {found} ({source}).");

    private static Judgement JudgeChecks(string account, bool mayCheck, bool declared) =>
        Judgement.Of(
            "right to have tokens of other accounts checked",
            !mayCheck || declared,
            "only for the Kubernetes auth method",
            (mayCheck, declared) switch
                {
                    (false, _) => "not given",
                    (true, true) => "given, and the profile declares the Kubernetes auth method",
                    (true, false) => "given, and the profile does not declare the Kubernetes auth method",
                })
            .Saying($"ServiceAccount '{account}' may have the tokens of other accounts checked (system:auth-delegator), which only the "
                + "Kubernetes auth method needs, and the profile does not declare that (kubernetesAuth).");

    // The chart's role has both verbs, and no values take them out.
    private static Judgement JudgeAdvised(IEnumerable<SingleRight> rights)
    {
        var found = SingleRight.Describe(rights);
        return Judgement.Advised(
            "rights that the vendor's documentation does not ask for",
            found.Count == 0,
            "none",
            found.Count == 0 ? "none" : string.Join("; ", found));
    }

    private static string DescribeSource(RbacFacts facts) =>
        facts.Source == RbacFacts.Review ? "by the API server's review" : "by what is bound to it";
}
