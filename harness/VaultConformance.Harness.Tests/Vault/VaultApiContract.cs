using Microsoft.AspNetCore.Http;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Vault;

/// <summary>What the fixtures of the contract share: one client, and all its calls by name.</summary>
public abstract class VaultApiContract(string client)
{
    protected const string TokenText = "hvs.CAESIJx4uYqPz0aTokenThatNobodyMaySee";
    protected const string KeyText = "m8yCqAzvYc0WIJb2w7F1n5QkZr4tLxPd6sHgUeVoXb8=";
    private protected static readonly SecretText Token = new(TokenText);
    private protected static readonly SecretText Key = new(KeyText);

    private static readonly Dictionary<string, Func<IVaultApi, CancellationToken, Task>> Calls = new()
    {
        ["seal-status"] = (api, token) => api.SealStatusAsync(token),
        ["health"] = (api, token) => api.ReadHealthAsync(token),
        ["init"] = (api, token) => api.InitializeAsync(5, 3, autoUnseal: false, token),
        ["init with recovery keys"] = (api, token) => api.InitializeAsync(5, 3, autoUnseal: true, token),
        ["unseal"] = (api, token) => api.UnsealAsync(Key, token),
        ["raft join"] = (api, token) => api.JoinRaftAsync("https://vault-0.vault-internal:8200", null, token),
        ["write policy"] = (api, token) => api.WritePolicyAsync(Token, "auditor", "path \"x\" {}", token),
        ["create token"] = (api, token) => api.CreateOrphanTokenAsync(Token, "auditor", TimeSpan.FromMinutes(30), token),
        ["revoke token"] = (api, token) => api.RevokeSelfAsync(Token, token),
        ["sanitized configuration"] = (api, token) => api.ReadSanitizedConfigAsync(Token, token),
    };

    private FakeVault _vault = null!;

    /// <summary>Names of all calls.</summary>
    public static IEnumerable<string> CallNames => Calls.Keys;

    /// <summary>Names of the calls whose answers are read.</summary>
    public static IEnumerable<string> ReadingCallNames => CallNames.Except(["raft join", "write policy", "revoke token", "sanitized configuration"]);

    /// <summary>One server for all tests of a fixture.</summary>
    [OneTimeSetUp]
    public async Task StartServer() => _vault = await FakeVault.StartAsync(FakeVault.Always(500, ""));

    [OneTimeTearDown]
    public async Task StopServer() => await _vault.DisposeAsync();

    /// <summary>The server, as it answers in one test.</summary>
    private protected FakeVault Answering(Func<HttpContext, Task> answer)
    {
        _vault.Answer(answer);
        return _vault;
    }

    /// <summary>The server, as it answers in one test.</summary>
    private protected FakeVault Answering(int status, string body) => Answering(FakeVault.Always(status, body));

    private protected static Task MakeAsync(IVaultApi api, string call, CancellationToken cancellationToken) => Calls[call](api, cancellationToken);

    private protected IVaultApi Open(FakeVault vault, EndpointTrust? trust = null) => Open(vault.Endpoint(trust), TimeSpan.FromSeconds(15));

    private protected IVaultApi Open(VaultEndpoint endpoint, TimeSpan limit) => VaultClients.Factory(client, limit).Create(endpoint);

    /// <summary>The name of a call in messages.</summary>
    private protected static string Operation(string call) => call == "init with recovery keys" ? "init" : call;

    private protected static async Task<VaultApiException> FailureAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (VaultApiException exception)
        {
            return exception;
        }

        throw new AssertionException("The call succeeded.");
    }
}
