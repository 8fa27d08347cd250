using System.Text.Json.Nodes;
using VaultConformance.Harness.Secrets;
using VaultSharp;
using VaultSharp.V1.AuthMethods.Token;
using VaultSharp.V1.SystemBackend;
using SharpException = VaultSharp.Core.VaultApiException;

namespace VaultConformance.Harness.Vault.VaultSharp;

/// <summary>
/// VaultSharp behind cancellation, a time limit and redaction, none of which it has itself. Joining raft, recovery keys and the sanitised
/// configuration are not in its API, and its health call takes some states for errors; the built-in client does these.
/// </summary>
/// <param name="calls">Ends and explains calls.</param>
/// <param name="rest">The built-in client; owned.</param>
/// <param name="handler">Sends the requests of all VaultSharp clients; owned.</param>
/// <param name="clientFor">Makes a client for one call that authenticates with a token, or with none.</param>
internal sealed class VaultSharpApi(
    VaultCalls calls, IVaultApi rest, HttpMessageHandler handler, Func<SecretText?, CancellationToken, IVaultClient> clientFor) : IVaultApi
{
    /// <inheritdoc />
    public Task<SealStatus> SealStatusAsync(CancellationToken cancellationToken) =>
        CallAsync("seal-status", null, [], async client => Read(await client.V1.System.GetSealStatusAsync()), cancellationToken);

    /// <inheritdoc />
    public Task<ServerHealth> ReadHealthAsync(CancellationToken cancellationToken) => rest.ReadHealthAsync(cancellationToken);

    /// <inheritdoc />
    public Task<UnsealMaterial> InitializeAsync(int shares, int threshold, bool autoUnseal, CancellationToken cancellationToken)
    {
        if (autoUnseal)
        {
            return rest.InitializeAsync(shares, threshold, autoUnseal, cancellationToken);
        }

        var options = new InitOptions { SecretShares = shares, SecretThreshold = threshold };
        return CallAsync("init", null, [], async client => Read(await client.V1.System.InitAsync(options)), cancellationToken);
    }

    /// <inheritdoc />
    public Task<SealStatus> UnsealAsync(SecretText key, CancellationToken cancellationToken) =>
        CallAsync("unseal", null, [key], async client => Read(await client.V1.System.UnsealAsync(key.Reveal())), cancellationToken);

    /// <inheritdoc />
    public Task JoinRaftAsync(string leaderAddress, string? leaderCaPem, CancellationToken cancellationToken) =>
        rest.JoinRaftAsync(leaderAddress, leaderCaPem, cancellationToken);

    /// <inheritdoc />
    public Task WritePolicyAsync(SecretText token, string name, string text, CancellationToken cancellationToken)
    {
        var policy = new ACLPolicy { Name = Uri.EscapeDataString(name), Policy = text };
        return DoAsync("write policy", token, client => client.V1.System.WriteACLPolicyAsync(policy), cancellationToken);
    }

    /// <inheritdoc />
    public Task<SecretText> CreateOrphanTokenAsync(
        SecretText token, string policy, TimeSpan timeToLive, CancellationToken cancellationToken)
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
        return CallAsync("create token", token, [token], async client =>
        {
            var made = await client.V1.Auth.Token.CreateTokenAsync(request);
            return new SecretText(made?.AuthInfo?.ClientToken ?? throw VaultAnswers.CreateMissing("auth.client_token"));
        }, cancellationToken);
    }

    /// <inheritdoc />
    public Task RevokeSelfAsync(SecretText token, CancellationToken cancellationToken) =>
        DoAsync("revoke token", token, client => client.V1.Auth.Token.RevokeSelfAsync(), cancellationToken);

    /// <inheritdoc />
    public Task<JsonObject> ReadSanitizedConfigAsync(SecretText token, CancellationToken cancellationToken) =>
        rest.ReadSanitizedConfigAsync(token, cancellationToken);

    /// <inheritdoc />
    public Task<VaultReply> SendAsync(VaultCall call, SecretText? token, CancellationToken cancellationToken) =>
        rest.SendAsync(call, token, cancellationToken);

    /// <inheritdoc />
    public void Dispose()
    {
        rest.Dispose();
        handler.Dispose();
    }

    // A member that is not there would read as false or zero, so that any JSON object would tell of an unsealed server.
    private static SealStatus Read(global::VaultSharp.V1.SystemBackend.SealStatus? status) => new(
        status?.Version ?? throw VaultAnswers.CreateMissing("version"),
        status.Initialized,
        status.Sealed,
        status.SecretThreshold,
        status.Progress,
        status.Type ?? throw VaultAnswers.CreateMissing("type"),
        status.StorageType ?? string.Empty);

    private static UnsealMaterial Read(MasterCredentials? made) =>
        VaultAnswers.UnsealMaterial(made?.Base64MasterKeys, "keys_base64", made?.RootToken, autoUnseal: false);

    private Task<bool> DoAsync(string operation, SecretText token, Func<IVaultClient, Task> call, CancellationToken cancellationToken) =>
        CallAsync(operation, token, [token], async client =>
        {
            await call(client);
            return true;
        }, cancellationToken);

    private Task<T> CallAsync<T>(
        string operation,
        SecretText? token,
        IReadOnlyList<SecretText> secrets,
        Func<IVaultClient, Task<T>> call,
        CancellationToken cancellationToken) =>
        calls.MakeAsync(operation, secrets, async callToken =>
        {
            try
            {
                return await call(clientFor(token, callToken));
            }
            catch (SharpException exception)
            {
                // Its message is the answer as it came.
                throw new RefusedException(exception.StatusCode, exception.Message);
            }
        }, cancellationToken);
}
