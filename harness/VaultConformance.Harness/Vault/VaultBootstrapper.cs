using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Vault;

/// <summary>Takes freshly installed servers to "unsealed, with a scoped auditor and no root token".</summary>
/// <param name="wait">Waits.</param>
/// <param name="limit">Longest wait of each step.</param>
/// <param name="progress">Where to report.</param>
/// <param name="redactor">Learns the secrets as soon as they exist, so that no message of a later step can show them.</param>
/// <param name="crash">Says why the servers cannot come up any more; null while they may, or where nobody can tell.</param>
/// <param name="setup">Configures the server before the root token goes; null when nobody wants to.</param>
internal sealed partial class VaultBootstrapper(
    Wait wait,
    TimeSpan limit,
    IRunProgress progress,
    SecretRedactor redactor,
    Func<CancellationToken, Task<string?>>? crash = null,
    IServerSetup? setup = null)
{
    private const string Phase = "bootstrap";
    private const int KeyShares = 1;
    private const int KeyThreshold = 1;
    private const string Advice = "See the server logs in the diagnostics folder.";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan RevocationLimit = TimeSpan.FromSeconds(5);

    /// <summary>Initialises the first server, unseals it, and joins and unseals the others.</summary>
    /// <param name="servers">All servers, first the one that the others join.</param>
    /// <param name="join">How followers come to the leader; null when the servers are told by their configuration.</param>
    /// <param name="developmentToken">Root token of a server in development mode, which initialises itself; null for any other.</param>
    /// <param name="keys">Where the keys are of servers that the release initialises itself; null when nobody said so.</param>
    /// <param name="cancellationToken">Ends the bootstrap.</param>
    /// <exception cref="HarnessException">A step failed. The root token is revoked all the same, if the server lets it.</exception>
    internal async Task<BootstrapResult> RunAsync(
        IReadOnlyList<ServerConnection> servers,
        RaftJoin? join,
        SecretText? developmentToken,
        UnsealKeySource? keys,
        CancellationToken cancellationToken)
    {
        var self = new SelfInitialised(this, progress, redactor);
        if (keys is not null)
        {
            return await self.WithKeysAsync(servers, keys, cancellationToken);
        }

        var first = servers[0];
        var status = await AnswersAsync(first, cancellationToken);
        if (status is { Initialized: true, Sealed: false } && developmentToken is not null)
        {
            return await TakeOverAsync(first, developmentToken, cancellationToken);
        }

        var autoUnseal = status.SealType is not ("shamir" or "");
        if (status.Initialized || await InitialiseAsync(first, autoUnseal, cancellationToken) is not { } material)
        {
            return await self.AsTheyAreAsync(servers, cancellationToken);
        }

        redactor.Register(material);
        progress.Note(Phase, $"'{first.Pod}' initialised ({(autoUnseal ? $"auto-unseal by {status.SealType}" : "Shamir seal")})");
        try
        {
            await UnsealAsync(first, material, cancellationToken);
            await WaitUntilActiveAsync(first, cancellationToken);
            await new RaftFollowers(this, first, join, material).JoinAllAsync([.. servers.Skip(1)], cancellationToken);
            var baseline = await ReadBaselineAsync(first, material.RootToken, cancellationToken);
            await ConfigureAsync(first, material.RootToken, cancellationToken);
            var auditor = await CreateAuditorAsync(first, material.RootToken, cancellationToken);
            await first.Api.RevokeSelfAsync(material.RootToken, cancellationToken);
            progress.Note(Phase, "root token revoked");
            return new BootstrapResult(material, auditor) { Baseline = baseline };
        }
        catch
        {
            await RevokeAnywayAsync(first, material.RootToken);
            throw;
        }
    }

    // A hook or sidecar may do it in the same moment.
    private static async Task<UnsealMaterial?> InitialiseAsync(
        ServerConnection server, bool autoUnseal, CancellationToken cancellationToken)
    {
        try
        {
            return await server.Api.InitializeAsync(KeyShares, KeyThreshold, autoUnseal, cancellationToken);
        }
        catch (VaultApiException exception) when (exception.StatusCode == 400)
        {
            if ((await server.Api.SealStatusAsync(cancellationToken)).Initialized)
            {
                return null;
            }

            throw;
        }
    }

    /// <summary>Unseals a server that came back, for example after its pod was deleted.</summary>
    /// <exception cref="HarnessException">It does not answer or does not unseal.</exception>
    internal async Task UnsealAsync(ServerConnection server, UnsealMaterial material, CancellationToken cancellationToken)
    {
        var goal = CreateGoal($"Vault server '{server.Pod}' to be unsealed");
        await WaitUntilAsync(goal, token => UnsealOnceAsync(server, material, token), cancellationToken);
        progress.Note(Phase, $"'{server.Pod}' {(material.StaysSealed ? "is back" : "unsealed")}");
    }

    private static async Task<Sighting<SealStatus>> UnsealOnceAsync(
        ServerConnection server, UnsealMaterial material, CancellationToken cancellationToken)
    {
        var status = await server.Api.SealStatusAsync(cancellationToken);
        foreach (var key in material.AutoUnseal || !status.Sealed ? [] : material.Keys)
        {
            status = await server.Api.UnsealAsync(key, cancellationToken);
        }

        return status.Sealed && !material.StaysSealed
            ? new Sighting<SealStatus>.NotYet("it is still sealed")
            : new Sighting<SealStatus>.Reached(status);
    }

    /// <summary>Tells what happened.</summary>
    internal void Note(string message) => progress.Note(Phase, message);

    // Its root token is the user's, not ours, and stays as it is.
    private async Task<BootstrapResult> TakeOverAsync(ServerConnection server, SecretText root, CancellationToken cancellationToken)
    {
        redactor.Register(root);
        progress.ReportNotice(
            Phase,
            $"'{server.Pod}' runs in development mode: it keeps everything in memory, and its root token stands in its environment.");
        await ConfigureAsync(server, root, cancellationToken);
        return new BootstrapResult(
            new UnsealMaterial([], root, AutoUnseal: true), await CreateAuditorAsync(server, root, cancellationToken));
    }

    // The caller's token may be why the bootstrap ended, so that this has its own limit.
    private async Task RevokeAnywayAsync(ServerConnection server, SecretText root)
    {
        using var own = new CancellationTokenSource(RevocationLimit);
        try
        {
            await server.Api.RevokeSelfAsync(root, own.Token);
            progress.Note(Phase, "root token revoked, although the bootstrap failed");
        }
        catch (Exception exception) when (exception is VaultApiException or OperationCanceledException)
        {
            progress.Note(Phase, $"the root token could not be revoked and ends with the storage of '{server.Pod}': {exception.Message}");
        }
    }
}

/// <summary>What a bootstrap left. Lives in memory only.</summary>
/// <param name="Material">Unseal keys; the root token in it is revoked.</param>
/// <param name="Auditor">Scoped short-lived token; null when none could be made.</param>
internal sealed record BootstrapResult(UnsealMaterial Material, SecretText? Auditor)
{
    /// <summary>Why there is no auditor's token; null when there is one.</summary>
    public string? NoAuditor { get; init; }

    /// <summary>How the servers were configured.</summary>
    public SetupFacts Setup { get; init; } = new([]);

    /// <summary>What the server had before anybody configured it; null where it was not initialised by this run.</summary>
    public MountBaseline? Baseline { get; init; }
}
