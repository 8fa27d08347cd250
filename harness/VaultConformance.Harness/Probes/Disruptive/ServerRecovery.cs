using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Vault;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>Asks servers for their state and brings them back after a disruption.</summary>
/// <param name="connections">Opens API clients.</param>
/// <param name="port">API port.</param>
/// <param name="bootstrapper">Unseals.</param>
/// <param name="material">Unseal keys.</param>
/// <param name="watcher">Lists server pods.</param>
/// <param name="wait">Waits.</param>
/// <param name="limits">How long to wait for a server to come back, and for another to become active.</param>
internal sealed class ServerRecovery(
    ServerConnections connections,
    int port,
    VaultBootstrapper bootstrapper,
    UnsealMaterial material,
    ServerPodsWatcher watcher,
    Wait wait,
    StepLimits limits)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>True when the server answers as the active one.</summary>
    internal async Task<bool> IsActiveAsync(string pod, CancellationToken cancellationToken)
    {
        using var server = await connections.OpenAsync(pod, port, cancellationToken);
        return (await server.Api.ReadHealthAsync(cancellationToken)).Active;
    }

    /// <summary>What the server says of itself.</summary>
    internal async Task<ServerSight> LookAtAsync(string pod, CancellationToken cancellationToken)
    {
        using var server = await connections.OpenAsync(pod, port, cancellationToken);
        var seal = await server.Api.SealStatusAsync(cancellationToken);
        return new ServerSight((await server.Api.ReadHealthAsync(cancellationToken)).Active, seal.Sealed, seal.StorageType);
    }

    /// <summary>Waits until the pod runs, then unseals its server.</summary>
    internal async Task RecoverAsync(string pod, CancellationToken cancellationToken)
    {
        var goal = new WaitGoal($"pod '{pod}' to come back", limits.Step, Interval, "See the diagnostics folder.")
        {
            GrowsWithTimeout = true,
        };
        await wait.UntilAsync(goal, token => RunsAgainAsync(pod, token), cancellationToken);
        var unsealGoal =
            new WaitGoal($"Vault server '{pod}' to be unsealed again", limits.Step, Interval, "See its log in the diagnostics folder.")
            {
                GrowsWithTimeout = true,
            };
        await wait.UntilAsync(unsealGoal, token => UnsealAsync(pod, token), cancellationToken);
    }

    /// <summary>Waits until another server than the given one is active.</summary>
    internal async Task<string?> FindOtherActiveAsync(string pod, Action looking, Action inVain, CancellationToken cancellationToken)
    {
        var goal = new WaitGoal("another server to become active", limits.Server, Interval, "No other did, which is the observation.");
        try
        {
            return await wait.UntilAsync(goal, token => LookForActiveAsync(pod, looking, inVain, token), cancellationToken);
        }
        catch (WaitFailedException)
        {
            return null;
        }
    }

    private async Task<Sighting<string>> RunsAgainAsync(string name, CancellationToken cancellationToken)
    {
        var pod = (await watcher.ListAsync(cancellationToken)).FirstOrDefault(candidate => candidate.Metadata.Name == name);
        if (pod is not null && PodStartup.Runs(pod))
        {
            return new Sighting<string>.Reached(name);
        }

        return pod is not null && PodStartup.FindHopelessReason(pod) is { } reason && pod.Metadata.DeletionTimestamp is null
            ? new Sighting<string>.Hopeless(reason)
            : new Sighting<string>.NotYet(pod is null ? "the pod does not exist" : $"the pod is {pod.Status.Phase}");
    }

    private async Task<Sighting<string>> UnsealAsync(string pod, CancellationToken cancellationToken)
    {
        try
        {
            using var server = await connections.OpenAsync(pod, port, cancellationToken);
            await bootstrapper.UnsealAsync(server, material, cancellationToken);
            return new Sighting<string>.Reached(pod);
        }
        catch (HarnessException exception) when (exception is not WaitFailedException)
        {
            return new Sighting<string>.NotYet(exception.Message);
        }
    }

    private async Task<Sighting<string>> LookForActiveAsync(
        string except, Action looking, Action inVain, CancellationToken cancellationToken)
    {
        looking();
        var others =
            (await watcher.ListAsync(cancellationToken)).Where(pod => pod.Metadata.Name != except && PodStartup.Runs(pod)).ToList();
        if (others.Count == 0)
        {
            return new Sighting<string>.Hopeless("there is no other server");
        }

        foreach (var pod in others)
        {
            try
            {
                if (await IsActiveAsync(pod.Metadata.Name, cancellationToken))
                {
                    return new Sighting<string>.Reached(pod.Metadata.Name);
                }
            }
            catch (HarnessException exception)
            {
                return new Sighting<string>.NotYet(exception.Message);
            }
        }

        inVain();
        return new Sighting<string>.NotYet("no server is active");
    }
}

/// <summary>What a server says of itself.</summary>
/// <param name="Active">Active.</param>
/// <param name="Sealed">Sealed.</param>
/// <param name="StorageType">For example <c>raft</c>; empty on servers that do not tell.</param>
internal sealed record ServerSight(bool Active, bool Sealed, string StorageType);
