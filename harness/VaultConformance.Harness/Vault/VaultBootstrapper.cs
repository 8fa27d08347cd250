using VaultConformance.Harness.Diagnostics;
using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Vault;

/// <summary>Takes freshly installed servers to "unsealed, with a scoped auditor and no root token".</summary>
/// <param name="wait">Waits.</param>
/// <param name="limit">Longest wait of each step.</param>
/// <param name="progress">Where to report.</param>
/// <param name="redactor">Learns the secrets as soon as they exist, so that no message of a later step can show them.</param>
internal sealed class VaultBootstrapper(Wait wait, TimeSpan limit, IRunProgress progress, SecretRedactor redactor)
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
    /// <param name="cancellationToken">Ends the bootstrap.</param>
    /// <exception cref="HarnessException">A step failed. The root token is revoked all the same, if the server lets it.</exception>
    internal async Task<BootstrapResult> RunAsync(
        IReadOnlyList<ServerConnection> servers, RaftJoin? join, SecretText? developmentToken, CancellationToken cancellationToken)
    {
        var first = servers[0];
        var status = await AnswersAsync(first, cancellationToken);
        if (status is { Initialized: true, Sealed: false } && developmentToken is not null)
        {
            return await TakeOverAsync(first, developmentToken, cancellationToken);
        }

        if (status.Initialized)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"Vault server '{first.Pod}' is initialised already, so its storage was used before. Remove the old volumes, or use another namespace with --namespace.");
        }

        var autoUnseal = status.SealType is not ("shamir" or "");
        var material = await first.Api.InitializeAsync(KeyShares, KeyThreshold, autoUnseal, cancellationToken);
        redactor.Register(material);
        progress.Note(Phase, $"'{first.Pod}' initialised ({(autoUnseal ? $"auto-unseal by {status.SealType}" : "Shamir seal")})");
        try
        {
            await UnsealAsync(first, material, cancellationToken);
            await ActiveAsync(first, cancellationToken);
            await FollowAllAsync([.. servers.Skip(1)], first, join, material, cancellationToken);
            var auditor = await AuditorAsync(first, material.RootToken, cancellationToken);
            await first.Api.RevokeSelfAsync(material.RootToken, cancellationToken);
            progress.Note(Phase, "root token revoked");
            return new BootstrapResult(material, auditor);
        }
        catch
        {
            await RevokeAnywayAsync(first, material.RootToken);
            throw;
        }
    }

    /// <summary>Unseals a server that came back, for example after its pod was deleted.</summary>
    /// <exception cref="HarnessException">It does not answer or does not unseal.</exception>
    internal async Task UnsealAsync(ServerConnection server, UnsealMaterial material, CancellationToken cancellationToken)
    {
        var goal = new WaitGoal($"Vault server '{server.Pod}' to be unsealed", limit, Interval, Advice);
        await UntilAsync(goal, token => UnsealOnceAsync(server, material, token), cancellationToken);
        progress.Note(Phase, $"'{server.Pod}' unsealed");
    }

    private static async Task<Sighting<SealStatus>> UnsealOnceAsync(ServerConnection server, UnsealMaterial material, CancellationToken cancellationToken)
    {
        var status = await server.Api.SealStatusAsync(cancellationToken);
        foreach (var key in material.AutoUnseal || !status.Sealed ? [] : material.Keys)
        {
            status = await server.Api.UnsealAsync(key, cancellationToken);
        }

        return status.Sealed ? new Sighting<SealStatus>.NotYet("it is still sealed") : new Sighting<SealStatus>.Reached(status);
    }

    // A server that starts, elects a leader or is restarted answers with 5xx or not at all for a moment; a refusal stays one.
    private Task<T> UntilAsync<T>(WaitGoal goal, Func<CancellationToken, Task<Sighting<T>>> look, CancellationToken cancellationToken) => wait.UntilAsync(
        goal,
        async token =>
        {
            try
            {
                return await look(token);
            }
            catch (VaultApiException exception) when (exception.StatusCode is null or >= 500)
            {
                return new Sighting<T>.NotYet(exception.Message.TrimEnd('.'));
            }
        },
        cancellationToken);

    private Task<SealStatus> AnswersAsync(ServerConnection server, CancellationToken cancellationToken) => UntilAsync<SealStatus>(
        new WaitGoal($"Vault server '{server.Pod}' to answer", limit, Interval, Advice),
        async token => new Sighting<SealStatus>.Reached(await server.Api.SealStatusAsync(token)),
        cancellationToken);

    private Task<ServerHealth> ActiveAsync(ServerConnection server, CancellationToken cancellationToken) => UntilAsync<ServerHealth>(
        new WaitGoal($"Vault server '{server.Pod}' to become active", limit, Interval, Advice),
        async token =>
        {
            var health = await server.Api.HealthAsync(token);
            return health.Active ? new Sighting<ServerHealth>.Reached(health) : new Sighting<ServerHealth>.NotYet($"it says {health}");
        },
        cancellationToken);

    // The first failure ends the other waits: they could only make its message late.
    private async Task FollowAllAsync(
        IReadOnlyList<ServerConnection> followers, ServerConnection leader, RaftJoin? join, UnsealMaterial material, CancellationToken cancellationToken)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(followers.Select(async server =>
        {
            try
            {
                await FollowAsync(server, leader, join, material, all.Token);
            }
            catch (HarnessException)
            {
                await all.CancelAsync();
                throw;
            }
        }));
    }

    private async Task FollowAsync(ServerConnection server, ServerConnection leader, RaftJoin? join, UnsealMaterial material, CancellationToken cancellationToken)
    {
        var status = await AnswersAsync(server, cancellationToken);
        if (!status.Initialized && join is not null)
        {
            await JoinAsync(server, leader, join, cancellationToken);
        }

        await UntilAsync<string>(
            new WaitGoal($"Vault server '{server.Pod}' to know the cluster it joins", limit, Interval, Advice),
            async token => (await server.Api.SealStatusAsync(token)).Initialized
                ? new Sighting<string>.Reached("joined")
                : new Sighting<string>.NotYet("it is not initialised"),
            cancellationToken);
        await UnsealAsync(server, material, cancellationToken);
    }

    private async Task JoinAsync(ServerConnection server, ServerConnection leader, RaftJoin join, CancellationToken cancellationToken)
    {
        await UntilAsync<string>(
            new WaitGoal($"Vault server '{server.Pod}' to join '{leader.Pod}'", limit, Interval, Advice),
            async token =>
            {
                await server.Api.JoinRaftAsync(leader.Address.ToString(), join.LeaderCaPem, token);
                return new Sighting<string>.Reached("asked");
            },
            cancellationToken);
        progress.Note(Phase, $"'{server.Pod}' asked to join '{leader.Pod}' (its configuration has no retry_join)");
    }

    private async Task<SecretText> AuditorAsync(ServerConnection server, SecretText root, CancellationToken cancellationToken)
    {
        await server.Api.WritePolicyAsync(root, AuditorPolicy.Name, AuditorPolicy.Text, cancellationToken);
        var auditor = await server.Api.CreateOrphanTokenAsync(root, AuditorPolicy.Name, AuditorPolicy.TimeToLive, cancellationToken);
        redactor.Register(auditor);
        progress.Note(Phase, FormattableString.Invariant($"auditor token made (TTL {AuditorPolicy.TimeToLive.TotalMinutes:0} min)"));
        return auditor;
    }

    // Its root token is the user's, not ours, and stays as it is.
    private async Task<BootstrapResult> TakeOverAsync(ServerConnection server, SecretText root, CancellationToken cancellationToken)
    {
        redactor.Register(root);
        progress.Notice(Phase, $"'{server.Pod}' runs in development mode: it keeps everything in memory, and its root token stands in its environment.");
        return new BootstrapResult(new UnsealMaterial([], root, AutoUnseal: true), await AuditorAsync(server, root, cancellationToken));
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

/// <summary>How followers join when their configuration does not tell them.</summary>
/// <param name="LeaderCaPem">CA that signs the leader's certificate; null without TLS.</param>
internal sealed record RaftJoin(string? LeaderCaPem);

/// <summary>What a bootstrap left. Lives in memory only.</summary>
/// <param name="Material">Unseal keys; the root token in it is revoked.</param>
/// <param name="Auditor">Scoped short-lived token.</param>
internal sealed record BootstrapResult(UnsealMaterial Material, SecretText Auditor);
