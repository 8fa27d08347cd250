namespace VaultConformance.Harness.Observations;

/// <summary>Who may do what in the namespace of the release, by the roles that are bound.</summary>
/// <param name="Grants">What each role gives to each subject, in the whole cluster or in the namespace.</param>
/// <param name="OtherAuthorizers">
/// Why roles are not all that decides, for example an authorizing webhook; null when they are.
/// </param>
public sealed record AccessFacts(IReadOnlyList<AccessGrant> Grants, string? OtherAuthorizers);

/// <summary>One role, bound to one subject.</summary>
/// <param name="Subject">
/// <c>User/NAME</c>, <c>Group/NAME</c> or <c>ServiceAccount/NAMESPACE/NAME</c>.
/// </param>
/// <param name="Binding">Kind and name of the binding.</param>
/// <param name="Rules">What the role allows.</param>
public sealed record AccessGrant(string Subject, string Binding, IReadOnlyList<RightsRule> Rules);
