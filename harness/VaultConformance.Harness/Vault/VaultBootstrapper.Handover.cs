using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Vault;

/// <summary>How a bootstrap hands over: what the server had of itself, and a token that may read what is judged.</summary>
internal sealed partial class VaultBootstrapper
{
    private const string DefaultPolicyPath = "sys/policies/acl/default";

    /// <summary>What a server has of itself, read before anybody configures it; null when it does not say it.</summary>
    /// <param name="server">A server that was initialised just now.</param>
    /// <param name="root">A token that may read it.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    internal static async Task<MountBaseline?> ReadBaselineAsync(
        ServerConnection server, SecretText root, CancellationToken cancellationToken)
    {
        var methods = await ListMountsAsync(server, "sys/auth", root, cancellationToken);
        var engines = await ListMountsAsync(server, "sys/mounts", root, cancellationToken);
        var policy = await server.Api.SendAsync(VaultCall.Read(DefaultPolicyPath), root, cancellationToken);
        return methods.Count == 0 || engines.Count == 0
            ? null
            : new MountBaseline([.. methods.Select(mount => $"{mount}")], [.. engines.Select(mount => $"{mount}")])
            {
                DefaultPolicySha256 = policy.Data?["policy"]?.ToString() is { } text ? PolicyDigest.Compute(text) : null,
            };
    }

    /// <summary>Makes the auditor's token. Its policy names the auth methods and engines that there are now.</summary>
    internal async Task<SecretText> CreateAuditorAsync(ServerConnection server, SecretText root, CancellationToken cancellationToken)
    {
        var methods = await ListMountsAsync(server, "sys/auth", root, cancellationToken);
        var engines = await ListMountsAsync(server, "sys/mounts", root, cancellationToken);
        var devices = await ListMountsAsync(server, "sys/audit", root, cancellationToken);
        await server.Api.WritePolicyAsync(root, AuditorPolicy.Name, AuditorPolicy.Write(methods, engines, devices), cancellationToken);
        var timeToLive = AuditorPolicy.ComputeTimeToLive(limit);
        var auditor = await server.Api.CreateOrphanTokenAsync(root, AuditorPolicy.Name, timeToLive, cancellationToken);
        redactor.Register(auditor);
        progress.Note(Phase, FormattableString.Invariant($"auditor token made (TTL {timeToLive.TotalMinutes:0} min)"));
        return auditor;
    }

    // What cannot be listed here cannot be read by the auditor either, and is then said by the observation.
    private static async Task<IReadOnlyList<MountedAt>> ListMountsAsync(
        ServerConnection server, string path, SecretText root, CancellationToken cancellationToken)
    {
        var reply = await server.Api.SendAsync(VaultCall.Read(path), root, cancellationToken);
        return reply is { IsSuccess: true, Data: { } mounts }
            ? [.. mounts.Where(mount => mount.Value is JsonObject)
                .Select(mount => new MountedAt(mount.Key, mount.Value!["type"]?.ToString() ?? string.Empty))]
            : [];
    }
}
