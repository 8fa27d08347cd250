namespace VaultConformance.Harness.Observations;

/// <summary>What the ServiceAccounts of the servers may do in the cluster.</summary>
/// <param name="Source">Where that comes from: <see cref="Review"/> or <see cref="Bindings"/>.</param>
/// <param name="Namespace">Namespace of the release.</param>
/// <param name="Accounts">The accounts, by name.</param>
public sealed record RbacFacts(string Source, string Namespace, IReadOnlyList<AccountRights> Accounts)
{
    /// <summary>Value of <see cref="Source"/>: the API server was asked in the name of the account.</summary>
    public const string Review = "review";

    /// <summary>Value of <see cref="Source"/>: the roles that are bound to the account and to its groups were read.</summary>
    public const string Bindings = "bindings";
}

/// <summary>The rights of one ServiceAccount.</summary>
/// <param name="Account">Its name.</param>
/// <param name="Scopes">What it may do everywhere, and beyond that in single namespaces.</param>
/// <param name="Gaps">What could not be determined, with the reason; empty when its rights are known whole.</param>
public sealed record AccountRights(string Account, IReadOnlyList<ScopedRights> Scopes, IReadOnlyList<string> Gaps);

/// <summary>What an account may do in a part of the cluster.</summary>
/// <param name="Namespace">The namespace; null for the whole cluster.</param>
/// <param name="Rules">The rules.</param>
public sealed record ScopedRights(string? Namespace, IReadOnlyList<RightsRule> Rules);

/// <summary>A rule, as in a role.</summary>
/// <param name="ApiGroups">API groups; empty text for the core one.</param>
/// <param name="Resources">Resources, with a subresource after a slash.</param>
/// <param name="ResourceNames">Names that it is limited to; empty when it is not.</param>
/// <param name="Verbs">Verbs.</param>
/// <param name="NonResourceUrls">Paths of the API server that it is about; empty for a rule about resources.</param>
public sealed record RightsRule(
    IReadOnlyList<string> ApiGroups,
    IReadOnlyList<string> Resources,
    IReadOnlyList<string> ResourceNames,
    IReadOnlyList<string> Verbs,
    IReadOnlyList<string> NonResourceUrls);
