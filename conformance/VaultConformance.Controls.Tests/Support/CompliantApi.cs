using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>A server that is configured as every control asks for.</summary>
internal static class CompliantApi
{
    public const string Pod = "vault-0";

    public static VaultMounts Mounts => new(
        Pod,
        "1.20.4",
        new MountBaseline(["token/ (token)"], ["cubbyhole/ (cubbyhole)", "identity/ (identity)", "sys/ (system)"]),
        [
            OfItself(Method("token/", "token")),
            Method("kubernetes/", "kubernetes", new AuthRole("role/shop", Role())),
            Method("approle/", "approle", new AuthRole("role/prices", new JsonObject { ["token_ttl"] = 900, ["token_max_ttl"] = 3600, ["token_policies"] = new JsonArray("shop-write") })),
        ],
        [OfItself("cubbyhole/", "cubbyhole"), OfItself("identity/", "identity"), OfItself("sys/", "system"), Engine("shop/", "kv")],
        [],
        []);

    public static AuthMethodFacts Method(string path, string type, params IReadOnlyList<AuthRole> roles) => new(path, type, Settings(), null, roles, null);

    public static EngineFacts Engine(string path, string type) => new(path, type, Settings());

    // A real server says of nothing that it has of itself whether it is supported.
    private static AuthMethodFacts OfItself(AuthMethodFacts method) => method with { Settings = Settings() with { DeprecationStatus = null } };

    private static EngineFacts OfItself(string path, string type) => Engine(path, type) with { Settings = Settings() with { DeprecationStatus = null } };

    public static MountSettings Settings(long normal = 3600, long maximum = 86400) => new(string.Empty, "supported", normal, maximum);

    private static JsonObject Role() => new()
    {
        ["bound_service_account_names"] = new JsonArray("shop"),
        ["bound_service_account_namespaces"] = new JsonArray("shop"),
        ["audience"] = "vault",
        ["token_ttl"] = 900,
        ["token_max_ttl"] = 3600,
        ["token_policies"] = new JsonArray("shop-read"),
    };
}
