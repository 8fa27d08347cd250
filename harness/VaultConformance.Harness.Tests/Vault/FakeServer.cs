using System.Text.Json.Nodes;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Vault;

/// <summary>A server as a state machine behind <see cref="IVaultApi"/>; what it is told to do goes into a journal shared by all servers of a test.</summary>
internal sealed class FakeServer(string pod, List<string> journal) : IVaultApi
{
    public const string RootTokenText = "hvs.rootTokenThatNobodyMaySee";
    public const string AuditorTokenText = "hvs.auditorTokenThatNobodyMaySee";
    public const string SetupTokenText = "hvs.setupTokenThatNobodyMaySee";
    public const string KeyText = "m8yCqAzvYc0WIJb2w7F1n5QkZr4tLxPd6sHgUeVoXb8=";

    /// <summary>Fails the named call with the given status for as long as the counter is above zero.</summary>
    private readonly Dictionary<string, (int Status, int Times)> _failures = [];

    public bool Initialized { get; set; }

    public bool Sealed { get; set; } = true;

    public string SealType { get; init; } = "shamir";

    /// <summary>Joins by itself at the first look, as with <c>retry_join</c>.</summary>
    public bool JoinsByItself { get; init; }

    /// <summary>Answers to calls without a method of their own, by path; success for all others.</summary>
    public Dictionary<string, VaultReply> Replies { get; } = [];

    /// <summary>Called with the operation before it happens.</summary>
    public Action<string>? Before { get; set; }

    public TimeSpan? AuditorTimeToLive { get; private set; }

    public string? AuditorPolicyText { get; private set; }

    public ServerConnection Connection => new(pod, new Uri($"https://{pod}.vault-internal:8200"), this);

    public FakeServer Failing(string operation, int status, int times = int.MaxValue)
    {
        _failures[operation] = (status, times);
        return this;
    }

    public Task<SealStatus> SealStatusAsync(CancellationToken cancellationToken)
    {
        Do("seal-status", cancellationToken, record: false);
        Initialized |= JoinsByItself;
        return Task.FromResult(Status());
    }

    public Task<ServerHealth> ReadHealthAsync(CancellationToken cancellationToken)
    {
        Do("health", cancellationToken, record: false);
        return Task.FromResult(new ServerHealth("1.17.2", Initialized, Sealed, Standby: false));
    }

    public Task<UnsealMaterial> InitializeAsync(int shares, int threshold, bool autoUnseal, CancellationToken cancellationToken)
    {
        Do("init", cancellationToken, detail: autoUnseal ? " with recovery keys" : $" {shares}/{threshold}");
        Initialized = true;
        Sealed = !autoUnseal;
        return Task.FromResult(new UnsealMaterial([new SecretText(KeyText)], new SecretText(RootTokenText), autoUnseal));
    }

    public Task<SealStatus> UnsealAsync(SecretText key, CancellationToken cancellationToken)
    {
        Do("unseal", cancellationToken);
        Sealed = key.Reveal() != KeyText;
        return Task.FromResult(Status());
    }

    public Task JoinRaftAsync(string leaderAddress, string? leaderCaPem, CancellationToken cancellationToken)
    {
        Do("join", cancellationToken, detail: $" {leaderAddress} trusting {leaderCaPem ?? "nothing"}");
        Initialized = true;
        return Task.CompletedTask;
    }

    public Task WritePolicyAsync(SecretText token, string name, string text, CancellationToken cancellationToken)
    {
        Do("policy", cancellationToken, detail: $" {name}");
        AuditorPolicyText = text;
        return Task.CompletedTask;
    }

    public Task<SecretText> CreateOrphanTokenAsync(SecretText token, string policy, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        Do("token", cancellationToken, detail: $" {policy}");
        AuditorTimeToLive = timeToLive;
        return Task.FromResult(new SecretText(AuditorTokenText));
    }

    public Task RevokeSelfAsync(SecretText token, CancellationToken cancellationToken)
    {
        Do("revoke", cancellationToken, detail: " " + Describe(token));
        return Task.CompletedTask;
    }

    public Task<JsonObject> ReadSanitizedConfigAsync(SecretText token, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<VaultReply> SendAsync(VaultCall call, SecretText? token, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        Do("send", cancellationToken, record: call.Path is not ("sys/auth" or "sys/mounts" or "sys/audit" or "sys/policies/acl/default"), $" {call.Method} {call.Path} as {Describe(token)}");
        return Task.FromResult(Replies.TryGetValue(call.Path, out var reply) ? reply
            : call.Path == "auth/token/create" ? new VaultReply(200, new JsonObject { ["auth"] = new JsonObject { ["client_token"] = SetupTokenText } }, [])
            : new VaultReply(204, [], []));
    }

    public void Dispose()
    {
    }

    private static string Describe(SecretText? token) => token?.Reveal() switch
    {
        null => "nobody",
        RootTokenText => "root",
        SetupTokenText => "setup",
        _ => "another",
    };

    private SealStatus Status() => new("1.17.2", Initialized, Sealed, 1, 0, SealType, "raft");

    private void Do(string operation, CancellationToken cancellationToken, bool record = true, string detail = "")
    {
        Before?.Invoke(operation);
        cancellationToken.ThrowIfCancellationRequested();
        if (_failures.TryGetValue(operation, out var failure) && failure.Times > 0)
        {
            _failures[operation] = failure with { Times = failure.Times - 1 };
            throw new VaultApiException(operation, pod, failure.Status == 0 ? null : failure.Status, ["the test says so"]);
        }

        if (record)
        {
            lock (journal)
            {
                journal.Add($"{pod}: {operation}{detail}");
            }
        }
    }
}
