using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Products;
using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Probes.Disruptive;

/// <summary>What disruptive probes share: choosing a pod, running scripts in it, bringing a server back.</summary>
/// <param name="context">The live system.</param>
/// <param name="watcher">Lists and awaits server pods.</param>
/// <param name="servers">Opens API clients and unseals.</param>
internal sealed class ServerControl(ProbeContext context, ServerPodsWatcher watcher, ServerRecovery servers)
{
    /// <summary>Client for the API server.</summary>
    internal IKubernetes Client => context.Client;

    /// <summary>Namespace of the release.</summary>
    internal string Namespace => context.Namespace;

    internal string RunId => context.RunId;

    /// <summary>A pod that is not the active server where there is a choice.</summary>
    /// <exception cref="HarnessException">There is no server pod.</exception>
    internal async Task<(V1Pod Pod, bool Active)> ChooseAsync(CancellationToken cancellationToken)
    {
        var pods = await watcher.ListAsync(cancellationToken);
        foreach (var pod in pods.Reverse())
        {
            if (!await servers.IsActiveAsync(pod.Metadata.Name, cancellationToken))
            {
                return (pod, false);
            }
        }

        return pods.Count > 0
            ? (pods[^1], true)
            : throw new HarnessException(FailureKind.Environment, "The release has no server pod to disrupt. See the diagnostics.");
    }

    /// <summary>Runs a script in the server container.</summary>
    internal Task<ExecResult> RunScriptAsync(string pod, string container, string script, CancellationToken cancellationToken) =>
        context.Executor.ExecuteAsync(
            ExecRequest.FromScript(new PodContainer(context.Namespace, pod, container), script), cancellationToken);

    /// <summary>Waits until the pod runs again and unseals its server.</summary>
    /// <exception cref="HarnessException">It does not come back.</exception>
    internal Task RecoverAsync(string pod, CancellationToken cancellationToken) => servers.RecoverAsync(pod, cancellationToken);

    /// <summary>The active server's pod, if it can be spared: the others keep a quorum without it.</summary>
    /// <returns>The pod, or null and why it has to be spared.</returns>
    internal async Task<(V1Pod? Pod, string? Reason)> ChooseActiveAsync(CancellationToken cancellationToken)
    {
        var pods = await watcher.ListAsync(cancellationToken);
        var states = new List<(V1Pod Pod, ServerSight Sight)>();
        foreach (var pod in pods)
        {
            states.Add((pod, await servers.LookAtAsync(pod.Metadata.Name, cancellationToken)));
        }

        var active = states.Where(state => state.Sight.Active).Select(state => state.Pod).ToList();
        return active is [var leader]
            ? FailoverQuorum.ExplainSpared([.. states.Select(state => state.Sight)]) is { } reason ? (null, reason) : (leader, null)
            : (null, FormattableString.Invariant(
                $"the active server was not deleted, because {active.Count} servers say that they are active"));
    }

    /// <summary>Waits until another server than the given one is active.</summary>
    /// <param name="pod">The other one.</param>
    /// <param name="looking">Told before each look.</param>
    /// <param name="inVain">Told after a look in which every other server said that it is not active.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its pod, or null when there is no other or none became active in time.</returns>
    internal Task<string?> FindOtherActiveAsync(string pod, Action looking, Action inVain, CancellationToken cancellationToken) =>
        servers.FindOtherActiveAsync(pod, looking, inVain, cancellationToken);

    /// <summary>Status of the server container.</summary>
    internal static V1ContainerStatus? FindStatus(V1Pod pod) =>
        pod.Status?.ContainerStatuses?.FirstOrDefault(status => status.Name == ServerProduct.FindServerContainer(pod).Name);
}
