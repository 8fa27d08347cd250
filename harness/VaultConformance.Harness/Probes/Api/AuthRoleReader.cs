using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Probes.Api;

/// <summary>Reads what lets somebody log in. Only members that controls use are kept, so that no secret can be among them.</summary>
/// <param name="reader">Reads paths.</param>
internal sealed class AuthRoleReader(ApiReader reader)
{
    private const int MostRoles = 500;

    private static readonly string[] Kept =
    [
        "token_ttl", "token_max_ttl", "token_explicit_max_ttl", "token_period", "token_policies", "token_no_default_policy",
        "token_num_uses", "token_type", "token_bound_cidrs",
        "ttl", "max_ttl", "period", "explicit_max_ttl", "policies", "value",
        "orphan", "renewable", "allowed_policies", "allowed_policies_glob", "disallowed_policies", "disallowed_policies_glob",
        "bound_service_account_names", "bound_service_account_namespaces", "bound_service_account_namespace_selector", "audience",
        "bound_audiences", "bound_subject", "bound_claims", "bound_claims_type", "role_type", "user_claim",
        "secret_id_ttl", "secret_id_num_uses", "bind_secret_id", "secret_id_bound_cidrs",
    ];

    /// <summary>Reads the roles of a method.</summary>
    /// <param name="mount">The method.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <returns>The roles, null when there is no knowing them; and why they are not there, or not all of them.</returns>
    public async Task<(IReadOnlyList<AuthRole>? Roles, string? Problem)> ReadAsync(MountedAt mount, CancellationToken cancellationToken)
    {
        if (!AuthRoleKinds.Knows(mount.Type))
        {
            return (null, $"auth methods of type '{mount.Type}' are not known, and their roles are not read");
        }

        if (!mount.IsPlain)
        {
            return (null, "its path cannot be named in a policy");
        }

        List<AuthRole> roles = [];
        List<string> problems = [];
        foreach (var kind in AuthRoleKinds.ListOf(mount.Type))
        {
            await AddAsync(roles, problems, $"auth/{mount.Path}", kind, cancellationToken);
        }

        return (problems.Count > 0 && roles.Count == 0 ? null : roles, problems.Count == 0 ? null : string.Join("; ", problems));
    }

    private async Task AddAsync(
        List<AuthRole> roles, List<string> problems, string mount, AuthRoleKind kind, CancellationToken cancellationToken)
    {
        if (kind.List is null)
        {
            await AddOneAsync(roles, problems, mount, kind.Read, cancellationToken);
            return;
        }

        var list = await reader.ListAsync(mount + kind.List, cancellationToken);
        if (list.Keys is not { } names)
        {
            problems.Add(list.Problem);
            return;
        }

        if (names.Count > MostRoles)
        {
            problems.Add($"only {MostRoles} of the {names.Count} in '{mount}{kind.List}' were read");
        }

        foreach (var name in names.Take(MostRoles))
        {
            await AddOneAsync(roles, problems, mount, $"{kind.Read}/{name}", cancellationToken);
        }
    }

    private async Task AddOneAsync(
        List<AuthRole> roles, List<string> problems, string mount, string path, CancellationToken cancellationToken)
    {
        var answer = await reader.ReadAsync(mount + Escape(path), cancellationToken);
        if (answer.Data is { } role)
        {
            roles.Add(new AuthRole(path, Keep(role)));
        }
        else if (!answer.IsEmpty)
        {
            problems.Add(answer.Problem);
        }
    }

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static JsonObject Keep(JsonObject role) =>
        new(role.Where(member => Kept.Contains(member.Key)).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
}
