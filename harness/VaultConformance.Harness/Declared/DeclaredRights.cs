using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Rights;

namespace VaultConformance.Harness.Declared;

/// <summary>Follows the roles and bindings that a chart renders to the accounts of the servers.</summary>
/// <param name="reader">The rendered objects.</param>
/// <param name="home">Namespace of the accounts.</param>
internal sealed class DeclaredRights(ManifestReader reader, string home)
{
    private const string Group = "rbac.authorization.k8s.io";

    private readonly IReadOnlyList<V1ClusterRole> _clusterRoles = reader.List<V1ClusterRole>(Group, V1ClusterRole.KubeKind);
    private readonly IReadOnlyList<V1Role> _roles = reader.List<V1Role>(Group, V1Role.KubeKind);
    private readonly IReadOnlyList<V1ClusterRoleBinding> _clusterBindings =
        reader.List<V1ClusterRoleBinding>(Group, V1ClusterRoleBinding.KubeKind);
    private readonly IReadOnlyList<V1RoleBinding> _bindings = reader.List<V1RoleBinding>(Group, V1RoleBinding.KubeKind);

    /// <summary>The rights of accounts.</summary>
    /// <param name="accounts">Their names.</param>
    public RbacFacts Read(IReadOnlyList<string> accounts) =>
        new(RbacFacts.Bindings, home, [.. accounts.Select(name => Resolve(new AccountIdentity(home, name)))]);

    private AccountRights Resolve(AccountIdentity account)
    {
        var gaps = new List<string>();
        var everywhere = _clusterBindings.Where(binding => (binding.Subjects ?? []).Any(subject => IsOf(account, subject, null)))
            .SelectMany(binding => Find(binding.RoleRef, null, gaps))
            .ToList();
        var single = _bindings
            .Select(binding => (Binding: binding, Place: binding.Metadata.NamespaceProperty ?? home))
            .Where(item => (item.Binding.Subjects ?? []).Any(subject => IsOf(account, subject, item.Place)))
            .GroupBy(item => item.Place, StringComparer.Ordinal)
            .Select(group => new ScopedRights(group.Key, [.. group.SelectMany(item => Find(item.Binding.RoleRef, group.Key, gaps))]))
            .ToList();
        return new AccountRights(account.Name, [new ScopedRights(null, everywhere), .. single], gaps);
    }

    // Charts often leave the namespace of the account out; in a binding of the whole cluster it then is nobody's.
    private static bool IsOf(AccountIdentity account, Rbacv1Subject subject, string? place) => account.Is(
        subject.NamespaceProperty is null && place is not null && subject.Kind == V1ServiceAccount.KubeKind
            ? new Rbacv1Subject { Kind = subject.Kind, Name = subject.Name, NamespaceProperty = place }
            : subject);

    private IEnumerable<RightsRule> Find(V1RoleRef role, string? place, List<string> gaps)
    {
        var rules = role.Kind == V1ClusterRole.KubeKind
            ? _clusterRoles.FirstOrDefault(candidate => candidate.Metadata.Name == role.Name)?.Rules
            : _roles.FirstOrDefault(
                candidate => candidate.Metadata.Name == role.Name && (candidate.Metadata.NamespaceProperty ?? home) == place)?.Rules;
        if (rules is not null)
        {
            return rules.Select(Read);
        }

        if (role is { Kind: V1ClusterRole.KubeKind, Name: "system:auth-delegator" })
        {
            return
            [
                new RightsRule(["authentication.k8s.io"], ["tokenreviews"], [], ["create"], []),
                new RightsRule(["authorization.k8s.io"], ["subjectaccessreviews"], [], ["create"], []),
            ];
        }

        gaps.Add($"what {role.Kind} '{role.Name}' allows is not among what the chart renders");
        return [];
    }

    private static RightsRule Read(V1PolicyRule rule) => new(
        [.. rule.ApiGroups ?? []],
        [.. rule.Resources ?? []],
        [.. rule.ResourceNames ?? []],
        [.. rule.Verbs ?? []],
        [.. rule.NonResourceURLs ?? []]);
}
