using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Vault;

/// <summary>Takes the other servers of a raft cluster to "joined and unsealed".</summary>
/// <param name="bootstrapper">Waits and unseals.</param>
/// <param name="leader">The server that they join.</param>
/// <param name="join">How they come to the leader; null when they are told by their configuration.</param>
/// <param name="material">Unseal keys.</param>
internal sealed class RaftFollowers(VaultBootstrapper bootstrapper, ServerConnection leader, RaftJoin? join, UnsealMaterial material)
{
    /// <summary>
    /// Joins and unseals them side by side. The first failure ends the other waits: they could only make its message late.
    /// </summary>
    /// <param name="followers">All servers but the leader.</param>
    /// <param name="cancellationToken">Ends the waits.</param>
    /// <exception cref="HarnessException">One did not join or does not unseal.</exception>
    public async Task JoinAllAsync(IReadOnlyList<ServerConnection> followers, CancellationToken cancellationToken)
    {
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(followers.Select(async server =>
        {
            try
            {
                await FollowAsync(server, all.Token);
            }
            catch (HarnessException)
            {
                await all.CancelAsync();
                throw;
            }
        }));
    }

    private async Task FollowAsync(ServerConnection server, CancellationToken cancellationToken)
    {
        var status = await bootstrapper.AnswersAsync(server, cancellationToken);
        if (!status.Initialized && join is not null)
        {
            await JoinAsync(server, join, cancellationToken);
        }

        await bootstrapper.WaitUntilAsync<string>(
            bootstrapper.CreateGoal($"Vault server '{server.Pod}' to know the cluster it joins"),
            async token => (await server.Api.SealStatusAsync(token)).Initialized
                ? new Sighting<string>.Reached("joined")
                : new Sighting<string>.NotYet("it is not initialised"),
            cancellationToken);
        await bootstrapper.UnsealAsync(server, material, cancellationToken);
    }

    private async Task JoinAsync(ServerConnection server, RaftJoin how, CancellationToken cancellationToken)
    {
        await bootstrapper.WaitUntilAsync<string>(
            bootstrapper.CreateGoal($"Vault server '{server.Pod}' to join '{leader.Pod}'"),
            async token =>
            {
                await server.Api.JoinRaftAsync(leader.Address.ToString(), how.LeaderCaPem, token);
                return new Sighting<string>.Reached("asked");
            },
            cancellationToken);
        bootstrapper.Note($"'{server.Pod}' asked to join '{leader.Pod}' (its configuration has no retry_join)");
    }
}

/// <summary>How followers join when their configuration does not tell them.</summary>
/// <param name="LeaderCaPem">CA that signs the leader's certificate; null without TLS.</param>
internal sealed record RaftJoin(string? LeaderCaPem);
