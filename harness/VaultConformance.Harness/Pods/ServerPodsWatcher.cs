using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Waiting;
using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Pods;

/// <summary>Waits for the server pods of a release.</summary>
/// <param name="client">Client for the API server.</param>
/// <param name="releaseNamespace">Namespace of the release.</param>
/// <param name="wait">Waits.</param>
/// <param name="limit">Longest wait.</param>
/// <param name="timeProvider">Clock.</param>
/// <param name="redact">Removes secrets from log lines.</param>
internal sealed class ServerPodsWatcher(
    IKubernetes client, string releaseNamespace, Wait wait, TimeSpan limit, TimeProvider timeProvider, Func<string, string> redact)
{
    /// <summary>Label selector of server pods in the official chart.</summary>
    internal const string Selector = "component=server";

    private const int LogLines = 8;
    private const int RefusedAttempts = 8;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Waits until the server containers of all replicas run.</summary>
    /// <exception cref="WaitFailedException">They do not, or cannot.</exception>
    internal Task<IReadOnlyList<V1Pod>> WaitUntilRunningAsync(int replicas, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var goal = new WaitGoal(
            FormattableString.Invariant($"{replicas} Vault server pod(s) to run"),
            limit,
            Interval,
            "See the diagnostics folder; correct the values, the image or the cluster.") { GrowsWithTimeout = true };
        return wait.UntilAsync(goal, token => LookPatientlyAsync(() => LookAsync(replicas, started, token)), cancellationToken);
    }

    /// <summary>
    /// Waits until the servers are ready, so that Services have endpoints. Servers that never become ready are an observation, not a
    /// failure of the run.
    /// </summary>
    /// <returns>True when all became ready in time.</returns>
    internal async Task<bool> WaitUntilReadyAsync(int replicas, CancellationToken cancellationToken)
    {
        var goal =
            new WaitGoal("the servers to be ready for clients", new StepLimits(limit).Server, Interval, "They are judged as they are.");
        try
        {
            return await wait.UntilAsync<bool>(
                goal,
                token => LookPatientlyAsync<bool>(
                    async () => (await ListAsync(token)).Count(PodStartup.IsReady) >= replicas
                        ? new Sighting<bool>.Reached(true)
                        : await CrashAsync(token) is { } crash
                            ? new Sighting<bool>.Hopeless(crash)
                            : new Sighting<bool>.NotYet("some are not")),
                cancellationToken);
        }
        catch (WaitFailedException exception) when (exception.TimedOut)
        {
            return false;
        }
    }

    /// <summary>
    /// Why the servers cannot come up any more, with the last lines of the log; null while they may. For waits for what a server says.
    /// </summary>
    internal async Task<string?> CrashAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pods = await ListAsync(cancellationToken);
            return pods.Select(PodStartup.FindHopelessReason).FirstOrDefault(reason => reason is not null) is { } reason
                ? reason + await ReadLastLinesAsync(pods, cancellationToken)
                : null;
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            // The wait goes on, and its own limit ends it.
            return null;
        }
    }

    /// <summary>The server pods as they are now, by name.</summary>
    internal async Task<IReadOnlyList<V1Pod>> ListAsync(CancellationToken cancellationToken)
    {
        var pods =
            await client.CoreV1.ListNamespacedPodAsync(releaseNamespace, labelSelector: Selector, cancellationToken: cancellationToken);
        return [.. pods.Items.OrderBy(pod => pod.Metadata.Name, StringComparer.Ordinal)];
    }

    // An API server that fails once may answer at the next look; one that refuses will refuse for ever.
    private async Task<Sighting<T>> LookPatientlyAsync<T>(Func<Task<Sighting<T>>> look)
    {
        try
        {
            return await look();
        }
        catch (Exception exception) when (ApiFailure.IsRefusal(exception))
        {
            throw new HarnessException(
                FailureKind.Environment,
                $"Listing the server pods in namespace '{releaseNamespace}' is not allowed: {ApiFailure.DescribeReason(exception)}. Grant "
                    + "the credentials 'list' on 'pods', or choose others with --context.",
                exception);
        }
        catch (Exception exception) when (ApiFailure.Is(exception))
        {
            return new Sighting<T>.NotYet($"the API server does not tell: {ApiFailure.DescribeReason(exception)}");
        }
    }

    private async Task<Sighting<IReadOnlyList<V1Pod>>> LookAsync(int replicas, long started, CancellationToken cancellationToken)
    {
        var pods = await ListAsync(cancellationToken);
        var events = pods.Count < replicas || !pods.All(PodStartup.Runs) ? await ReadEventsAsync(cancellationToken) : [];
        var sighting = PodStartup.Judge(pods, replicas, events);
        if (sighting is Sighting<IReadOnlyList<V1Pod>>.Hopeless hopeless)
        {
            return new Sighting<IReadOnlyList<V1Pod>>.Hopeless(hopeless.Reason + await ReadLastLinesAsync(pods, cancellationToken));
        }

        return FindLastingProblem(pods, replicas, events, timeProvider.GetElapsedTime(started)) is { } reason
            ? new Sighting<IReadOnlyList<V1Pod>>.Hopeless(reason)
            : sighting;
    }

    // What may pass in a moment, because another controller is about to do something, and does not.
    private string? FindLastingProblem(IReadOnlyList<V1Pod> pods, int replicas, IReadOnlyList<Corev1Event> events, TimeSpan waited) =>
        (waited > limit / 36 ? PodStartup.FindUnmountableVolume(pods, events) : null)
        ?? (pods.Count < replicas ? PodStartup.FindMissingServiceAccount(events, waited > limit / 3 ? 1 : RefusedAttempts) : null)
        ?? (waited > limit / 9 ? FindUnschedulable(pods) : null);

    // Without the right to read events a refused pod is only told by the limit.
    private async Task<IReadOnlyList<Corev1Event>> ReadEventsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return [.. (await client.CoreV1.ListNamespacedEventAsync(releaseNamespace, cancellationToken: cancellationToken)).Items];
        }
        catch (Exception exception) when (ApiFailure.IsRefusal(exception))
        {
            return [];
        }
    }

    private static string? FindUnschedulable(IReadOnlyList<V1Pod> pods) =>
        pods.SelectMany(pod => (pod.Status.Conditions ?? [])
                .Where(condition => condition is { Type: "PodScheduled", Status: "False", Reason: "Unschedulable" })
                .Select(
                    condition => $"pod '{pod.Metadata.Name}' cannot be scheduled (FailedScheduling): "
                        + $"{MissingThing.WithRemedy(condition.Message?.TrimEnd('.') ?? "no message")}"))
            .FirstOrDefault();

    private async Task<string> ReadLastLinesAsync(IReadOnlyList<V1Pod> pods, CancellationToken cancellationToken)
    {
        var broken = pods.FirstOrDefault(pod => PodStartup.FindHopelessReason(pod) is not null);
        var container = (broken?.Status.InitContainerStatuses ?? []).Concat(broken?.Status.ContainerStatuses ?? [])
            .FirstOrDefault(
                status => status.State?.Running is null && (status.RestartCount > 0 || status.State?.Terminated is { ExitCode: not 0 }));
        if (broken is null || container is null)
        {
            return string.Empty;
        }

        try
        {
            await using var log = await client.CoreV1.ReadNamespacedPodLogAsync(
                broken.Metadata.Name,
                releaseNamespace,
                container.Name,
                previous: container.RestartCount > 0,
                tailLines: LogLines,
                cancellationToken: cancellationToken);
            using var reader = new StreamReader(log);
            var text = (await reader.ReadToEndAsync(cancellationToken)).Trim();
            return text.Length == 0 ? string.Empty : $"; last log lines: {redact(text).ReplaceLineEndings(" | ").TrimEnd('.')}";
        }
        catch (Exception exception) when (ApiFailure.Is(exception) || exception is IOException)
        {
            return $"; its log could not be read: {ApiFailure.DescribeReason(exception)}";
        }
    }
}
