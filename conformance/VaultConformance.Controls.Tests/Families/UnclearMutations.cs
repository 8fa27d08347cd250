using System.Text.Json.Nodes;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using k8s.Models;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Values of which nobody can tell whether they are secrets, what only speaks of secrets, and places that nobody thought of.</summary>
internal static class UnclearMutations
{
    private const string Digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private const string PublicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl";

    public static IReadOnlyList<Mutation> All => [.. Variables, .. Metadata, .. Configurations, .. Reported, .. Environments, .. Bounds];

    private static IReadOnlyList<Mutation> Variables =>
    [
        .. new[]
        {
            ("MAX_PASSWORD_AGE", "90"), ("CREDENTIAL_HELPER", "ecr-login"), ("PUBLIC_KEY", PublicKey), ("SSH_KEY", $"{PublicKey} ops@example.org"), ("VAULT_PLUGIN_SECRET_GCP_SHA", Digest),
            ("VAULT_PLUGIN_SECRET_GCP_SHA256", $"sha256:{Digest}"), ("DB_PASSWORD_KEY", "password"), ("DB_PASSWORD_KEY", "db-password"), ("DB_PASSWORD_SECRET_NAME", "db-credentials-2"),
            ("TOKEN_URL", "https://login.example.com/0e8f2b1c-1111-2222-3333-444455556666/oauth2/v2.0/token"), ("TOKEN_HEADER", "X-Vault-Token"), ("PASSWORD_MIN", "12"), ("PROXY_BYPASS", "localhost"),
            ("SECRET_VERSION", "AWSCURRENT"), ("SMTP_PASSWORD_FILE", "/run/secrets/smtp"), ("TOKEN_DESCRIPTION", "comes from the identity provider"), ("IMAGE", $"hashicorp/vault:1.20@sha256:{Digest}"),
            ("CONTACT", "mailto:ops@example.org"), ("STATSD_ADDR", "$(USER):$(PASSWORD)@statsd:8125"),
        }.Select(item => Variable(item.Item1, item.Item2, "", Outcome.Passed)),
        .. new[]
        {
            ("MAX_PASSWORD_AGE", "Hunter2!x"), ("CREDENTIAL_HELPER", "Xq7bbR"), ("PUBLIC_KEY", "Xq7bbR2kLp9"), ("PUBLIC_KEY", "ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAABAQDhunter2hunter2hunter2"),
            ("VAULT_PLUGIN_SECRET_GCP_SHA", "hunter2"), ("DB_PASSWORD_KEY", "hunter2"), ("DB_PASSWORD_KEY", "hunter"), ("DB_PASSWORD_FILE", "hunter2"), ("PASSWORD_COMPLEXITY", "high"),
            ("PASSWORD_PROD", "1234"), ("DB_PASSWORD_KEY", "***unclear***"), ("APP_TOKEN", "we use kubernetes auth"), ("ADMIN_NAME", "Xq7bbR2kLp9Zt"),
        }.Select(item => Variable(item.Item1, item.Item2, $"{item.Item1}: neither name nor value tells", Outcome.Inconclusive)),
        Pod("FS-5", "prose in a variable that is called TOKEN", "TOKEN: neither name nor value tells", pod => pod.Container.Env.Add(new V1EnvVar { Name = "TOKEN", Value = "we use kubernetes auth" }),
            Outcome.Inconclusive, null, "FS-6"),
        .. new[]
        {
            ("DB_PASSWORD_KEY", "ghp_0123456789012345678901234567890123"), ("FOO_BINDPASS", "hunter"), ("SMTPPASS", "hunter"), ("PASSWORD", "correct horse battery staple"), ("SECRET_KEY_BASE", "ab12cd34"),
            ("X", "u:p@h:1"), ("REDIS_ADDR", "default:hunter2@redis"), ("X", "{\"auths\":{\"registry\":{\"auth\":\"dXNlcjpwYXNz\"}}}"), ("X", "Basic dXNlcjpwYXNzd29yZA=="),
            ("SLACK_WEBHOOK", "https://hooks.slack.com/services/T000/B000/abcdefgh"), ("BLOB", "https://a.blob.core.windows.net/b?sv=2024&sig=abcDEF123%3D"), ("DB_PASSWORD_KEY", "***"),
        }.Select(item => Variable(item.Item1, item.Item2, item.Item1, Outcome.Failed)),
    ];

    private static IReadOnlyList<Mutation> Metadata =>
    [
        Annotation("checksum/secret", Digest, "", Outcome.Passed),
        Annotation("example.com/secret", Digest, "example.com/secret of", Outcome.Failed),
        Annotation("prometheus.io/basic-auth", "scrape:hunter2", "prometheus.io/basic-auth", Outcome.Failed),
        Annotation("example.com/note", "hvs.CAESIJ8saBcD1234567890abcdef", "example.com/note", Outcome.Failed),
        Annotation("example.com/token", "we use kubernetes auth", "neither name nor value tells", Outcome.Inconclusive),
    ];

    private static IReadOnlyList<Mutation> Configurations =>
    [
        Config("prose under a name of a note", "token_note = \"we use kubernetes auth\"", "", Outcome.Passed),
        Config("prose under a name of a token", "token = \"we use kubernetes auth\"", "token (line 1): neither name nor value tells", Outcome.Inconclusive),
        Config("user without a scheme in an address", "telemetry {\n statsite_address = \"u:p@h:1\"\n}", "telemetry : statsite_address (line 2)", Outcome.Failed),
        Config("one letter under the name of a token", "storage \"s3\" {\n bucket = \"b\"\n session_token = \"t\"\n}", "storage s3: session_token (line 3)", Outcome.Failed),
        Release("FS-5", "lines of settings in a ConfigMap", "", release => release.OtherMaps.Add(Map("MAX_PASSWORD_AGE=90\nDB_PASSWORD_KEY=password\n")), Outcome.Passed),
        Release("FS-5", "a line of which nobody can tell", "vault-extra/settings: neither name nor value tells", release => release.OtherMaps.Add(Map("MAX_PASSWORD_AGE=90\nDB_PASSWORD_KEY=hunter2\n")), Outcome.Inconclusive),
    ];

    private static IReadOnlyList<Mutation> Reported =>
    [
        State("token of telemetry", "telemetry.circonus_api_token", "telemetry", new JsonObject { ["circonus_api_token"] = "hunter2" }, Outcome.Failed),
        State("token of a seal", "seal.token", "seals", new JsonArray(new JsonObject { ["type"] = "transit", ["token"] = "s.abc" }), Outcome.Failed),
        State("masked token of a seal", "seal.token", "seals", new JsonArray(new JsonObject { ["type"] = "transit", ["token"] = "***" }), Outcome.Failed),
        State("user in an address", "telemetry.statsd_address", "telemetry", new JsonObject { ["statsd_address"] = "statsd://u:hunter2@h:8125" }, Outcome.Failed),
        State("what a server reports of itself", "", "seals", new JsonArray(new JsonObject { ["type"] = "shamir", ["disabled"] = false }), Outcome.Passed),
    ];

    private static IReadOnlyList<Mutation> Environments =>
    [
        Pod("FS-5", "environment of the server unreadable, of PID 1 readable", "the environment of the process cannot be read", pod => pod.ChangeVault(vault => vault with { Environment = null }),
            Outcome.Inconclusive, null, "CORE-4", "HA-4", "MEM-2", "TLS-7", "API-1", "API-7", "API-8"),
        Pod("FS-5", "variable of the image named after a bind password", "FOO_BINDPASS", pod => Environment(pod, "FOO_BINDPASS", "***"), Outcome.Inconclusive),
        Pod("FS-5", "masked variable of the image under another name", "SLACK_WEBHOOK", pod => Environment(pod, "SLACK_WEBHOOK", "https://hooks.slack.com/services/***"), Outcome.Inconclusive),
        Pod("FS-5", "root token of development mode in arguments", "vault (PID 7)", pod => pod.ChangeVault(vault => vault with
        {
            CommandLine = [.. vault.CommandLine, "-dev-root-token-id=root"],
        }), Outcome.Failed, null, "FS-6", "API-1", "API-6"),
        Pod("FS-5", "token in arguments of another process", "helper (PID 20)", pod => pod.Processes = pod.Processes! with
        {
            Processes = [.. pod.Processes.Processes, CompliantPod.Process(20, 7, "helper", ["helper", "--token", "hvs.CAESIJ8saBcD1234567890abcdef"])],
        }, Outcome.Failed, null, "FS-6", "PROC-5"),
    ];

    private static IReadOnlyList<Mutation> Bounds =>
    [
        Pod("MEM-4", "equal request and limit of the pod as a whole", "", pod => Share(pod, "256Mi", "256Mi"), Outcome.Passed),
        Pod("MEM-4", "limit of the pod above its request", "of the pod: request 128Mi, limit 256Mi", pod => Share(pod, "128Mi", "256Mi")),
        Pod("MEM-4", "limit of the pod that the container does not see", "a cgroup above", pod =>
        {
            Share(pod, "256Mi", "256Mi");
            pod.Memory = pod.Memory! with { MemoryLimitBytes = null };
        }, Outcome.Inconclusive),
        Pod("MEM-4", "limit that could not be read", "it could not be read", pod => pod.Memory = pod.Memory! with { MemoryLimitBytes = null, MemoryLimitKnown = false }, Outcome.Inconclusive),
        Pod("MEM-4", "limit that is none", "-1 bytes is no limit", pod => pod.Memory = pod.Memory! with { MemoryLimitBytes = -1 }, Outcome.Inconclusive),
        Pod("MEM-4", "no limit in the notation of cgroup v1", "unlimited", pod => pod.Memory = pod.Memory! with { MemoryLimitBytes = 9223372036854771712 }),
    ];

    private static void Share(PodEvidence pod, string request, string limit)
    {
        pod.Container.Resources = null;
        pod.Admitted.Spec.Resources = new V1ResourceRequirements
        {
            Requests = new Dictionary<string, ResourceQuantity> { ["memory"] = new(request) }, Limits = new Dictionary<string, ResourceQuantity> { ["memory"] = new(limit) },
        };
    }

    private static void Environment(PodEvidence pod, string name, string value) => pod.ChangeVault(vault => vault with
    {
        Environment = new EnvironmentFacts(["HOME", name], new Dictionary<string, string> { ["HOME"] = "/home/vault", [name] = value }),
    });

    private static Mutation Variable(string name, string value, string reason, Outcome outcome) =>
        Pod("FS-5", $"variable {name} = {value}", reason, pod => pod.Container.Env.Add(new V1EnvVar { Name = name, Value = value }), outcome);

    private static Mutation Annotation(string name, string value, string reason, Outcome outcome) => Pod(
        "FS-5", $"annotation {name}: {value}", reason, pod => (pod.Admitted.Metadata.Annotations ??= new Dictionary<string, string>())[name] = value, outcome,
        null, value.StartsWith("hvs.", StringComparison.Ordinal) ? ["FS-6"] : []);

    private static Mutation Config(string deviation, string text, string reason, Outcome outcome) => Release("FS-5", deviation, reason, release => release.OtherMaps.Add(
        new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "vault-extra" }, Data = new Dictionary<string, string> { ["server.hcl"] = text } }), outcome);

    private static V1ConfigMap Map(string text) => new() { Metadata = new V1ObjectMeta { Name = "vault-extra" }, Data = new Dictionary<string, string> { ["settings"] = text } };

    private static Mutation State(string deviation, string reason, string member, JsonNode value, Outcome outcome) => Pod("FS-5", $"reported: {deviation}", reason, pod =>
    {
        var config = (JsonObject)pod.VaultState!.SanitizedConfig!.DeepClone();
        config[member] = value.DeepClone();
        pod.VaultState = pod.VaultState with { SanitizedConfig = config };
    }, outcome);
}
