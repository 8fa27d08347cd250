using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VaultConformance.Harness.Vault;

/// <summary>The built-in client, for package feeds that do not carry VaultSharp.</summary>
/// <param name="endpoint">How to reach the server.</param>
/// <param name="client">Client whose base address is the server.</param>
internal sealed class HttpVaultApi(VaultEndpoint endpoint, HttpClient client) : IVaultApi
{
    /// <inheritdoc />
    public async Task<SealStatus> SealStatusAsync(CancellationToken cancellationToken) =>
        VaultAnswers.SealStatus(await SendAsync("seal-status", HttpMethod.Get, "v1/sys/seal-status", null, null, cancellationToken));

    /// <inheritdoc />
    public async Task<ServerHealth> HealthAsync(CancellationToken cancellationToken) =>
        VaultAnswers.Health(await SendAsync(
            "health",
            HttpMethod.Get,
            "v1/sys/health?standbyok=true&perfstandbyok=true&standbycode=200&sealedcode=200&uninitcode=200&drsecondarycode=200",
            null,
            null,
            cancellationToken));

    /// <inheritdoc />
    public async Task<UnsealMaterial> InitializeAsync(int shares, int threshold, bool autoUnseal, CancellationToken cancellationToken)
    {
        var body = autoUnseal
            ? new JsonObject { ["recovery_shares"] = shares, ["recovery_threshold"] = threshold }
            : new JsonObject { ["secret_shares"] = shares, ["secret_threshold"] = threshold };
        return VaultAnswers.UnsealMaterial(await SendAsync("init", HttpMethod.Put, "v1/sys/init", null, body, cancellationToken), autoUnseal);
    }

    /// <inheritdoc />
    public async Task<SealStatus> UnsealAsync(SecretText key, CancellationToken cancellationToken) =>
        VaultAnswers.SealStatus(await SendAsync("unseal", HttpMethod.Put, "v1/sys/unseal", null, new JsonObject { ["key"] = key.Reveal() }, cancellationToken));

    /// <inheritdoc />
    public Task JoinRaftAsync(string leaderAddress, string? leaderCaPem, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["leader_api_addr"] = leaderAddress, ["leader_ca_cert"] = leaderCaPem };
        return SendAsync("raft join", HttpMethod.Post, "v1/sys/storage/raft/join", null, body, cancellationToken);
    }

    /// <inheritdoc />
    public Task WritePolicyAsync(SecretText token, string name, string text, CancellationToken cancellationToken) =>
        SendAsync(
            "write policy", HttpMethod.Put, $"v1/sys/policies/acl/{Uri.EscapeDataString(name)}", token, new JsonObject { ["policy"] = text }, cancellationToken);

    /// <inheritdoc />
    public async Task<SecretText> CreateOrphanTokenAsync(SecretText token, string policy, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        var ttl = FormattableString.Invariant($"{(int)timeToLive.TotalSeconds}s");
        var body = new JsonObject
        {
            ["policies"] = new JsonArray(policy),
            ["ttl"] = ttl,
            ["explicit_max_ttl"] = ttl,
            ["no_default_policy"] = true,
            ["no_parent"] = true,
            ["display_name"] = "vault-conformance-auditor",
        };
        return VaultAnswers.ClientToken(await SendAsync("create token", HttpMethod.Post, "v1/auth/token/create", token, body, cancellationToken));
    }

    /// <inheritdoc />
    public Task RevokeSelfAsync(SecretText token, CancellationToken cancellationToken) =>
        SendAsync("revoke token", HttpMethod.Post, "v1/auth/token/revoke-self", token, null, cancellationToken);

    /// <inheritdoc />
    public async Task<JsonObject> SanitizedConfigAsync(SecretText token, CancellationToken cancellationToken) =>
        VaultAnswers.Data(await SendAsync("sanitized configuration", HttpMethod.Get, "v1/sys/config/state/sanitized", token, null, cancellationToken));

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    private async Task<JsonObject> SendAsync(
        string operation, HttpMethod method, string path, SecretText? token, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Vault-Request", "true");
        if (token is not null)
        {
            request.Headers.Add("X-Vault-Token", token.Reveal());
        }

        try
        {
            using var response = await client.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return response.IsSuccessStatusCode
                ? VaultAnswers.Object(text)
                : throw new VaultApiException(operation, endpoint.Server, (int)response.StatusCode, VaultAnswers.Errors(text));
        }
        catch (Exception exception) when (IsTransport(exception, cancellationToken))
        {
            throw new VaultApiException(operation, endpoint.Server, null, [exception.InnerException?.Message ?? exception.Message], exception);
        }
    }

    // HttpClient reports its own time limit as a cancellation; only the caller's token is one.
    private static bool IsTransport(Exception exception, CancellationToken cancellationToken) =>
        exception is HttpRequestException or JsonException or IOException
        || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested);
}
