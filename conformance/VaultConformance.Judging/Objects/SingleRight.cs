using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Objects;

/// <summary>One verb on one resource: what a rule with lists stands for.</summary>
/// <param name="Namespace">Where; null for everywhere.</param>
/// <param name="Verb">The verb.</param>
/// <param name="Resource">
/// The resource with its group, as in <c>tokenreviews.authentication.k8s.io</c>; or a path of the API server.
/// </param>
/// <param name="Names">Names that it is limited to; empty when it is not.</param>
internal sealed record SingleRight(string? Namespace, string Verb, string Resource, string Names)
{
    private const string Any = "*";
    private const string Pods = "pods";

    // What Kubernetes binds to every account that is logged in, and to all ServiceAccounts: system:basic-user, system:discovery,
    // system:public-info-viewer, system:service-account-issuer-discovery, system:cluster-trust-bundle-discovery.
    private static readonly HashSet<string> Everybodys =
    [
        "create selfsubjectaccessreviews.authorization.k8s.io", "create selfsubjectrulesreviews.authorization.k8s.io",
        "create selfsubjectreviews.authentication.k8s.io",
        "get clustertrustbundles.certificates.k8s.io", "list clustertrustbundles.certificates.k8s.io",
        "watch clustertrustbundles.certificates.k8s.io",
        "get /api", "get /api/*", "get /apis", "get /apis/*", "get /openapi", "get /openapi/*", "get /version", "get /version/",
        "get /healthz", "get /livez", "get /readyz",
        "get /.well-known/openid-configuration", "get /.well-known/openid-configuration/", "get /openid/v1/jwks", "get /openid/v1/jwks/",
    ];

    /// <summary>True for the right to ask whether a token or an access is good.</summary>
    public bool ChecksTokens => Names.Length == 0 && Verb == "create"
        && Resource is "tokenreviews.authentication.k8s.io" or "subjectaccessreviews.authorization.k8s.io";

    /// <summary>Every right that a rule gives.</summary>
    /// <param name="scope">Where it holds; null for everywhere.</param>
    /// <param name="rule">The rule.</param>
    public static IEnumerable<SingleRight> List(string? scope, RightsRule rule)
    {
        var names = string.Join(", ", rule.ResourceNames);
        var resources = from api in rule.ApiGroups
                        from resource in rule.Resources
                        select Join(resource, api);
        return from resource in resources.Concat(rule.NonResourceUrls)
               from verb in rule.Verbs
               select new SingleRight(scope, verb, resource, names);
    }

    /// <summary>What rights allow, in words: one entry for each resource and place.</summary>
    /// <param name="rights">The rights.</param>
    public static IReadOnlyList<string> Describe(IEnumerable<SingleRight> rights) =>
    [
        .. rights.GroupBy(right => (right.Namespace, right.Resource, right.Names)).Select(group =>
            DescribeVerbs([.. group.Select(right => right.Verb).Distinct()])
            + (group.Key.Resource is Any or "*.*" ? " everything" : $" {group.Key.Resource}")
            + (group.Key.Names.Length > 0 ? $" ({group.Key.Names})" : string.Empty)
            + (group.Key.Namespace is { } name ? $" in namespace {name}" : " in the whole cluster")).Distinct(),
    ];

    /// <summary>True for what every account may do.</summary>
    public bool IsEverybodys() => Namespace is null && Names.Length == 0 && Everybodys.Contains($"{Verb} {Resource}");

    /// <summary>True for what the registration of the service needs: the server writes its state into labels of its pod.</summary>
    /// <param name="home">Namespace of the server.</param>
    public bool IsNeeded(string home) => Namespace == home && Resource == Pods && Verb is "get" or "update" or "patch";

    /// <summary>True for what the chart gives and the registration does not need.</summary>
    /// <param name="home">Namespace of the server.</param>
    public bool IsAdvisedAgainst(string home) => Namespace == home && Resource == Pods && Verb is "list" or "watch";

    private static string Join(string resource, string api) => api.Length == 0 ? resource : $"{resource}.{api}";

    private static string DescribeVerbs(IReadOnlyList<string> verbs) =>
        verbs.Contains(Any) ? "do anything with" : string.Join(", ", verbs);
}
