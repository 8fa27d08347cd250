using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Controls.Tests.Support;

/// <summary>A server that is configured as every control asks for.</summary>
internal static class CompliantApi
{
    public const string Pod = "vault-1";

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

    public static AuditFacts Audit => new(
        Pod,
        [
            Device("file/", "/vault/data/audit.log") with { File = new AuditFile("600", 1048576, 943718) },
            Device("stdout/", AuditDevice.StandardOutput),
        ]);

    public static TokenFacts Tokens => new(
        Pod,
        [
            new ServerToken("token-vault-conformance-auditor", "auth/token/create", "service", ["vault-conformance-auditor"], 1800, 0, true, true),
            new ServerToken("approle", "auth/approle/login", "service", ["default", "shop-write"], 900, 0, true, false),
        ],
        [],
        TokenFacts.Revoked,
        false,
        null);

    public static PolicyFacts Policies => new(
        Pod,
        [
            new ServerPolicy("default", [new PolicyRule("auth/token/lookup-self", ["read"]), new PolicyRule("cubbyhole/*", ["read"])], [], null),
            new ServerPolicy("shop-read", [new PolicyRule("shop/data/prices/*", ["read"])], [], null),
            new ServerPolicy("shop-write", [new PolicyRule("shop/data/prices/*", ["create", "update"])], [], null),
            new ServerPolicy("vault-conformance-auditor", [new PolicyRule("sys/audit", ["read", "sudo"])], [], null),
        ],
        [new PolicyHolder("group shop", ["shop-read"])],
        false,
        []);

    public static EndpointFacts Endpoints => new(
        [
            Refused("sys/metrics"), Refused("sys/pprof/"), Refused("sys/in-flight-req"), Refused("sys/host-info"), new("sys/internal/ui/mounts", 200, false, null), Refused("sys/config/state/sanitized"),
            Refused("sys/raw/vault-conformance-does-not-exist"), Refused("sys/internal/inspect/router/root"), Refused("sys/rekey/init"), Refused("sys/generate-root/attempt"),
        ],
        404,
        new ResponseHeaders("max-age=31536000; includeSubDomains", null, null),
        new ServerClock(1790000000, DateTimeOffset.FromUnixTimeSeconds(1790000000).AddMilliseconds(400)));

    public static AuditDevice Device(string path, string destination) => new(
        path, AuditDevice.FileType, new Dictionary<string, string> { ["file_path"] = destination }, new AuditTrace(true, false), null, null, null);

    public static AuthMethodFacts Method(string path, string type, params IReadOnlyList<AuthRole> roles) => new(path, type, Settings(), null, roles, null);

    public static EngineFacts Engine(string path, string type) => new(path, type, Settings());

    // A real server says of nothing that it has of itself whether it is supported.
    private static AuthMethodFacts OfItself(AuthMethodFacts method) => method with { Settings = Settings() with { DeprecationStatus = null } };

    private static EngineFacts OfItself(string path, string type) => Engine(path, type) with { Settings = Settings() with { DeprecationStatus = null } };

    public static MountSettings Settings(long normal = 3600, long maximum = 86400) => new(string.Empty, "supported", normal, maximum);

    private static OpenEndpoint Refused(string path) => new(path, 403, false, null);

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
