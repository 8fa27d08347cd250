using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Observations;

/// <summary>Auth methods with their roles, and secrets engines, as the active server lists them.</summary>
/// <param name="Pod">Pod that answered.</param>
/// <param name="Version">Version that it reports.</param>
/// <param name="Baseline">What the same server had before anybody configured it; null when nobody could look.</param>
/// <param name="AuthMethods">Every auth method, by path.</param>
/// <param name="Engines">Every secrets engine, by path.</param>
/// <param name="OpenlyListed">Paths that the server lists for anybody without a token; null when that could not be read.</param>
/// <param name="Gaps">What is there and could not be seen, with the reason; empty when all is known.</param>
public sealed record VaultMounts(
    string Pod,
    string Version,
    MountBaseline? Baseline,
    IReadOnlyList<AuthMethodFacts> AuthMethods,
    IReadOnlyList<EngineFacts> Engines,
    IReadOnlyList<string>? OpenlyListed,
    IReadOnlyList<string> Gaps);

/// <summary>What a server has of itself, each as <c>path (type)</c>.</summary>
/// <param name="AuthMethods">Auth methods.</param>
/// <param name="Engines">Secrets engines.</param>
public sealed record MountBaseline(IReadOnlyList<string> AuthMethods, IReadOnlyList<string> Engines)
{
    /// <summary>SHA-256 of the policy <c>default</c>, hexadecimal; null when it could not be read.</summary>
    public string? DefaultPolicySha256 { get; init; }
}

/// <summary>The settings that every mount has.</summary>
/// <param name="ListingVisibility">For example <c>unauth</c>; empty when it is not set.</param>
/// <param name="DeprecationStatus">For example <c>supported</c>; null when the server does not say it.</param>
/// <param name="DefaultTtl">Effective default TTL in seconds; null when it could not be read.</param>
/// <param name="MaximumTtl">Effective maximum TTL in seconds; null when it could not be read.</param>
public sealed record MountSettings(string ListingVisibility, string? DeprecationStatus, long? DefaultTtl, long? MaximumTtl);

/// <summary>A secrets engine.</summary>
/// <param name="Path">Its path with the slash at the end.</param>
/// <param name="Type">Its type.</param>
/// <param name="Settings">Its settings.</param>
public sealed record EngineFacts(string Path, string Type, MountSettings Settings);

/// <summary>An auth method.</summary>
/// <param name="Path">Its path below <c>auth/</c> with the slash at the end.</param>
/// <param name="Type">Its type.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="LockoutDisabled">True where its user lockout is switched off; null when the server does not say it.</param>
/// <param name="Roles">Its roles, users and groups; null when they could not be read.</param>
/// <param name="RolesProblem">Why the roles could not be read, or not all of them; null when they were.</param>
public sealed record AuthMethodFacts(
    string Path, string Type, MountSettings Settings, bool? LockoutDisabled, IReadOnlyList<AuthRole>? Roles, string? RolesProblem);

/// <summary>What lets somebody log in: a role, a user, a group, a certificate, or the settings of a method without roles.</summary>
/// <param name="Path">Its path below the method, for example <c>role/shop</c>.</param>
/// <param name="Settings">The members of it that controls use; never a secret.</param>
public sealed record AuthRole(string Path, JsonObject Settings);
