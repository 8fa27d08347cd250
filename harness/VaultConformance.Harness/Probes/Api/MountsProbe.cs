using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Server;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Probes.Api;

/// <summary>Takes auth methods with their roles, and secrets engines.</summary>
/// <param name="context">The live system.</param>
/// <param name="access">Access to the API of the servers.</param>
internal sealed class MountsProbe(ProbeContext context, ServerAccess access) : IProbe<VaultMounts>
{
    /// <inheritdoc />
    public ObservationKind<VaultMounts> Kind => ObservationKinds.VaultMounts;

    /// <inheritdoc />
    public async Task<VaultMounts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        using var reader = await new ActiveServer(context, access).OpenAsync(cancellationToken);
        return await ReadAsync(reader, access.Baseline, cancellationToken);
    }

    /// <summary>Reads them.</summary>
    /// <param name="reader">Reads paths.</param>
    /// <param name="baseline">What the server had before anybody configured it; null where nobody looked.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="HarnessException">The server does not list them.</exception>
    internal static async Task<VaultMounts> ReadAsync(ApiReader reader, MountBaseline? baseline, CancellationToken cancellationToken)
    {
        var version = (await reader.Api.SealStatusAsync(cancellationToken)).Version;
        List<AuthMethodFacts> methods = [];
        foreach (var (mount, entry) in await RequireMountsAsync(reader, "sys/auth", cancellationToken))
        {
            methods.Add(await ReadMethodAsync(reader, mount, entry, cancellationToken));
        }

        List<EngineFacts> engines = [];
        foreach (var (mount, entry) in await RequireMountsAsync(reader, "sys/mounts", cancellationToken))
        {
            engines.Add(new EngineFacts(
                mount.Path, mount.Type, await ReadSettingsAsync(reader, mount.Path, entry, cancellationToken)));
        }

        return new VaultMounts(
            reader.Pod,
            version,
            baseline,
            methods,
            engines,
            ListOpen((await reader.ReadOpenlyAsync("sys/internal/ui/mounts", cancellationToken)).Data),
            await FindGapsAsync(reader, cancellationToken));
    }

    private static async Task<IReadOnlyList<(MountedAt Mount, JsonObject Entry)>> RequireMountsAsync(
        ApiReader reader, string path, CancellationToken cancellationToken)
    {
        var answer = await reader.ReadAsync(path, cancellationToken);
        return answer.Data is { } data
            ? [.. data.Where(mount => mount.Value is JsonObject entry && entry.ContainsKey("type"))
                .OrderBy(mount => mount.Key, StringComparer.Ordinal)
                .Select(mount => (new MountedAt(mount.Key, mount.Value!["type"]!.ToString()), mount.Value!.AsObject()))]
            : throw new HarnessException(FailureKind.Environment, $"{reader.Pod}: {answer.Problem}.");
    }

    private static async Task<AuthMethodFacts> ReadMethodAsync(
        ApiReader reader, MountedAt mount, JsonObject entry, CancellationToken cancellationToken)
    {
        var (roles, problem) = await new AuthRoleReader(reader).ReadAsync(mount, cancellationToken);
        return new AuthMethodFacts(
            mount.Path,
            mount.Type,
            await ReadSettingsAsync(reader, $"auth/{mount.Path}", entry, cancellationToken),
            FindLockout(entry),
            roles,
            problem);
    }

    private static async Task<MountSettings> ReadSettingsAsync(
        ApiReader reader, string path, JsonObject entry, CancellationToken cancellationToken)
    {
        var tune = (await reader.ReadAsync($"sys/mounts/{path}tune", cancellationToken)).Data;
        return new MountSettings(
            entry["config"]?["listing_visibility"]?.ToString() ?? string.Empty,
            entry["deprecation_status"]?.ToString(),
            ReadSeconds(tune?["default_lease_ttl"]),
            ReadSeconds(tune?["max_lease_ttl"]));
    }

    private static bool? FindLockout(JsonObject entry) =>
        entry["config"]?["user_lockout_config"]?["user_lockout_disable"] is JsonValue value && value.TryGetValue<bool>(out var disabled)
            ? disabled
            : null;

    private static long? ReadSeconds(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<long>(out var seconds) ? seconds : null;

    private static IReadOnlyList<string>? ListOpen(JsonObject? answer) => answer is null
        ? null
        :
        [
            .. (answer["auth"] as JsonObject ?? []).Select(mount => $"auth/{mount.Key}")
                .Concat((answer["secret"] as JsonObject ?? []).Select(mount => mount.Key)).Order(StringComparer.Ordinal),
        ];

    // Community editions do not know namespaces, and answer that the path is not supported.
    private static async Task<IReadOnlyList<string>> FindGapsAsync(ApiReader reader, CancellationToken cancellationToken)
    {
        var answer = await reader.ListAsync("sys/namespaces", cancellationToken);
        return answer switch
        {
            { Keys: { } names } => [.. names.Select(name => $"namespace {name}: a run judges the root namespace only")],
            { Reply.Status: 404 or 405 } => [],
            _ => [$"namespaces: {answer.Problem}"],
        };
    }
}
