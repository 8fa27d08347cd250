using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Clusters;

/// <summary>What a run needs to be allowed to do in a cluster of someone else's, and whether it is. Only asks; changes nothing.</summary>
internal static class ClusterRights
{
    /// <summary>Namespace that is asked about: a run creates one, so rights must reach namespaces that do not exist yet.</summary>
    private const string AnyNamespace = "vault-conformance-doctor";

    /// <summary>What every run needs.</summary>
    public static IReadOnlyList<ClusterRule> Required { get; } =
    [
        new("", "namespaces", ["create", "get", "delete"], IsNamespaced: false),
        new("", "pods", ["get", "list", "watch", "create", "patch", "delete", "deletecollection"]),
        new("", "pods/exec", ["get", "create"]),
        new("", "pods/portforward", ["get", "create"]),
        new("", "pods/log", ["get"]),
        new("", "events", ["list"]),
        new("", "secrets", ["get", "list", "create", "patch", "update", "delete"]),
        new("", "configmaps", ["get", "list", "create", "patch", "delete"]),
        new("", "services", ["get", "list", "create", "patch", "delete"]),
        new("", "serviceaccounts", ["get", "list", "create", "delete"]),
        new("", "persistentvolumeclaims", ["list", "delete"]),
        new("apps", "statefulsets", ["get", "list", "create", "patch", "delete"]),
    ];

    /// <summary>What makes results better, or what some values of the chart need.</summary>
    public static IReadOnlyList<ClusterRule> Useful { get; } =
    [
        new("", "namespaces", ["patch"], IsNamespaced: false),
        new("", "nodes", ["list"], IsNamespaced: false),
        new("storage.k8s.io", "storageclasses", ["list"], IsNamespaced: false),
        new("rbac.authorization.k8s.io", "clusterrolebindings", ["create", "get", "delete"], IsNamespaced: false),
        new("rbac.authorization.k8s.io", "roles", ["create", "get", "delete"]),
        new("rbac.authorization.k8s.io", "rolebindings", ["create", "get", "delete"]),
        new("policy", "poddisruptionbudgets", ["create", "get", "delete"]),
        new("apps", "deployments", ["get", "list", "create", "delete"]),
        new("apps", "daemonsets", ["list"]),
        new("apps", "replicasets", ["list"]),
        new("batch", "jobs", ["list"]),
        new("batch", "cronjobs", ["list"]),
        new("", "endpoints", ["list"]),
        new("", "replicationcontrollers", ["list"]),
        new("", "podtemplates", ["list"]),
        new("networking.k8s.io", "ingresses", ["list"]),
        new("networking.k8s.io", "networkpolicies", ["get", "list", "create", "patch", "delete"]),
    ];

    /// <summary>The rules, or parts of them, that the credentials do not have.</summary>
    /// <param name="client">Talks to the cluster.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="cancellationToken">Ends the questions.</param>
    public static async Task<IReadOnlyList<ClusterRule>> ListMissingAsync(
        IKubernetes client, IReadOnlyList<ClusterRule> rules, CancellationToken cancellationToken)
    {
        var missing = new List<ClusterRule>();
        foreach (var rule in rules)
        {
            var answers = await Task.WhenAll(rule.Verbs.Select(verb => IsAllowedAsync(client, rule, verb, cancellationToken)));
            List<string> refused = [.. rule.Verbs.Where((_, index) => !answers[index])];
            if (refused.Count > 0)
            {
                missing.Add(rule with { Verbs = refused });
            }
        }

        return missing;
    }

    private static async Task<bool> IsAllowedAsync(
        IKubernetes client, ClusterRule rule, string verb, CancellationToken cancellationToken)
    {
        var parts = rule.Resource.Split('/');
        var review = new V1SelfSubjectAccessReview
        {
            Spec = new V1SelfSubjectAccessReviewSpec
            {
                ResourceAttributes = new V1ResourceAttributes
                {
                    Group = rule.Group,
                    Resource = parts[0],
                    Subresource = parts.ElementAtOrDefault(1),
                    Verb = verb,
                    NamespaceProperty = rule.IsNamespaced ? AnyNamespace : null,
                },
            },
        };
        return (await client.AuthorizationV1.CreateSelfSubjectAccessReviewAsync(review, cancellationToken: cancellationToken))
            .Status?.Allowed == true;
    }
}

/// <summary>A rule as in a ClusterRole.</summary>
/// <param name="Group">API group; empty for the core one.</param>
/// <param name="Resource">Resource, with its subresource after a slash.</param>
/// <param name="Verbs">Verbs.</param>
/// <param name="IsNamespaced">False for what belongs to the cluster itself.</param>
internal sealed record ClusterRule(string Group, string Resource, IReadOnlyList<string> Verbs, bool IsNamespaced = true)
{
    /// <summary>For example <c>create, delete namespaces</c> or <c>list jobs.batch</c>.</summary>
    public override string ToString() => $"{string.Join(", ", Verbs)} {Resource}{(Group.Length > 0 ? $".{Group}" : string.Empty)}";
}
