using System.Text.Json.Nodes;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Server;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Probes.Api;

/// <summary>Takes the tokens of the server. Tokens come and go meanwhile: one that is gone when it is asked for was no gap.</summary>
/// <param name="context">The live system.</param>
/// <param name="access">Access to the API of the servers.</param>
internal sealed class TokensProbe(ProbeContext context, ServerAccess access) : IProbe<TokenFacts>
{
    private const int MostTokens = 2000;
    private const string AccessorsPath = "auth/token/accessors";
    private const string RootGenerationPath = "sys/generate-root/attempt";

    /// <inheritdoc />
    public ObservationKind<TokenFacts> Kind => ObservationKinds.Tokens;

    /// <inheritdoc />
    public async Task<TokenFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        using var reader = await new ActiveServer(context, access).OpenAsync(cancellationToken);
        return await ReadAsync(reader, context.Material?.RootToken, cancellationToken);
    }

    /// <summary>Reads them.</summary>
    /// <param name="reader">Reads paths.</param>
    /// <param name="root">The root token that the server was initialised with; null where this run does not have it.</param>
    /// <param name="cancellationToken">Ends reading.</param>
    /// <exception cref="HarnessException">The server does not list them.</exception>
    internal static async Task<TokenFacts> ReadAsync(ApiReader reader, SecretText? root, CancellationToken cancellationToken)
    {
        var accessors = await ListAsync(reader, cancellationToken);
        var own = (await reader.ReadAsync("auth/token/lookup-self", cancellationToken)).Data?["accessor"]?.ToString();
        List<ServerToken> tokens = [];
        Dictionary<string, string> refused = [];
        foreach (var accessor in accessors.Take(MostTokens))
        {
            var answer = await reader.AskAsync("auth/token/lookup-accessor", new JsonObject { ["accessor"] = accessor }, cancellationToken);
            if (answer.Data is { } data)
            {
                tokens.Add(Describe(data, accessor == own));
            }
            else
            {
                refused[accessor] = answer.Problem;
            }
        }

        List<string> gaps = accessors.Count > MostTokens ? [$"only {MostTokens} of {accessors.Count} tokens were looked at"] : [];
        gaps.AddRange(await FindGapsAsync(reader, refused, cancellationToken));
        var (generating, problem) = await FindGenerationAsync(reader, cancellationToken);
        return new TokenFacts(reader.Pod, tokens, gaps, await TryRootAsync(reader, root, cancellationToken), generating, problem);
    }

    private static async Task<IReadOnlyList<string>> ListAsync(ApiReader reader, CancellationToken cancellationToken)
    {
        var answer = await reader.ListAsync(AccessorsPath, cancellationToken);
        return answer.Keys ?? throw new HarnessException(FailureKind.Environment, $"{reader.Pod}: {answer.Problem}.");
    }

    // One that is not listed any more has ended in the meantime.
    private static async Task<IEnumerable<string>> FindGapsAsync(
        ApiReader reader, Dictionary<string, string> refused, CancellationToken cancellationToken)
    {
        if (refused.Count == 0)
        {
            return [];
        }

        var left = (await ListAsync(reader, cancellationToken)).Where(refused.ContainsKey).Select(accessor => refused[accessor]).ToList();
        return left.GroupBy(problem => problem, StringComparer.Ordinal).Select(group => $"{group.Count()} tokens: {group.Key}");
    }

    // Servers before 2.0 answer everybody, later ones only who has a token.
    private static async Task<(bool? Generating, string? Problem)> FindGenerationAsync(
        ApiReader reader, CancellationToken cancellationToken)
    {
        var open = await reader.ReadOpenlyAsync(RootGenerationPath, cancellationToken);
        var answer = open.Data is null ? await reader.ReadAsync(RootGenerationPath, cancellationToken) : open;
        return answer.Data?["started"] is JsonValue value && value.TryGetValue<bool>(out var started)
            ? (started, null)
            : (null, answer.Data is null ? answer.Problem : "the server does not say whether a root token is being made");
    }

    private static async Task<string?> TryRootAsync(ApiReader reader, SecretText? root, CancellationToken cancellationToken)
    {
        if (root is null || root.Reveal().Length == 0)
        {
            return null;
        }

        try
        {
            var reply = await reader.Api.SendAsync(VaultCall.Read("auth/token/lookup-self"), root, cancellationToken);
            return reply switch { { IsSuccess: true } => TokenFacts.Valid, { Status: 403 } => TokenFacts.Revoked, _ => null };
        }
        catch (VaultApiException)
        {
            return null;
        }
    }

    private static ServerToken Describe(JsonObject data, bool own) => new(
        data["display_name"]?.ToString() ?? string.Empty,
        data["path"]?.ToString() ?? string.Empty,
        data["type"]?.ToString() ?? string.Empty,
        [.. ListTexts(data["policies"]).Concat(ListTexts(data["identity_policies"])).Distinct(StringComparer.Ordinal)],
        ReadNumber(data["creation_ttl"]),
        ReadNumber(data["period"]) ?? 0,
        data["expire_time"] is not null,
        own);

    private static IEnumerable<string> ListTexts(JsonNode? node) =>
        (node as JsonArray ?? []).Select(item => item?.ToString() ?? string.Empty);

    private static long? ReadNumber(JsonNode? node) => node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;
}
