using System.Text.Json.Nodes;
using VaultSharp;
using VaultSharp.V1.AuthMethods.Token;
using VaultSharp.V1.SystemBackend;
using SharpException = VaultSharp.Core.VaultApiException;

namespace VaultConformance.Harness.Vault.VaultSharp;

/// <summary>
/// VaultSharp behind cancellation, a time limit and redaction, none of which it has itself. Joining raft, recovery keys and the sanitised
/// configuration are not in its API; the built-in client does these.
/// </summary>
/// <param name="endpoint">How to reach the server.</param>
/// <param name="clientFor">Makes a client that authenticates with a token, or with none.</param>
internal sealed class VaultSharpApi(VaultEndpoint endpoint, Func<SecretText?, IVaultClient> clientFor) : IVaultApi
{
    private readonly IVaultApi _rest = new HttpVaultApiFactory().Create(endpoint);
    private readonly IVaultClient _anonymous = clientFor(null);

    /// <inheritdoc />
    public async Task<SealStatus> SealStatusAsync(CancellationToken cancellationToken) =>
        Read(await CallAsync("seal-status", () => _anonymous.V1.System.GetSealStatusAsync(), cancellationToken));

    /// <inheritdoc />
    public async Task<ServerHealth> HealthAsync(CancellationToken cancellationToken)
    {
        var health = await CallAsync(
            "health", () => _anonymous.V1.System.GetHealthStatusAsync(true, 200, 200, 200, 200, HttpMethod.Get), cancellationToken);
        return new ServerHealth(health.Version, health.Initialized, health.Sealed, health.Standby);
    }

    /// <inheritdoc />
    public async Task<UnsealMaterial> InitializeAsync(int shares, int threshold, bool autoUnseal, CancellationToken cancellationToken)
    {
        if (autoUnseal)
        {
            return await _rest.InitializeAsync(shares, threshold, autoUnseal, cancellationToken);
        }

        var options = new InitOptions { SecretShares = shares, SecretThreshold = threshold };
        var made = await CallAsync("init", () => _anonymous.V1.System.InitAsync(options), cancellationToken);
        return new UnsealMaterial([.. made.Base64MasterKeys.Select(key => new SecretText(key))], new SecretText(made.RootToken), autoUnseal);
    }

    /// <inheritdoc />
    public async Task<SealStatus> UnsealAsync(SecretText key, CancellationToken cancellationToken) =>
        Read(await CallAsync("unseal", () => _anonymous.V1.System.UnsealAsync(key.Reveal()), cancellationToken));

    /// <inheritdoc />
    public Task JoinRaftAsync(string leaderAddress, string? leaderCaPem, CancellationToken cancellationToken) =>
        _rest.JoinRaftAsync(leaderAddress, leaderCaPem, cancellationToken);

    /// <inheritdoc />
    public Task WritePolicyAsync(SecretText token, string name, string text, CancellationToken cancellationToken) =>
        CallAsync(
            "write policy",
            async () =>
            {
                await clientFor(token).V1.System.WriteACLPolicyAsync(new ACLPolicy { Name = name, Policy = text });
                return true;
            },
            cancellationToken);

    /// <inheritdoc />
    public async Task<SecretText> CreateOrphanTokenAsync(SecretText token, string policy, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        var ttl = FormattableString.Invariant($"{(int)timeToLive.TotalSeconds}s");
        var request = new CreateTokenRequest
        {
            Policies = [policy],
            TimeToLive = ttl,
            ExplicitMaxTimeToLive = ttl,
            NoDefaultPolicy = true,
            NoParent = true,
            DisplayName = AuditorPolicy.Name,
        };
        var made = await CallAsync("create token", () => clientFor(token).V1.Auth.Token.CreateTokenAsync(request), cancellationToken);
        return new SecretText(made.AuthInfo.ClientToken);
    }

    /// <inheritdoc />
    public Task RevokeSelfAsync(SecretText token, CancellationToken cancellationToken) =>
        CallAsync(
            "revoke token",
            async () =>
            {
                await clientFor(token).V1.Auth.Token.RevokeSelfAsync();
                return true;
            },
            cancellationToken);

    /// <inheritdoc />
    public Task<JsonObject> SanitizedConfigAsync(SecretText token, CancellationToken cancellationToken) => _rest.SanitizedConfigAsync(token, cancellationToken);

    /// <inheritdoc />
    public void Dispose() => _rest.Dispose();

    private static SealStatus Read(global::VaultSharp.V1.SystemBackend.SealStatus status) => new(
        status.Version, status.Initialized, status.Sealed, status.SecretThreshold, status.Progress, status.Type ?? string.Empty, status.StorageType ?? string.Empty);

    private async Task<T> CallAsync<T>(string operation, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().WaitAsync(cancellationToken);
        }
        catch (SharpException exception)
        {
            var errors = (exception.ApiErrors ?? []).ToList();
            throw new VaultApiException(operation, endpoint.Server, exception.StatusCode, errors);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new VaultApiException(operation, endpoint.Server, null, [exception.InnerException?.Message ?? exception.Message], exception);
        }
    }
}
