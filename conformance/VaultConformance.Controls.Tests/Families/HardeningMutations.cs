using System.Text.Json.Nodes;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Deviations that the control on switches of the server has to notice.</summary>
internal static class HardeningMutations
{
    public static IEnumerable<Mutation> All =>
    [
        Setting("slashes in templates", "deny_slash_in_templated_paths: false", "deny_slash_in_templated_paths", false),
        Setting("a server that does not know the switch", "", "deny_slash_in_templated_paths", null, Outcome.Passed),
        Setting("no lockout at all", "switches off: all", "user_lockout_configs", new JsonArray(new JsonObject { ["type"] = "all", ["disable_lockout"] = "true" })),
        Setting("another threshold of the lockout", "", "user_lockout_configs", new JsonArray(new JsonObject { ["type"] = "all", ["lockout_threshold"] = "3" }), Outcome.Passed),
        Setting("a plugin directory that nobody tried", "not tried whether", "plugin_directory", "/vault/plugins", Outcome.Inconclusive),
        Setting("a plugin directory that is writable", "/vault/data: Written", "plugin_directory", "/vault/data"),
        Setting("a plugin directory that is not writable", "", "plugin_directory", "/usr/local/bin/", Outcome.Passed),
        Release("API-8", "an auth method without lockout", "auth methods without user lockout: approle/", release => release.Mounts = MountMutations.Change(release.Mounts!, "approle/", method => method with { LockoutDisabled = true })),
        Pod("API-8", "no lockout by the environment", "VAULT_DISABLE_USER_LOCKOUT in the environment: true", pod => pod.ChangeVariable("VAULT_DISABLE_USER_LOCKOUT", "true")),
        Pod("API-8", "a clock that is two seconds late", "difference of the servers' clocks: 2.0 s", pod => pod.Endpoints = Late(pod, 2)),
        Pod("API-8", "a clock that may be a second late", "", pod => pod.Endpoints = Late(pod, 1), Outcome.Passed),
        Pod("API-8", "a clock that was not told", "did not say its time", pod => pod.Endpoints = pod.Endpoints! with { Clock = null }, Outcome.Inconclusive),
        Version("1.20.0", "version of the server: 1.20.0"),
        Version("1.15.6", "version of the server: 1.15.6"),
        Version("1.20.1", "", Outcome.Passed),
        Version("1.19.7+ent", "", Outcome.Passed),
    ];

    private static EndpointFacts Late(PodEvidence pod, int seconds) =>
        pod.Endpoints! with { Clock = pod.Endpoints.Clock! with { ServerSeconds = pod.Endpoints.Clock.ServerSeconds - seconds } };

    private static Mutation Version(string version, string reason, Outcome outcome = Outcome.Failed) => Release("API-8", $"Vault {version}", reason, release =>
    {
        foreach (var pod in release.Servers)
        {
            pod.VaultState = pod.VaultState! with { Version = version };
            pod.Files = pod.Files! with { VaultVersion = new CommandOutcome(0, $"Vault v{version}") };
        }
    }, outcome);

    private static Mutation Setting(string deviation, string reason, string name, JsonNode? value, Outcome outcome = Outcome.Failed) => Pod("API-8", deviation, reason, pod =>
    {
        var config = pod.VaultState!.SanitizedConfig!.DeepClone().AsObject();
        config.Remove(name);
        if (value is not null)
        {
            config[name] = value.DeepClone();
        }

        pod.VaultState = pod.VaultState with { SanitizedConfig = config };
    }, outcome);
}
