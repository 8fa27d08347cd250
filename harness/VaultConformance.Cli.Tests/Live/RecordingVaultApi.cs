using System.Text.Json.Nodes;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Cli.Tests.Live;

/// <summary>Passes every call on and remembers the secrets that come back, so that a test knows what to search for.</summary>
/// <param name="inner">The client that does the work.</param>
/// <param name="secrets">Receives the secrets.</param>
/// <param name="hangs">True to give no answer once all secrets have come up, so that only the run's time limit ends it.</param>
internal sealed class RecordingVaultApi(IVaultApi inner, CanarySecrets secrets, bool hangs) : IVaultApi
{
    public Task<SealStatus> SealStatusAsync(CancellationToken cancellationToken) => inner.SealStatusAsync(cancellationToken);

    public Task<ServerHealth> ReadHealthAsync(CancellationToken cancellationToken) => inner.ReadHealthAsync(cancellationToken);

    public async Task<UnsealMaterial> InitializeAsync(int shares, int threshold, bool autoUnseal, CancellationToken cancellationToken)
    {
        var material = await inner.InitializeAsync(shares, threshold, autoUnseal, cancellationToken);
        secrets.Add("root token", material.RootToken.Reveal());
        foreach (var key in material.Keys)
        {
            secrets.Add("unseal key", key.Reveal());
        }

        return material;
    }

    public Task<SealStatus> UnsealAsync(SecretText key, CancellationToken cancellationToken) => inner.UnsealAsync(key, cancellationToken);

    public Task JoinRaftAsync(string leaderAddress, string? leaderCaPem, CancellationToken cancellationToken) =>
        inner.JoinRaftAsync(leaderAddress, leaderCaPem, cancellationToken);

    public Task WritePolicyAsync(SecretText token, string name, string text, CancellationToken cancellationToken) =>
        inner.WritePolicyAsync(token, name, text, cancellationToken);

    public async Task<SecretText> CreateOrphanTokenAsync(SecretText token, string policy, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        var auditor = await inner.CreateOrphanTokenAsync(token, policy, timeToLive, cancellationToken);
        secrets.Add("auditor token", auditor.Reveal());
        if (hangs)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        return auditor;
    }

    public Task RevokeSelfAsync(SecretText token, CancellationToken cancellationToken) => inner.RevokeSelfAsync(token, cancellationToken);

    public Task<JsonObject> ReadSanitizedConfigAsync(SecretText token, CancellationToken cancellationToken) => inner.ReadSanitizedConfigAsync(token, cancellationToken);

    public Task<VaultReply> SendAsync(VaultCall call, SecretText? token, CancellationToken cancellationToken) =>
        inner.SendAsync(call, token, cancellationToken);

    public void Dispose() => inner.Dispose();
}

/// <summary>Makes <see cref="RecordingVaultApi"/> clients, and looks at the run's kubeconfig when the first one is made.</summary>
/// <param name="secrets">Receives the secrets.</param>
/// <param name="hangs">As for <see cref="RecordingVaultApi"/>.</param>
internal sealed class RecordingVaultApiFactory(CanarySecrets secrets, bool hangs) : IVaultApiFactory
{
    public string ClientName => VaultApiFactories.Default.ClientName;

    public IVaultApi Create(VaultEndpoint endpoint)
    {
        secrets.AddKubeconfigs();
        return new RecordingVaultApi(VaultApiFactories.Default.Create(endpoint), secrets, hangs);
    }
}
