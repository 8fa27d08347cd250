using System.Buffers;
using System.Text;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Vault;

/// <summary>
/// The policy of the auditor: the least that observations need. It is written after the server was configured, names the auth methods that
/// there are, and lets nobody read a secret.
/// </summary>
internal static class AuditorPolicy
{
    public const string Name = PolicyFacts.AuditorPolicy;

    /// <summary>HCL text of what does not depend on the server. Where sudo stands, Vault asks for it.</summary>
    public const string Base =
        """
        path "sys/config/state/sanitized" { capabilities = ["read"] }
        path "auth/token/lookup-self" { capabilities = ["read"] }
        path "auth/token/revoke-self" { capabilities = ["update"] }
        path "sys/auth" { capabilities = ["read"] }
        path "sys/mounts" { capabilities = ["read"] }
        path "sys/namespaces" { capabilities = ["list"] }
        path "sys/audit" { capabilities = ["read", "sudo"] }
        path "auth/token/accessors" { capabilities = ["list", "sudo"] }
        path "auth/token/accessors/" { capabilities = ["list", "sudo"] }
        path "auth/token/lookup-accessor" { capabilities = ["update"] }
        path "sys/policies/acl" { capabilities = ["list"] }
        path "sys/policies/acl/" { capabilities = ["list"] }
        path "sys/policies/acl/+" { capabilities = ["read"] }
        path "sys/policies/rgp" { capabilities = ["list"] }
        path "sys/policies/egp" { capabilities = ["list"] }
        path "identity/group/id" { capabilities = ["list"] }
        path "identity/group/id/" { capabilities = ["list"] }
        path "identity/group/id/+" { capabilities = ["read"] }
        path "identity/entity/id" { capabilities = ["list"] }
        path "identity/entity/id/" { capabilities = ["list"] }
        path "identity/entity/id/+" { capabilities = ["read"] }
        path "sys/storage/raft/configuration" { capabilities = ["read"] }
        path "sys/storage/raft/autopilot/state" { capabilities = ["read"] }
        path "sys/generate-root/attempt" { capabilities = ["read", "sudo"] }

        """;

    private const int StepsAtMost = 10;
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(30);

    /// <summary>TTL of the auditor's token: longer than a run, short enough to expire by itself.</summary>
    /// <param name="step">Longest time of a step; a run is a few of them.</param>
    public static TimeSpan ComputeTimeToLive(TimeSpan step) => step * StepsAtMost > Least ? step * StepsAtMost : Least;

    /// <summary>HCL text for a server.</summary>
    /// <param name="authMethods">Its auth methods.</param>
    /// <param name="engines">Its secrets engines.</param>
    /// <param name="devices">Its audit devices.</param>
    public static string Write(IEnumerable<MountedAt> authMethods, IEnumerable<MountedAt> engines, IEnumerable<MountedAt> devices)
    {
        var text = new StringBuilder(Base);
        foreach (var method in authMethods.Where(method => method.IsPlain))
        {
            Allow(text, $"sys/mounts/auth/{method.Path}tune", "read");
            foreach (var kind in AuthRoleKinds.ListOf(method.Type))
            {
                AllowRoles(text, $"auth/{method.Path}", kind);
            }
        }

        foreach (var engine in engines.Where(engine => engine.IsPlain))
        {
            Allow(text, $"sys/mounts/{engine.Path}tune", "read");
        }

        foreach (var device in devices.Where(device => device.IsPlain))
        {
            Allow(text, $"sys/audit-hash/{device.Path.TrimEnd('/')}", "update");
        }

        return text.ToString();
    }

    private static void AllowRoles(StringBuilder text, string mount, AuthRoleKind kind)
    {
        if (kind.List is { } list)
        {
            Allow(text, mount + list, "list");
            Allow(text, $"{mount}{list}/", "list");
        }

        Allow(text, mount + kind.Read + (kind.List is null ? string.Empty : "/+"), "read");
    }

    private static void Allow(StringBuilder text, string path, string capability) =>
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"path \"{path}\" {{ capabilities = [\"{capability}\"] }}\n");
}

/// <summary>Something that is mounted.</summary>
/// <param name="Path">Its path with the slash at the end.</param>
/// <param name="Type">Its type.</param>
internal sealed record MountedAt(string Path, string Type)
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\"\\*+\n{}");

    /// <summary>True when a policy can name the path and nothing else by it.</summary>
    public bool IsPlain => Path.AsSpan().IndexOfAny(Special) < 0;

    /// <summary>The path and the type.</summary>
    public override string ToString() => $"{Path} ({Type})";
}
