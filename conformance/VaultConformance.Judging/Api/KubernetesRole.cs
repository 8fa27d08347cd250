using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Judging.Api;

/// <summary>
/// Whether a role of the Kubernetes auth method is for named accounts of named namespaces, and for tokens made for the server.
/// </summary>
internal static class KubernetesRole
{
    /// <summary>Judges a role.</summary>
    /// <param name="method">The auth method.</param>
    /// <param name="role">The role.</param>
    public static IEnumerable<Judgement> Judge(AuthMethodFacts method, AuthRole role)
    {
        var name = $"{method.Path}{role.Path}";
        yield return JudgeNames(name, "ServiceAccounts", role.Settings["bound_service_account_names"]);
        yield return role.Settings["bound_service_account_namespace_selector"]?.ToString() is { Length: > 0 } selector
            ? Judgement.Of($"namespaces of role {name}", false, "named", $"every one with the labels {selector}")
                .Saying($"Role {name} takes tokens from every namespace whose labels match; name the namespaces.")
            : JudgeNames(name, "namespaces", role.Settings["bound_service_account_namespaces"]);
        var audience = RoleSettings.ReadText(role, "audience");
        yield return Judgement.Of(
                $"audience of role {name}", audience.Length > 0, "set", audience.Length > 0 ? audience : "not set")
            .Saying($"Role {name} takes tokens that were made for others: no audience is set.");
    }

    private static Judgement JudgeNames(string role, string what, JsonNode? node)
    {
        var fact = $"{what} of role {role}";
        if (RoleSettings.TryReadList(node) is not { Count: > 0 } names)
        {
            return Judgement.Unknown(fact, "named", "the server does not say them");
        }

        return Judgement.Of(fact, !names.Any(name => name.Contains('*', StringComparison.Ordinal)), "named", string.Join(", ", names))
            .Saying($"Role {role} is not limited to named {what}: {string.Join(", ", names)}.");
    }
}
