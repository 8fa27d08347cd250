namespace VaultConformance.Harness.Observations;

/// <summary>The policies of the server, and which entities and groups have them.</summary>
/// <param name="Pod">Pod of the active server.</param>
/// <param name="Policies">Every ACL policy but <c>root</c>, by name.</param>
/// <param name="Holders">Entities and groups that policies are given to.</param>
/// <param name="DefaultChanged">
/// True where the policy <c>default</c> is not as the server was born with it; null where nobody looked then.
/// </param>
/// <param name="Gaps">What could not be looked at, with the reason; empty when all is known.</param>
public sealed record PolicyFacts(
    string Pod, IReadOnlyList<ServerPolicy> Policies, IReadOnlyList<PolicyHolder> Holders, bool? DefaultChanged, IReadOnlyList<string> Gaps)
{
    /// <summary>Name of the policy that a run makes for itself.</summary>
    public const string AuditorPolicy = "vault-conformance-auditor";
}

/// <summary>A policy.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Rules">Its rules; null when it could not be read.</param>
/// <param name="Duplicates">Attributes that it gives twice, with their lines.</param>
/// <param name="Problem">Why it could not be read; null when it was.</param>
public sealed record ServerPolicy(string Name, IReadOnlyList<PolicyRule>? Rules, IReadOnlyList<string> Duplicates, string? Problem);

/// <summary>A rule of a policy.</summary>
/// <param name="Path">The path, with <c>*</c> and <c>+</c>.</param>
/// <param name="Capabilities">What it allows there.</param>
public sealed record PolicyRule(string Path, IReadOnlyList<string> Capabilities);

/// <summary>An entity or a group.</summary>
/// <param name="Name">For example <c>group ops</c>.</param>
/// <param name="Policies">Its policies.</param>
public sealed record PolicyHolder(string Name, IReadOnlyList<string> Policies);
