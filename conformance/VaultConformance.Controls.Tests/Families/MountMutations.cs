using System.Text.Json.Nodes;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the controls on auth methods, engines and times have to notice.</summary>
internal static class MountMutations
{
    public static IEnumerable<Mutation> All => [.. Declared, .. Roles, .. Times, .. RoleTimes];

    private static IEnumerable<Mutation> Declared =>
    [
        Mounted("API-3", "an auth method that nobody declared", "userpass/ (userpass)", mounts => With(mounts, CompliantApi.Method("userpass/", "userpass", Short("users/ada")))),
        Mounted("API-3", "an auth method of a type that nobody knows", "vendor/ (vault-plugin-auth-vendor)", mounts => With(mounts, Unknown("vault-plugin-auth-vendor")), also: ["API-4", "API-5"]),
        Mounted("API-3", "a secrets engine that nobody declared", "legacy/ (generic)", mounts => mounts with { Engines = [.. mounts.Engines, CompliantApi.Engine("legacy/", "generic")] }),
        Mounted("API-3", "a mount that is listed for anybody", "auth/approle/", mounts => Change(mounts, "approle/", method => method with { Settings = method.Settings with { ListingVisibility = "unauth" } })),
        Mounted("API-3", "the server lists a mount without a token", "shop/", mounts => mounts with { OpenlyListed = ["shop/"] }),
        Mounted("API-3", "what is listed without a token was not read", "could not be read", mounts => mounts with { OpenlyListed = null }, Outcome.Inconclusive),
        Mounted("API-3", "a type that is going away", "approle/ (approle): pending-removal", mounts => Change(mounts, "approle/", method => method with { Settings = method.Settings with { DeprecationStatus = "pending-removal" } })),
        Mounted("API-3", "the server does not say whether a type is supported", "does not say whether", mounts => Change(mounts, "approle/", method => method with { Settings = method.Settings with { DeprecationStatus = null } }), Outcome.Inconclusive),
        Mounted("API-3", "a server so old that it does not say what is supported", "", mounts => Silent(mounts) with { Version = "1.11.12" }, Outcome.Passed),
        Mounted("API-3", "a type that is not known on such a server", "do not say it, and the type is not known", mounts => Silent(mounts) with
        {
            Version = "1.8.2", Engines = [.. mounts.Engines, CompliantApi.Engine("old/", "mongodb") with { Settings = CompliantApi.Settings() with { DeprecationStatus = null } }],
        }),
        Mounted("API-3", "a version that nobody understands", "is not understood", mounts => Silent(mounts) with { Version = "next" }, Outcome.Inconclusive),
        Mounted("API-3", "a status that nobody knows", "the server says 'experimental'", mounts => Change(mounts, "approle/", method => method with { Settings = method.Settings with { DeprecationStatus = "experimental" } }), Outcome.Inconclusive),
        Mounted("API-3", "an auth method without a role", "roles of auth method approle/: none", mounts => Change(mounts, "approle/", method => method with { Roles = [] }), level: Requirement.Should),
        Mounted("API-3", "a list without what every server has", "token/ (token) is not in it", mounts => mounts with { AuthMethods = [.. mounts.AuthMethods.Skip(1)] }, Outcome.Inconclusive, also: "API-4"),
        Mounted("API-3", "a list with nothing in it", "cubbyhole/ (cubbyhole) is not in it", mounts => mounts with { AuthMethods = [], Engines = [] }, Outcome.Inconclusive, also: "API-4"),
        Mounted("API-3", "a namespace of its own", "namespace team/", mounts => mounts with { Gaps = ["namespace team/: a run judges the root namespace only"] }, Outcome.Inconclusive, also: ["API-4", "API-5"]),
        Release("API-3", "nobody could look", "not set", release => release.Mounts = null, Outcome.Inconclusive, also: ["API-4", "API-5", "API-8"]),
        Release("API-3", "the profile names the paths", "", release => Declare(release, ["kubernetes at kubernetes/", "approle at approle"], ["kv at shop/"]), Outcome.Passed),
        Release("API-3", "the profile names another path", "shop/ (kv)", release => Declare(release, ["kubernetes", "approle"], ["kv at prices/"])),
        Mounted("API-3", "nobody looked before the server was configured", "", mounts => mounts with { Baseline = null }, Outcome.Passed),
        Mounted("API-3", "a newer server has a further engine of itself", "", mounts => mounts with
        {
            Baseline = mounts.Baseline! with { Engines = [.. mounts.Baseline.Engines, "agents/ (agents)"] }, Engines = [.. mounts.Engines, CompliantApi.Engine("agents/", "agents")],
        }, Outcome.Passed, also: []),
    ];

    private static IEnumerable<Mutation> Roles =>
    [
        Role("API-3", "every ServiceAccount", "ServiceAccounts of role kubernetes/role/shop: *", "bound_service_account_names", new JsonArray("*")),
        Role("API-3", "every namespace", "namespaces of role kubernetes/role/shop: shop, *", "bound_service_account_namespaces", new JsonArray("shop", "*")),
        Role("API-3", "accounts by a pattern", "shop-*", "bound_service_account_names", new JsonArray("shop-*")),
        Role("API-3", "namespaces by label", "every one with the labels", "bound_service_account_namespace_selector", "{\"matchLabels\":{}}"),
        Role("API-3", "no audience", "audience of role kubernetes/role/shop: not set", "audience", ""),
        Role("API-3", "accounts that were not recorded", "does not say them", "bound_service_account_names", null, Outcome.Inconclusive),
        Mounted("API-3", "roles that a policy forbids", "permission denied", mounts => Change(mounts, "kubernetes/", method => method with { Roles = null, RolesProblem = "HTTP 403 (permission denied)" }), Outcome.Inconclusive, also: ["API-4", "API-5"]),
    ];

    private static IEnumerable<Mutation> Times =>
    [
        Mounted("API-4", "the defaults of the server", "default TTL of auth method token/: 768 h", mounts => Change(mounts, "token/", method => method with { Settings = CompliantApi.Settings(2764800, 2764800) })),
        Mounted("API-4", "a second more than the limit", "86401 s (expected at most 24 h)", mounts => Change(mounts, "token/", method => method with { Settings = CompliantApi.Settings(3600, 86401) })),
        Mounted("API-4", "tokens by default for a day", "default TTL of auth method token/: 24 h", mounts => Change(mounts, "token/", method => method with { Settings = CompliantApi.Settings(86400) })),
        Mounted("API-4", "an auth method with times of its own", "auth method approle/", mounts => Change(mounts, "approle/", method => method with { Settings = CompliantApi.Settings(3600, 2764800) })),
        Mounted("API-4", "leases of a month", "secrets engine database/", mounts => mounts with { Engines = [.. mounts.Engines, CompliantApi.Engine("database/", "database") with { Settings = CompliantApi.Settings(3600, 2764800) }] }, level: Requirement.Should),
        Mounted("API-4", "certificates of a year", "", mounts => mounts with { Engines = [.. mounts.Engines, CompliantApi.Engine("pki/", "pki") with { Settings = CompliantApi.Settings(3600, 31536000) }] }, Outcome.Passed),
        Mounted("API-4", "times that could not be read", "does not say it", mounts => Change(mounts, "token/", method => method with { Settings = new MountSettings("", "supported", null, 86400) }), Outcome.Inconclusive),
        Mounted("API-4", "a zero for the server's default", "stands for a default", mounts => Change(mounts, "token/", method => method with { Settings = CompliantApi.Settings(0) }), Outcome.Inconclusive),
        Release("API-4", "the profile allows a week", "", release =>
        {
            release.Profile = profile => profile with { Parameters = profile.Parameters with { MaximumTtlSeconds = 604800 } };
            release.Mounts = Change(release.Mounts!, "token/", method => method with { Settings = CompliantApi.Settings(3600, 604800) });
        }, Outcome.Passed),
    ];

    private static IEnumerable<Mutation> RoleTimes =>
    [
        Role("API-4", "a token of twelve hours", "TTL of role kubernetes/role/shop: 1 h", "token_ttl", 43200, Outcome.Passed),
        Role("API-4", "a maximum that the mount cuts", "", "token_max_ttl", 2764800, Outcome.Passed),
        Role("API-4", "periodic tokens", "period of role kubernetes/role/shop: 1 h", "token_period", 3600),
        Role("API-4", "a time that nobody understands", "does not say it", "token_ttl", "soon", Outcome.Inconclusive),
        Role("API-4", "a time as a text", "", "token_ttl", "15m", Outcome.Passed),
        Role("API-4", "batch tokens", "", "token_type", "batch", Outcome.Passed),
        Mounted("API-4", "an old user with times of its own", "TTL of role approle/role/old: 2 h", mounts => Change(mounts, "approle/", method => method with { Roles = [new AuthRole("role/old", new JsonObject { ["ttl"] = 7200, ["max_ttl"] = 14400 })] })),
        Mounted("API-4", "a role for tokens with a period", "period of role token/roles/ci: 10 min", mounts => Change(mounts, "token/", method => method with { Roles = [new AuthRole("roles/ci", new JsonObject { ["period"] = 600 })] })),
    ];

    private static VaultMounts Silent(VaultMounts mounts) => mounts with
    {
        AuthMethods = [.. mounts.AuthMethods.Select(method => method with { Settings = method.Settings with { DeprecationStatus = null } })],
        Engines = [.. mounts.Engines.Select(engine => engine with { Settings = engine.Settings with { DeprecationStatus = null } })],
    };

    internal static VaultMounts Change(VaultMounts mounts, string path, Func<AuthMethodFacts, AuthMethodFacts> change) =>
        mounts with { AuthMethods = [.. mounts.AuthMethods.Select(method => method.Path == path ? change(method) : method)] };

    internal static Mutation Mounted(
        string control, string deviation, string reason, Func<VaultMounts, VaultMounts> change, Outcome outcome = Outcome.Failed, Requirement? level = null, params string[] also) =>
        Release(control, deviation, reason, release => release.Mounts = change(release.Mounts!), outcome, level, also);

    private static Mutation Role(string control, string deviation, string reason, string setting, JsonNode? value, Outcome outcome = Outcome.Failed) =>
        Mounted(control, deviation, reason, mounts => Change(mounts, "kubernetes/", method => method with { Roles = [.. method.Roles!.Select(role => Set(role, setting, value))] }), outcome);

    private static AuthRole Set(AuthRole role, string setting, JsonNode? value)
    {
        var settings = role.Settings.DeepClone().AsObject();
        settings[setting] = value?.DeepClone();
        return role with { Settings = settings };
    }

    private static VaultMounts With(VaultMounts mounts, AuthMethodFacts method) => mounts with { AuthMethods = [.. mounts.AuthMethods, method] };

    private static AuthRole Short(string path) => new(path, new JsonObject { ["token_ttl"] = 600, ["token_max_ttl"] = 600 });

    private static AuthMethodFacts Unknown(string type) =>
        CompliantApi.Method("vendor/", type) with { Roles = null, RolesProblem = $"auth methods of type '{type}' are not known, and their roles are not read" };

    private static void Declare(ReleaseEvidence release, IReadOnlyList<string> methods, IReadOnlyList<string> engines) =>
        release.Profile = profile => profile with { Parameters = profile.Parameters with { AuthMethods = methods, SecretsEngines = engines } };
}
