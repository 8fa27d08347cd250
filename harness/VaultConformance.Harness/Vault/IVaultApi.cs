using System.Text.Json.Nodes;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Vault;

/// <summary>
/// The few calls of the Vault API that the harness needs, with cancellation, a time limit and no secret in any message.
/// All methods throw <see cref="VaultApiException"/> when Vault refuses or does not answer.
/// </summary>
public interface IVaultApi : IDisposable
{
    /// <summary>Seal status; works on sealed and uninitialised servers.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<SealStatus> SealStatusAsync(CancellationToken cancellationToken);

    /// <summary>Health; every state is an answer, not an error.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<ServerHealth> ReadHealthAsync(CancellationToken cancellationToken);

    /// <summary>Initialises the server.</summary>
    /// <param name="shares">Number of key shares.</param>
    /// <param name="threshold">Shares needed to unseal.</param>
    /// <param name="autoUnseal">True when the seal unseals itself, so that recovery keys are made.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<UnsealMaterial> InitializeAsync(int shares, int threshold, bool autoUnseal, CancellationToken cancellationToken);

    /// <summary>Gives one key share.</summary>
    /// <param name="key">The share.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<SealStatus> UnsealAsync(SecretText key, CancellationToken cancellationToken);

    /// <summary>Joins the server to a raft cluster.</summary>
    /// <param name="leaderAddress">API address of the leader.</param>
    /// <param name="leaderCaPem">CA that signs the leader's certificate; null without TLS.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task JoinRaftAsync(string leaderAddress, string? leaderCaPem, CancellationToken cancellationToken);

    /// <summary>Writes an ACL policy.</summary>
    /// <param name="token">Token with the right to.</param>
    /// <param name="name">Name of the policy.</param>
    /// <param name="text">HCL text.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task WritePolicyAsync(SecretText token, string name, string text, CancellationToken cancellationToken);

    /// <summary>Makes an orphan service token with exactly one policy, so that it outlives the root token that made it.</summary>
    /// <param name="token">Token with the right to.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="timeToLive">TTL, also the explicit maximum.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<SecretText> CreateOrphanTokenAsync(SecretText token, string policy, TimeSpan timeToLive, CancellationToken cancellationToken);

    /// <summary>Revokes the token itself.</summary>
    /// <param name="token">The token.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task RevokeSelfAsync(SecretText token, CancellationToken cancellationToken);

    /// <summary>Data of <c>sys/config/state/sanitized</c>.</summary>
    /// <param name="token">Token with the right to.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<JsonObject> ReadSanitizedConfigAsync(SecretText token, CancellationToken cancellationToken);

    /// <summary>Makes a call that has no method of its own. Every status is an answer, not an error.</summary>
    /// <param name="call">The call.</param>
    /// <param name="token">Token to authenticate with; null for none.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task<VaultReply> SendAsync(VaultCall call, SecretText? token, CancellationToken cancellationToken);
}

/// <summary>Makes clients.</summary>
public interface IVaultApiFactory
{
    /// <summary>Name and version of the client, for the report.</summary>
    string ClientName { get; }

    /// <summary>A client for one server.</summary>
    /// <param name="endpoint">How to reach it.</param>
    IVaultApi Create(VaultEndpoint endpoint);
}

/// <summary>Seal status of a server.</summary>
/// <param name="Version">Version.</param>
/// <param name="Initialized">Initialised.</param>
/// <param name="Sealed">Sealed.</param>
/// <param name="Threshold">Shares needed.</param>
/// <param name="Progress">Shares given.</param>
/// <param name="SealType">For example <c>shamir</c>.</param>
/// <param name="StorageType">For example <c>raft</c>; empty on servers that do not tell.</param>
public sealed record SealStatus(
    string Version, bool Initialized, bool Sealed, int Threshold, int Progress, string SealType, string StorageType);

/// <summary>Health of a server.</summary>
/// <param name="Version">Version.</param>
/// <param name="Initialized">Initialised.</param>
/// <param name="Sealed">Sealed.</param>
/// <param name="Standby">True on a standby.</param>
public sealed record ServerHealth(string Version, bool Initialized, bool Sealed, bool Standby)
{
    /// <summary>True when it serves requests itself.</summary>
    public bool Active => Initialized && !Sealed && !Standby;
}
