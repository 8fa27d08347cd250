using VaultConformance.Harness.Progress;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Vault;

/// <summary>Takes freshly installed servers to "unsealed, with a scoped auditor and no root token".</summary>
/// <param name="wait">Waits.</param>
/// <param name="limit">Longest wait of each step.</param>
/// <param name="progress">Where to report.</param>
internal sealed class VaultBootstrapper(Wait wait, TimeSpan limit, IRunProgress progress)
{
    private const string Phase = "bootstrap";
    private const int KeyShares = 1;
    private const int KeyThreshold = 1;
    private const string Advice = "See the server logs in the diagnostics folder.";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    /// <summary>Initialises the first server, unseals it, and joins and unseals the others.</summary>
    /// <param name="servers">All servers, first the one that the others join.</param>
    /// <param name="join">How followers come to the leader; null when the servers are told by their configuration.</param>
    /// <param name="cancellationToken">Ends the bootstrap.</param>
    /// <exception cref="HarnessException">A step failed.</exception>
    internal async Task<BootstrapResult> RunAsync(IReadOnlyList<ServerConnection> servers, RaftJoin? join, CancellationToken cancellationToken)
    {
        var first = servers[0];
        var status = await AnswersAsync(first, cancellationToken);
        if (status.Initialized)
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"Vault server '{first.Pod}' is initialised already, so its storage was used before. Remove the old volumes, or use another namespace with --namespace.");
        }

        var autoUnseal = status.SealType is not ("shamir" or "");
        var material = await first.Api.InitializeAsync(KeyShares, KeyThreshold, autoUnseal, cancellationToken);
        progress.Note(Phase, $"'{first.Pod}' initialised ({(autoUnseal ? $"auto-unseal by {status.SealType}" : "Shamir seal")})");
        await UnsealAsync(first, material, cancellationToken);
        await ActiveAsync(first, cancellationToken);
        await Task.WhenAll(servers.Skip(1).Select(server => FollowAsync(server, first, join, material, cancellationToken)));
        return new BootstrapResult(material, await AuditorAsync(first, material.RootToken, cancellationToken));
    }

    /// <summary>Unseals a server that came back, for example after its pod was deleted.</summary>
    /// <exception cref="HarnessException">It does not answer or does not unseal.</exception>
    internal async Task UnsealAsync(ServerConnection server, UnsealMaterial material, CancellationToken cancellationToken)
    {
        var goal = new WaitGoal($"Vault server '{server.Pod}' to be unsealed", limit, Interval, Advice);
        await wait.UntilAsync(goal, token => UnsealOnceAsync(server, material, token), cancellationToken);
        progress.Note(Phase, $"'{server.Pod}' unsealed");
    }

    private static async Task<Sighting<SealStatus>> UnsealOnceAsync(ServerConnection server, UnsealMaterial material, CancellationToken cancellationToken)
    {
        try
        {
            var status = await server.Api.SealStatusAsync(cancellationToken);
            foreach (var key in material.AutoUnseal || !status.Sealed ? [] : material.Keys)
            {
                status = await server.Api.UnsealAsync(key, cancellationToken);
            }

            return status.Sealed ? new Sighting<SealStatus>.NotYet("it is still sealed") : new Sighting<SealStatus>.Reached(status);
        }
        catch (VaultApiException exception) when (exception.StatusCode is null or >= 500)
        {
            return new Sighting<SealStatus>.NotYet(exception.Message);
        }
    }

    private Task<SealStatus> AnswersAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        var goal = new WaitGoal($"Vault server '{server.Pod}' to answer", limit, Interval, Advice);
        return wait.UntilAsync<SealStatus>(
            goal,
            async token =>
            {
                try
                {
                    return new Sighting<SealStatus>.Reached(await server.Api.SealStatusAsync(token));
                }
                catch (VaultApiException exception) when (exception.StatusCode is null or >= 500)
                {
                    return new Sighting<SealStatus>.NotYet(exception.Message);
                }
            },
            cancellationToken);
    }

    private Task<ServerHealth> ActiveAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        var goal = new WaitGoal($"Vault server '{server.Pod}' to become active", limit, Interval, Advice);
        return wait.UntilAsync<ServerHealth>(
            goal,
            async token =>
            {
                var health = await server.Api.HealthAsync(token);
                return health.Active ? new Sighting<ServerHealth>.Reached(health) : new Sighting<ServerHealth>.NotYet($"it says {health}");
            },
            cancellationToken);
    }

    private async Task FollowAsync(ServerConnection server, ServerConnection leader, RaftJoin? join, UnsealMaterial material, CancellationToken cancellationToken)
    {
        var status = await AnswersAsync(server, cancellationToken);
        if (!status.Initialized && join is not null)
        {
            await server.Api.JoinRaftAsync(leader.Address.ToString(), join.LeaderCaPem, cancellationToken);
            progress.Note(Phase, $"'{server.Pod}' asked to join '{leader.Pod}' (its configuration has no retry_join)");
        }

        var goal = new WaitGoal($"Vault server '{server.Pod}' to know the cluster it joins", limit, Interval, Advice);
        await wait.UntilAsync<string>(
            goal,
            async token => (await server.Api.SealStatusAsync(token)).Initialized
                ? new Sighting<string>.Reached("joined")
                : new Sighting<string>.NotYet("it is not initialised"),
            cancellationToken);
        await UnsealAsync(server, material, cancellationToken);
    }

    private async Task<SecretText> AuditorAsync(ServerConnection server, SecretText root, CancellationToken cancellationToken)
    {
        await server.Api.WritePolicyAsync(root, AuditorPolicy.Name, AuditorPolicy.Text, cancellationToken);
        var auditor = await server.Api.CreateOrphanTokenAsync(root, AuditorPolicy.Name, AuditorPolicy.TimeToLive, cancellationToken);
        await server.Api.RevokeSelfAsync(root, cancellationToken);
        progress.Note(Phase, FormattableString.Invariant($"auditor token made (TTL {AuditorPolicy.TimeToLive.TotalMinutes:0} min), root token revoked"));
        return auditor;
    }
}

/// <summary>How followers join when their configuration does not tell them.</summary>
/// <param name="LeaderCaPem">CA that signs the leader's certificate; null without TLS.</param>
internal sealed record RaftJoin(string? LeaderCaPem);

/// <summary>What a bootstrap left. Lives in memory only.</summary>
/// <param name="Material">Unseal keys; the root token in it is revoked.</param>
/// <param name="Auditor">Scoped short-lived token.</param>
internal sealed record BootstrapResult(UnsealMaterial Material, SecretText Auditor);
