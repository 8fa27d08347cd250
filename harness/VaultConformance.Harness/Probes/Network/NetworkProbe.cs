using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Network.Reach;

namespace VaultConformance.Harness.Probes.Network;

/// <summary>
/// Tries who reaches the servers over the pod network, and whom they reach (controls NET-1 and NET-2). Beside every connection that
/// policies should keep out it tries others that show that the connection would have worked.
/// </summary>
/// <param name="context">The live system.</param>
/// <param name="reach">The run's own pods.</param>
internal sealed class NetworkProbe(ProbeContext context, ReachServices reach) : IProbe<NetworkFacts>
{
    private const int NearPort = 18200;

    /// <inheritdoc />
    public ObservationKind<NetworkFacts> Kind => ObservationKinds.Network;

    /// <inheritdoc />
    public async Task<NetworkFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken);
        var near = OpenAsync(NetworkPlaces.Near, reach.Near, [NearPort], cancellationToken);
        var far = OpenAsync(NetworkPlaces.Far, reach.Far, plan.CanaryPorts, cancellationToken);
        var (here, there) = (await near, await far);
        var servers = plan.Servers.Select(server => TryAsync(
            Subjects.FromPod(server.Metadata.Name), Open(server), plan.ListFromServer(server, there), cancellationToken));
        var first = await Task.WhenAll(
            [
                .. servers,
                TryAsync(NetworkPlaces.Near, here, [.. plan.ListServers(), .. ReachPlan.Common], cancellationToken),
                TryAsync(NetworkPlaces.Far, there, [.. plan.ListServers(), plan.Near(here), .. ReachPlan.Common], cancellationToken),
            ]);
        // After the servers' own attempts: whoever reaches a listener now was the first.
        var canary = TryAsync(NetworkPlaces.Near, here, plan.ListCanaries(there), cancellationToken);
        var again = TryAsync(NetworkPlaces.Far, there, ListMissed(first[^1], plan), cancellationToken);
        return new NetworkFacts([.. first[..^1].SelectMany(list => list), .. Merge(first[^1], await again), .. await canary]);
    }

    private async Task<ReachPlan> PlanAsync(CancellationToken cancellationToken)
    {
        var objects = await context.ObserveObjectsAsync(cancellationToken);
        List<V1Pod> servers = [.. objects.ServerPods.Where(pod => pod.Status?.PodIP is { Length: > 0 })];
        var listening = new Dictionary<string, IReadOnlyList<int>>(StringComparer.Ordinal);
        foreach (var name in servers.Where(server => server.Spec.HostNetwork != true).Select(server => server.Metadata.Name))
        {
            var sockets = await context.Source().ObserveAsync(ObservationKinds.Sockets, Subjects.FromPod(name), cancellationToken);
            listening[name] =
                [.. (sockets.Value?.Sockets ?? []).Where(socket => !socket.LoopbackOnly).Select(socket => socket.Port).Distinct()];
        }

        return new ReachPlan(servers, listening, NearPort);
    }

    private ReachEnd Open(V1Pod server) => ReachEnd.Of(
        new ReachPod(
            new PodContainer(context.Namespace, server.Metadata.Name, new ServerPod(context.Source(), server).Container.Name),
            server.Status.PodIP));

    private async Task<ReachEnd> OpenAsync(
        string place, Func<CancellationToken, Task<ReachPod>> open, IReadOnlyList<int> ports, CancellationToken cancellationToken)
    {
        try
        {
            var pod = await open(cancellationToken);
            var script = ExecRequest.FromScript(pod.Container, ReachScript.WriteListeners(ports));
            var result = await context.Executor.ExecuteAsync(script, cancellationToken);
            return new ReachEnd(pod, null, result.ExitCode switch
            {
                0 => null,
                ReachScript.NoClient => $"the image of the pod in the {place} has no 'nc' to listen with",
                var code => $"the pod in the {place} could not listen (exit code {code})",
            });
        }
        catch (HarnessException exception)
        {
            var problem = exception.Message.TrimEnd('.');
            return new ReachEnd(null, problem, problem);
        }
    }

    private async Task<IReadOnlyList<ConnectionAttempt>> TryAsync(
        string place, ReachEnd from, IReadOnlyList<ReachTarget> targets, CancellationToken cancellationToken)
    {
        var possible = from.Pod is null ? [] : targets.Where(target => target.Problem is null).ToList();
        var (seen, problem) = await CarryOutAsync(from, possible, cancellationToken);
        return
        [
            .. targets.Select(target => possible.IndexOf(target) is >= 0 and var at
                ? new ConnectionAttempt(place, target.Place, target.Port, seen[at], seen[at] is null ? problem : null)
                : new ConnectionAttempt(place, target.Place, target.Port, null, from.Problem ?? target.Problem)),
        ];
    }

    private async Task<(IReadOnlyList<bool?> Seen, string Problem)> CarryOutAsync(
        ReachEnd from, List<ReachTarget> targets, CancellationToken cancellationToken)
    {
        const string Silent = "the attempt printed nothing";
        if (targets.Count == 0 || from.Pod is not { } pod)
        {
            return ([], Silent);
        }

        try
        {
            var script = ExecRequest.FromScript(pod.Container, ReachScript.WriteAttempts(targets));
            var result = await context.Executor.ExecuteAsync(script, cancellationToken);
            return result.ExitCode == ReachScript.NoClient
                ? (new bool?[targets.Count], "the image has neither 'nc' nor bash with 'timeout' to connect with")
                : (ReachScript.ReadAttempts(result.Output, targets.Count), Silent);
        }
        catch (PodExecException exception)
        {
            return (new bool?[targets.Count], exception.Message.TrimEnd('.'));
        }
    }

    // A busy machine loses a packet; a policy refuses it every time.
    private static List<ReachTarget> ListMissed(IReadOnlyList<ConnectionAttempt> attempts, ReachPlan plan) =>
    [
        .. plan.ListServers().Where(target => attempts.Any(attempt =>
            attempt.To == target.Place && attempt.Port == target.Port && attempt.Connected == false)),
    ];

    private static IEnumerable<ConnectionAttempt> Merge(
        IReadOnlyList<ConnectionAttempt> first, IReadOnlyList<ConnectionAttempt> again) =>
        first.Select(
            attempt => again.FirstOrDefault(other => other.To == attempt.To && other.Port == attempt.Port && other.Connected == true)
                ?? attempt);
}
