using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the controls on root tokens, open endpoints and the user interface have to notice.</summary>
internal static class ExposureMutations
{
    public static IEnumerable<Mutation> All => [.. Roots, .. Endpoints, .. Switches, .. Pages];

    private static IEnumerable<Mutation> Roots =>
    [
        Held("a root token", "ops (made by auth/token/create)", tokens => tokens with { Tokens = [.. tokens.Tokens, Root("ops")] }),
        Held("root by an entity beside other policies", "ada", tokens => tokens with { Tokens = [.. tokens.Tokens, Root("ada") with { Policies = ["default", "root"] }] }),
        Held("the first root token", "root token of the initialisation: valid", tokens => tokens with { FirstRootToken = TokenFacts.Valid }),
        Held("a new root token is being made", "in progress", tokens => tokens with { RootGeneration = true }),
        Held("whether one is being made is not known", "HTTP 403", tokens => tokens with { RootGeneration = null, RootGenerationProblem = "HTTP 403" }, Outcome.Inconclusive),
        Held("tokens that were refused", "2 tokens: HTTP 400", tokens => tokens with { Gaps = ["2 tokens: HTTP 400"] }, Outcome.Inconclusive, "API-5"),
        Held("a list without the token that asked", "not among them", tokens => tokens with { Tokens = [.. tokens.Tokens.Where(token => !token.Own)] }, Outcome.Inconclusive),
        Held("a run without the first root token", "", tokens => tokens with { FirstRootToken = null }, Outcome.Passed),
        Release("API-1", "nobody could ask", "not set", release => release.Tokens = null, Outcome.Inconclusive, also: "API-5"),
        Pod("API-1", "a root token in the environment", "VAULT_DEV_ROOT_TOKEN_ID in the environment: set", pod => pod.ChangeVault(vault => vault with
        {
            Environment = new EnvironmentFacts(["HOME", "VAULT_DEV_ROOT_TOKEN_ID"], new Dictionary<string, string>()),
        }), also: "FS-5"),
        Pod("API-1", "a root token among the arguments", "-dev-root-token-id", pod => pod.ChangeVault(vault => vault with { CommandLine = [.. vault.CommandLine, "-dev-root-token-id=***"] }), also: ["API-6", "FS-5", "FS-6"]),
    ];

    private static IEnumerable<Mutation> Endpoints =>
    [
        Open("sys/metrics", "sys/metrics without a token: answered (HTTP 200)"),
        Open("sys/pprof/", "sys/pprof/ without a token: answered"),
        Pod("API-6", "a path that nobody asked", "it was not asked", pod => pod.Endpoints = pod.Endpoints! with { Endpoints = [.. pod.Endpoints.Endpoints.Skip(1)] }, Outcome.Inconclusive),
        Pod("API-6", "nothing that was asked", "it was not asked", pod => pod.Endpoints = pod.Endpoints! with { Endpoints = [] }, Outcome.Inconclusive),
        Open("sys/in-flight-req", "sys/in-flight-req"),
        Open("sys/raw/vault-conformance-does-not-exist", "sys/raw"),
        Open("sys/rekey/init", "sys/rekey/init without a token: HTTP 200"),
        Asked("API-6", "mounts are listed for anybody", "sys/internal/ui/mounts without a token: answered", "sys/internal/ui/mounts", endpoint => endpoint with { Tells = true }),
        Asked("API-6", "a status that says neither", "HTTP 503, which says neither", "sys/metrics", endpoint => endpoint with { Status = 503 }, Outcome.Inconclusive),
        Asked("API-6", "no answer", "it gave no answer", "sys/metrics", endpoint => endpoint with { Status = null, Problem = "it gave no answer" }, Outcome.Inconclusive),
        Asked("API-6", "refused in another way", "", "sys/metrics", endpoint => endpoint with { Status = 400 }, Outcome.Passed),
        Release("API-6", "metrics that the profile declares", "", release =>
        {
            release.Profile = profile => profile with { Parameters = profile.Parameters with { UnauthenticatedMetrics = true } };
            Change(release.Second, "sys/metrics", endpoint => endpoint with { Status = 200, Tells = true });
            release.Second.ChangeListener("telemetry", new System.Text.Json.Nodes.JsonArray(new System.Text.Json.Nodes.JsonObject { ["unauthenticated_metrics_access"] = true }));
        }, Outcome.Passed),
        Pod("API-6", "nobody asked", "not set", pod => pod.Endpoints = null, Outcome.Inconclusive, also: ["API-7", "API-8"]),
    ];

    private static IEnumerable<Mutation> Switches =>
    [
        Pod("API-6", "metrics by the configuration", "unauthenticated_metrics_access", pod => pod.ChangeListener("telemetry", new System.Text.Json.Nodes.JsonObject { ["unauthenticated_metrics_access"] = "true" })),
        Setting("API-6", "the raw storage", "raw_storage_endpoint", "raw_storage_endpoint", true),
        Setting("API-6", "the introspection", "introspection_endpoint", "introspection_endpoint", "true"),
        Setting("API-6", "switched off", "", "introspection_endpoint", false, Outcome.Passed),
        Pod("API-6", "development mode", "arguments of development mode: -dev", pod => pod.ChangeVault(vault => vault with { CommandLine = [.. vault.CommandLine, "-dev"] })),
    ];

    private static IEnumerable<Mutation> Pages =>
    [
        Pod("API-7", "the user interface", "user interface: on", pod => pod.Endpoints = pod.Endpoints! with { UiStatus = 200, Headers = pod.Endpoints.Headers with { UiTransportSecurity = "max-age=1" } }),
        Pod("API-7", "a way to the user interface", "user interface: on", pod => pod.Endpoints = pod.Endpoints! with { UiStatus = 307 }),
        Release("API-7", "the user interface is declared", "", release =>
        {
            release.Profile = profile => profile with { Parameters = profile.Parameters with { Ui = true } };
            release.Second.Endpoints = release.Second.Endpoints! with { UiStatus = 200, Headers = release.Second.Endpoints.Headers with { UiTransportSecurity = "max-age=1" } };
        }, Outcome.Passed),
        Release("API-7", "the declared user interface without the header", "Strict-Transport-Security of the user interface: not set", release =>
        {
            release.Profile = profile => profile with { Parameters = profile.Parameters with { Ui = true } };
            release.Second.Endpoints = release.Second.Endpoints! with { UiStatus = 200 };
        }),
        Pod("API-7", "a user interface that does not answer", "did not answer", pod => pod.Endpoints = pod.Endpoints! with { UiStatus = null }, Outcome.Inconclusive),
        Headed("no header", "Strict-Transport-Security of the API: not set", headers => headers with { ApiTransportSecurity = null }),
        Headed("a header that takes itself back", "max-age=0", headers => headers with { ApiTransportSecurity = "max-age=0" }),
        Headed("pages of any site", "pages of other sites that may call the API: *", headers => headers with { AllowedOrigin = "*" }),
        Headed("a site that is sent back", "https://vault-conformance.invalid", headers => headers with { AllowedOrigin = "https://vault-conformance.invalid" }),
        Setting("API-7", "a log of everything", "log level of the configuration: debug", "log_level", "Debug"),
        Setting("API-7", "a level that nobody knows", "'loud' is not a level", "log_level", "loud", Outcome.Inconclusive),
        Pod("API-7", "a log of everything by the environment", "log level in VAULT_LOG_LEVEL: trace", pod => pod.ChangeVariable("VAULT_LOG_LEVEL", "trace")),
        Pod("API-7", "a log of everything by an argument", "log level among the arguments: debug", pod => pod.ChangeVault(vault => vault with { CommandLine = [.. vault.CommandLine, "-log-level=debug"] })),
    ];

    private static ServerToken Root(string name) => new(name, "auth/token/create", "service", ["root"], 0, 0, false, false);

    private static Mutation Held(string deviation, string reason, Func<TokenFacts, TokenFacts> change, Outcome outcome = Outcome.Failed, params string[] also) =>
        Release("API-1", deviation, reason, release => release.Tokens = change(release.Tokens!), outcome, null, also);

    private static Mutation Open(string path, string reason) =>
        Asked("API-6", $"{path} is open", reason, path, endpoint => endpoint with { Status = 200, Tells = true });

    private static Mutation Asked(
        string control, string deviation, string reason, string path, Func<OpenEndpoint, OpenEndpoint> change, Outcome outcome = Outcome.Failed) =>
        Pod(control, deviation, reason, pod => Change(pod, path, change), outcome);

    private static void Change(PodEvidence pod, string path, Func<OpenEndpoint, OpenEndpoint> change) => pod.Endpoints = pod.Endpoints! with
    {
        Endpoints = [.. pod.Endpoints.Endpoints.Select(endpoint => endpoint.Path == path ? change(endpoint) : endpoint)],
    };

    private static Mutation Headed(string deviation, string reason, Func<ResponseHeaders, ResponseHeaders> change) =>
        Pod("API-7", deviation, reason, pod => pod.Endpoints = pod.Endpoints! with { Headers = change(pod.Endpoints.Headers) });

    private static Mutation Setting(string control, string deviation, string reason, string name, System.Text.Json.Nodes.JsonNode value, Outcome outcome = Outcome.Failed) =>
        Pod(control, deviation, reason, pod =>
        {
            var config = pod.VaultState!.SanitizedConfig!.DeepClone().AsObject();
            config[name] = value.DeepClone();
            pod.VaultState = pod.VaultState with { SanitizedConfig = config };
        }, outcome);
}
