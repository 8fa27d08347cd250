using System.Globalization;
using System.Text.Json;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Waiting;
using k8s;
using k8s.Models;

namespace VaultConformance.Harness.Diagnostics;

/// <summary>
/// Writes a folder from which a failure can be understood after the cluster is gone: events, pods described, logs of all containers (also
/// of the run before), objects, Helm history, node conditions. Everything is redacted. Collecting never throws: what could not be collected
/// is noted in the folder, so that it never hides the failure that it is about.
/// </summary>
/// <param name="client">Client for the cluster; not owned.</param>
/// <param name="redactor">Takes secrets out of everything.</param>
/// <param name="timeProvider">Clock and timers.</param>
internal sealed class DiagnosticsBundle(IKubernetes client, SecretRedactor redactor, TimeProvider timeProvider)
{
    /// <summary>Longest time that collecting takes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static readonly LogOptions LogTail = new() { TailLines = 5000 };
    private readonly PodLogs _logs = new(client);

    /// <summary>Collects everything that can be had within <see cref="Limit"/>.</summary>
    /// <param name="request">What and where to.</param>
    /// <param name="cancellationToken">Ends collecting early; what was collected until then stays.</param>
    public async Task<DiagnosticsResult> CollectAsync(DiagnosticsRequest request, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(Limit, timeProvider, cancellationToken);
        var folder = new DiagnosticsFolder(request.Folder, redactor);
        var pods = new List<V1Pod>();
        var events = new List<Corev1Event>();
        await Task.WhenAll(
            folder.CollectPartAsync("the list of pods", async token => pods.AddRange(
                (await client.CoreV1.ListNamespacedPodAsync(request.Namespace, cancellationToken: token)).Items), limit.Token),
            folder.CollectPartAsync("events", async token => events.AddRange(
                (await client.CoreV1.ListNamespacedEventAsync(request.Namespace, cancellationToken: token)).Items), limit.Token));
        var parts = new List<Task>
        {
            folder.CollectFileAsync("events.txt", _ => Task.FromResult(ObjectText.WriteEvents(events)), limit.Token),
            folder.CollectFileAsync("nodes.txt", DescribeNodesAsync, limit.Token),
            folder.CollectFileAsync("objects.json", token => DescribeObjectsAsync(request.Namespace, token), limit.Token),
        };
        parts.AddRange(pods.Select(pod =>
            folder.CollectFileAsync($"pods/{pod.Metadata.Name}.txt", _ => Task.FromResult(ObjectText.WritePod(pod, events)), limit.Token)));
        parts.AddRange(pods.SelectMany(pod => CollectLogs(folder, pod, limit.Token)));
        if (request.HelmHistory is { } history)
        {
            parts.Add(folder.CollectFileAsync("helm-history.txt", history, limit.Token));
        }

        await Task.WhenAll(parts);
        await folder.CollectFileAsync("README.txt", _ => Task.FromResult(WriteSummary(request, folder)), CancellationToken.None);
        return new DiagnosticsResult(request.Folder, folder.Files, folder.Problems);
    }

    private IEnumerable<Task> CollectLogs(DiagnosticsFolder folder, V1Pod pod, CancellationToken cancellationToken)
    {
        foreach (var status in ObjectText.ListContainerStatuses(pod)
            .Where(status => status.ContainerID is not null || status.LastState?.Terminated is not null))
        {
            var target = new PodContainer(pod.Metadata.NamespaceProperty, pod.Metadata.Name, status.Name);
            yield return folder.CollectFileAsync(
                $"logs/{target.Pod}.{target.Container}.log", token => _logs.ReadAsync(target, LogTail, token), cancellationToken);
            if (status.RestartCount > 0)
            {
                yield return folder.CollectFileAsync(
                    $"logs/{target.Pod}.{target.Container}.previous.log",
                    token => _logs.ReadAsync(target, LogTail with { Previous = true }, token),
                    cancellationToken);
            }
        }
    }

    private async Task<string> DescribeNodesAsync(CancellationToken cancellationToken) =>
        ObjectText.WriteNodes((await client.CoreV1.ListNodeAsync(cancellationToken: cancellationToken)).Items);

    private async Task<string> DescribeObjectsAsync(string name, CancellationToken cancellationToken) =>
        JsonSerializer.Serialize(
            await new AdmittedObjectsReader(client, redactor).ReadAsync(name, cancellationToken), EvidenceJson.Options);

    private string WriteSummary(DiagnosticsRequest request, DiagnosticsFolder folder)
    {
        string[] lines =
        [
            $"Collected {timeProvider.GetUtcNow().ToString("u", CultureInfo.InvariantCulture)} from namespace '{request.Namespace}'. "
                + $"Secrets are replaced by {SecretRedactor.Redacted}.",
            string.Empty,
            request.Failure is null
                ? "The release was installed and judged; what the controls found is in the report."
                : $"Failure: {request.Failure.GetType().Name}: {request.Failure.Message}",
            string.Empty,
            folder.Problems.Count == 0 ? "Everything could be collected." : "Not collected:",
            .. folder.Problems.Select(problem => $"  {problem}"),
            string.Empty,
            "Files:",
            .. folder.Files.Select(file => $"  {file}"),
        ];
        return string.Join('\n', lines) + "\n";
    }
}
