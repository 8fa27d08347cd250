using k8s;
using k8s.Models;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Rights;

/// <summary>Reads the roles that are bound to an account and to the groups that it is in.</summary>
/// <param name="client">Client for the cluster; not owned.</param>
/// <param name="home">Namespace of the accounts.</param>
internal sealed class BoundRights(IKubernetes client, string home)
{
    /// <summary>The rights of accounts.</summary>
    /// <param name="accounts">Their names.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    public async Task<IReadOnlyList<AccountRights>> ReadAsync(IReadOnlyList<string> accounts, CancellationToken cancellationToken)
    {
        var api = client.RbacAuthorizationV1;
        var clusterRoles = await api.ListClusterRoleAsync(cancellationToken: cancellationToken);
        var roles = await api.ListRoleForAllNamespacesAsync(cancellationToken: cancellationToken);
        var clusterBindings = await api.ListClusterRoleBindingAsync(cancellationToken: cancellationToken);
        var bindings = await api.ListRoleBindingForAllNamespacesAsync(cancellationToken: cancellationToken);
        var ofCluster = clusterRoles.Items.ToDictionary(role => role.Metadata.Name, role => role.Rules);
        var ofNamespaces = roles.Items.ToDictionary(role => (role.Metadata.NamespaceProperty, role.Metadata.Name), role => role.Rules);
        return [.. accounts.Select(name => Resolve(new AccountIdentity(home, name)))];

        AccountRights Resolve(AccountIdentity account) => new(
            account.Name,
            [
                new ScopedRights(null, [
                    .. clusterBindings.Items.Where(binding => (binding.Subjects ?? []).Any(account.Is))
                        .SelectMany(binding => Read(ofCluster.GetValueOrDefault(binding.RoleRef.Name)))]),
                .. bindings.Items.Where(binding => (binding.Subjects ?? []).Any(account.Is))
                    .GroupBy(binding => binding.Metadata.NamespaceProperty)
                    .OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new ScopedRights(group.Key, [.. group.SelectMany(binding => Read(FindRules(binding)))])),
            ],
            []);

        IList<V1PolicyRule>? FindRules(V1RoleBinding binding) => binding.RoleRef.Kind == V1ClusterRole.KubeKind
            ? ofCluster.GetValueOrDefault(binding.RoleRef.Name)
            : ofNamespaces.GetValueOrDefault((binding.Metadata.NamespaceProperty, binding.RoleRef.Name));
    }

    /// <summary>The rules of a role; none for a role that does not exist.</summary>
    /// <param name="rules">The rules.</param>
    public static IReadOnlyList<RightsRule> Read(IList<V1PolicyRule>? rules) =>
    [
        .. (rules ?? []).Select(rule => new RightsRule(
            [.. rule.ApiGroups ?? []],
            [.. rule.Resources ?? []],
            [.. rule.ResourceNames ?? []],
            [.. rule.Verbs ?? []],
            [.. rule.NonResourceURLs ?? []])),
    ];
}
