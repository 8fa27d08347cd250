using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Vault;

/// <summary>The built-in client, for package feeds that do not carry VaultSharp.</summary>
/// <param name="calls">Ends and explains calls.</param>
/// <param name="client">Client whose base address is the server; it has no time limit of its own.</param>
internal sealed class HttpVaultApi(VaultCalls calls, HttpClient client) : IVaultApi
{
    private const string HealthPath =
        "v1/sys/health?standbyok=true&perfstandbyok=true&standbycode=200&sealedcode=200&uninitcode=200&drsecondarycode=200";

    /// <inheritdoc />
    public Task<SealStatus> SealStatusAsync(CancellationToken cancellationToken) =>
        SendAsync("seal-status", Request(HttpMethod.Get, "v1/sys/seal-status"), [], VaultAnswers.SealStatus, cancellationToken);

    /// <inheritdoc />
    public Task<ServerHealth> ReadHealthAsync(CancellationToken cancellationToken) =>
        SendAsync("health", Request(HttpMethod.Get, HealthPath), [], VaultAnswers.ReadHealth, cancellationToken);

    /// <inheritdoc />
    public Task<UnsealMaterial> InitializeAsync(int shares, int threshold, bool autoUnseal, CancellationToken cancellationToken)
    {
        var body = autoUnseal
            ? new JsonObject { ["recovery_shares"] = shares, ["recovery_threshold"] = threshold }
            : new JsonObject { ["secret_shares"] = shares, ["secret_threshold"] = threshold };
        return SendAsync("init", Request(
            HttpMethod.Put, "v1/sys/init", body), [], answer => VaultAnswers.UnsealMaterial(answer, autoUnseal), cancellationToken);
    }

    /// <inheritdoc />
    public Task<SealStatus> UnsealAsync(SecretText key, CancellationToken cancellationToken) =>
        SendAsync("unseal", Request(
            HttpMethod.Put, "v1/sys/unseal", new JsonObject { ["key"] = key.Reveal() }), [key], VaultAnswers.SealStatus, cancellationToken);

    /// <inheritdoc />
    public Task JoinRaftAsync(string leaderAddress, string? leaderCaPem, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["leader_api_addr"] = leaderAddress, ["leader_ca_cert"] = leaderCaPem };
        return SendAsync("raft join", Request(HttpMethod.Post, "v1/sys/storage/raft/join", body), [], answer => answer, cancellationToken);
    }

    /// <inheritdoc />
    public Task WritePolicyAsync(SecretText token, string name, string text, CancellationToken cancellationToken)
    {
        var request =
            Request(HttpMethod.Put, $"v1/sys/policies/acl/{Uri.EscapeDataString(name)}", new JsonObject { ["policy"] = text }, token);
        return SendAsync("write policy", request, [token], answer => answer, cancellationToken);
    }

    /// <inheritdoc />
    public Task<SecretText> CreateOrphanTokenAsync(
        SecretText token, string policy, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        var ttl = FormattableString.Invariant($"{(int)timeToLive.TotalSeconds}s");
        var body = new JsonObject
        {
            ["policies"] = new JsonArray(policy),
            ["ttl"] = ttl,
            ["explicit_max_ttl"] = ttl,
            ["no_default_policy"] = true,
            ["no_parent"] = true,
            ["display_name"] = AuditorPolicy.Name,
        };
        return SendAsync("create token", Request(
            HttpMethod.Post, "v1/auth/token/create", body, token), [token], VaultAnswers.ReadClientToken, cancellationToken);
    }

    /// <inheritdoc />
    public Task RevokeSelfAsync(SecretText token, CancellationToken cancellationToken) =>
        SendAsync("revoke token", Request(
            HttpMethod.Post, "v1/auth/token/revoke-self", token: token), [token], answer => answer, cancellationToken);

    /// <inheritdoc />
    public Task<JsonObject> ReadSanitizedConfigAsync(SecretText token, CancellationToken cancellationToken) =>
        SendAsync(
            "sanitized configuration", Request(
                HttpMethod.Get, "v1/sys/config/state/sanitized", token: token), [token], VaultAnswers.ReadData, cancellationToken);

    /// <inheritdoc />
    public Task<VaultReply> SendAsync(VaultCall call, SecretText? token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        IReadOnlyList<SecretText> secrets = token is null ? [] : [token];
        return calls.MakeAsync(call.Path, secrets, async either =>
        {
            using var request = Request(call.Method, call.IsOutsideApi ? call.Path : $"v1/{call.Path}", call.Body, token);
            if (call.Origin is { } origin)
            {
                request.Headers.Add("Origin", origin);
            }

            using var response = await client.SendAsync(request, either);
            var text = await response.Content.ReadAsStringAsync(either);
            return new VaultReply(
                (int)response.StatusCode,
                VaultAnswers.TryParseObject(text),
                response.IsSuccessStatusCode ? [] : VaultCalls.ReadErrors(text, secrets))
            {
                Headers = response.Headers.ToDictionary(
                    header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            };
        }, cancellationToken);
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    private static HttpRequestMessage Request(HttpMethod method, string path, JsonObject? body = null, SecretText? token = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Vault-Request", "true");
        if (token is not null)
        {
            request.Headers.Add("X-Vault-Token", token.Reveal());
        }

        return request;
    }

    private async Task<T> SendAsync<T>(
        string operation,
        HttpRequestMessage request,
        IReadOnlyList<SecretText> secrets,
        Func<JsonObject, T> read,
        CancellationToken cancellationToken)
    {
        using (request)
        {
            return await calls.MakeAsync(operation, secrets, async token =>
            {
                using var response = await client.SendAsync(request, token);
                var text = await response.Content.ReadAsStringAsync(token);
                return response.IsSuccessStatusCode
                    ? read(VaultAnswers.ParseObject(text))
                    : throw new RefusedException((int)response.StatusCode, text);
            }, cancellationToken);
        }
    }
}
