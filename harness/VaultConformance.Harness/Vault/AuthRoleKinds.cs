namespace VaultConformance.Harness.Vault;

/// <summary>Where the auth methods keep what lets somebody log in.</summary>
internal static class AuthRoleKinds
{
    private static readonly AuthRoleKind Role = new("role", "role");
    private static readonly AuthRoleKind Roles = new("roles", "roles");
    private static readonly AuthRoleKind RolesReadOneByOne = new("roles", "role");
    private static readonly AuthRoleKind Users = new("users", "users");
    private static readonly AuthRoleKind Groups = new("groups", "groups");

    // A method without roles gives every login what its settings say.
    private static readonly AuthRoleKind Settings = new(null, "config");

    private static readonly Dictionary<string, IReadOnlyList<AuthRoleKind>> ByType = new(StringComparer.Ordinal)
    {
        ["token"] = [Roles],
        ["approle"] = [Role],
        ["kubernetes"] = [Role],
        ["jwt"] = [Role],
        ["oidc"] = [Role],
        ["cert"] = [new("certs", "certs")],
        ["userpass"] = [Users],
        ["ldap"] = [Users, Groups, Settings],
        ["okta"] = [Users, Groups, Settings],
        ["radius"] = [Users, Settings],
        ["github"] = [new("map/teams", "map/teams"), new("map/users", "map/users"), Settings],
        ["kerberos"] = [Groups, new(null, "config/ldap")],
        ["aws"] = [RolesReadOneByOne],
        ["gcp"] = [RolesReadOneByOne],
        ["alicloud"] = [RolesReadOneByOne],
        ["azure"] = [Role],
        ["oci"] = [Role],
        ["saml"] = [Role],
        ["cf"] = [Roles],
    };

    /// <summary>True when it is known where a type keeps its roles.</summary>
    /// <param name="type">Type of an auth method.</param>
    public static bool Knows(string type) => ByType.ContainsKey(type);

    /// <summary>Where a type keeps its roles; empty for a type that nobody knows.</summary>
    /// <param name="type">Type of an auth method.</param>
    public static IReadOnlyList<AuthRoleKind> ListOf(string type) => ByType.GetValueOrDefault(type, []);
}

/// <summary>One place of roles.</summary>
/// <param name="List">Path below the method where their names are listed; null for a single document.</param>
/// <param name="Read">Path below the method where each is read, before the slash and its name.</param>
internal sealed record AuthRoleKind(string? List, string Read);
