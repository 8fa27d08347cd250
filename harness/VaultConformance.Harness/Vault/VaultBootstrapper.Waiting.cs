using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Vault;

/// <summary>The waits of a bootstrap.</summary>
internal sealed partial class VaultBootstrapper
{
    /// <summary>A goal with the limit, interval and advice of a bootstrap.</summary>
    internal WaitGoal CreateGoal(string description) => new(description, limit, Interval, Advice);

    /// <summary>
    /// Waits through what a server that starts, elects a leader or is restarted answers for a moment: 5xx or nothing. A refusal stays one.
    /// </summary>
    internal Task<T> WaitUntilAsync<T>(
        WaitGoal goal, Func<CancellationToken, Task<Sighting<T>>> look, CancellationToken cancellationToken) => wait.UntilAsync(
        goal,
        async token =>
        {
            try
            {
                return await look(token);
            }
            catch (VaultApiException exception) when (exception.StatusCode is null or >= 500)
            {
                // A server that has ended will not answer, however long it is waited for.
                return exception.StatusCode is null && crash is not null && await crash(token) is { } reason
                    ? new Sighting<T>.Hopeless(reason)
                    : new Sighting<T>.NotYet(exception.Message.TrimEnd('.'));
            }
        },
        cancellationToken);

    /// <summary>Waits until a server answers.</summary>
    internal Task<SealStatus> AnswersAsync(ServerConnection server, CancellationToken cancellationToken) => WaitUntilAsync<SealStatus>(
        CreateGoal($"Vault server '{server.Pod}' to answer"),
        async token => new Sighting<SealStatus>.Reached(await server.Api.SealStatusAsync(token)),
        cancellationToken);

    private Task<ServerHealth> WaitUntilActiveAsync(ServerConnection server, CancellationToken cancellationToken) =>
        WaitUntilAsync<ServerHealth>(
            CreateGoal($"Vault server '{server.Pod}' to become active"),
            async token =>
            {
                var health = await server.Api.ReadHealthAsync(token);
                return health.Active ? new Sighting<ServerHealth>.Reached(health) : new Sighting<ServerHealth>.NotYet($"it says {health}");
            },
            cancellationToken);
}
