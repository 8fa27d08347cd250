using System.Text.Json.Nodes;
using VaultConformance.Controls.Tests.Support;
using VaultConformance.Harness.Observations;
using VaultConformance.Reporting.Model;
using static VaultConformance.Controls.Tests.Families.Mutation;

namespace VaultConformance.Controls.Tests.Families;

/// <summary>Addresses in plaintext that the server has from elsewhere than its pod's own variables.</summary>
internal static class PlainAddressMutations
{
    public static IReadOnlyList<Mutation> All =>
    [
        Process("VAULT_ADDR", "http://127.0.0.1:8200", "VAULT_ADDR=http://127.0.0.1:8200", Outcome.Failed),
        Process("VAULT_API_ADDR", "http://vault:8200", "VAULT_API_ADDR=http://vault:8200", Outcome.Failed),
        Process("BAO_API_ADDR", "HTTP://vault:8200", "BAO_API_ADDR=HTTP://vault:8200", Outcome.Failed),
        Process("VAULT_CLUSTER_ADDR", "http://vault:8201", "VAULT_CLUSTER_ADDR=http://vault:8201", Outcome.Failed),
        Process("VAULT_API_ADDR", "https://vault:8200", "", Outcome.Passed),
        Process("BAO_ADDR", null, "BAO_ADDR is set, but its value is not known", Outcome.Inconclusive),
        File("api_addr = \"http://vault:8200\"", "addresses in the configuration that are not https: api_addr = http://vault:8200", Outcome.Failed),
        File("redirect_addr = \"http://vault:8200\"", "redirect_addr = http://vault:8200", Outcome.Failed),
        File("cluster_addr = \"http://vault:8201\"", "cluster_addr = http://vault:8201", Outcome.Failed),
        File("API_ADDR = \"HTTP://vault:8200\"", "api_addr = HTTP://vault:8200", Outcome.Failed),
        File("api_addr = \"https://vault.vault.svc:8200\"", "", Outcome.Passed),
        Pod("TLS-1", "address in what the server reports", "api_addr = http://vault:8200", pod =>
        {
            var config = (JsonObject)pod.VaultState!.SanitizedConfig!.DeepClone();
            config["api_addr"] = "http://vault:8200";
            pod.VaultState = pod.VaultState with { SanitizedConfig = config };
        }),
    ];

    private static Mutation Process(string name, string? value, string reason, Outcome outcome) => Pod("TLS-1", $"{name} of the process is {value ?? "not known"}", reason, pod =>
        pod.ChangeVault(vault => vault with
        {
            Environment = new EnvironmentFacts([.. vault.Environment!.Names, name], value is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [name] = value }),
        }), outcome);

    private static Mutation File(string setting, string reason, Outcome outcome) =>
        Pod("TLS-1", setting, reason, pod => pod.ChangeConfig($"{setting}\n{CompliantPod.Config}"), outcome);
}
