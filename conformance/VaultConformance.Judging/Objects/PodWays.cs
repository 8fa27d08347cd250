using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Objects;

/// <summary>Rights that lead into the servers' pods, or to the Secrets beside them.</summary>
internal static class PodWays
{
    private const string Any = "*";
    private static readonly string[] Reading = ["get", "list", "watch", "delete", "deletecollection"];
    private static readonly string[] Writing = ["create", "update", "patch"];

    // Whoever may start a pod can mount every Secret and every claim of its namespace, whoever may change one gives it another image,
    // admission webhooks see and change both, and whoever may hand out rights or sign certificates has all of them.
    private static readonly (string Group, string Resource, string[] Verbs)[] All =
    [
        ("", "pods/exec", ["create", "get"]),
        ("", "pods/attach", ["create", "get"]),
        ("", "pods/portforward", ["create", "get"]),
        ("", "pods/ephemeralcontainers", ["update", "patch"]),
        ("", "nodes/proxy", ["create", "get"]),
        ("", "secrets", ["get", "list", "watch"]),
        ("", "pods", Writing),
        ("", "replicationcontrollers", Writing),
        ("", "serviceaccounts/token", ["create"]),
        ("", "users", ["impersonate"]),
        ("", "groups", ["impersonate"]),
        ("", "serviceaccounts", ["impersonate"]),
        ("apps", "statefulsets", Writing),
        ("apps", "deployments", Writing),
        ("apps", "daemonsets", Writing),
        ("apps", "replicasets", Writing),
        ("batch", "jobs", Writing),
        ("batch", "cronjobs", Writing),
        ("rbac.authorization.k8s.io", "roles", ["bind", "escalate"]),
        ("rbac.authorization.k8s.io", "clusterroles", ["bind", "escalate"]),
        ("admissionregistration.k8s.io", "mutatingwebhookconfigurations", Writing),
        ("admissionregistration.k8s.io", "validatingwebhookconfigurations", Writing),
        ("admissionregistration.k8s.io", "mutatingadmissionpolicies", Writing),
        ("certificates.k8s.io", "signers", ["approve", "sign"]),
        ("apiregistration.k8s.io", "apiservices", Writing),
    ];

    /// <summary>How many ways there are.</summary>
    public static int Count => All.Length;

    /// <summary>The ways that some rules open, by the resource of each.</summary>
    /// <param name="rules">The rules.</param>
    public static IEnumerable<string> List(IReadOnlyList<RightsRule> rules) => All
        .Where(way => rules.Any(rule => Holds(rule.ApiGroups, way.Group) && HoldsResource(rule.Resources, way.Resource)
            && way.Verbs.Any(verb => Holds(rule.Verbs, verb))))
        .Select(way => way.Resource);

    /// <summary>Kinds that are not Kubernetes' own and that some rules allow to change, as <c>KINDS.GROUP</c>.</summary>
    /// <param name="rules">The rules.</param>
    public static IEnumerable<string> ListOtherKinds(IReadOnlyList<RightsRule> rules) => rules
        .Where(rule => rule.Verbs.Except(Reading, StringComparer.Ordinal).Any())
        .SelectMany(rule => rule.ApiGroups.Where(group => !IsKubernetes(group))
            .SelectMany(group => rule.Resources.Where(resource => !IsReport(resource)).Select(resource => $"{resource}.{group}")))
        .Distinct(StringComparer.Ordinal);

    private static bool IsKubernetes(string group) => group != Any
        && (!group.Contains('.', StringComparison.Ordinal) || group.EndsWith(".k8s.io", StringComparison.Ordinal));

    // A controller writes into these two what became of an object.
    private static bool IsReport(string resource) => resource.EndsWith("/status", StringComparison.Ordinal)
        || resource.EndsWith("/finalizers", StringComparison.Ordinal);

    private static bool Holds(IReadOnlyList<string> list, string word) => list.Contains(Any) || list.Contains(word);

    // A star stands for all, also in front of a subresource.
    private static bool HoldsResource(IReadOnlyList<string> resources, string resource) => Holds(resources, resource)
        || (resource.Split('/') is [_, var part] && resources.Contains($"{Any}/{part}"));
}
