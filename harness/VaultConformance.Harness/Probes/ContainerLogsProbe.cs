using System.Text;
using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Secrets;

namespace VaultConformance.Harness.Probes;

/// <summary>
/// Looks for keys and tokens in the logs of all containers of the namespace. The logs are read in memory; only what kinds were found is
/// kept.
/// </summary>
internal sealed class ContainerLogsProbe(ProbeContext context) : IProbe<ContainerLogsFacts>
{
    private const int LargestBytes = 4 * 1024 * 1024;

    private readonly PodLogs _logs = new(context.Client);
    private readonly RunKeys _keys = new(context.Material);

    /// <inheritdoc />
    public ObservationKind<ContainerLogsFacts> Kind => ObservationKinds.ContainerLogs;

    /// <inheritdoc />
    public async Task<ContainerLogsFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var logs = new List<ContainerLogFacts>();
        foreach (var pod in (await context.ObserveObjectsAsync(cancellationToken)).Pods)
        {
            foreach (var container in ListContainers(pod))
            {
                logs.Add(await LookAsync(pod, container, cancellationToken));
            }
        }

        return new ContainerLogsFacts(LargestBytes, logs.Count, logs);
    }

    private static IEnumerable<string> ListContainers(V1Pod pod) =>
    [
        .. (pod.Spec.InitContainers ?? []).Select(container => container.Name),
        .. pod.Spec.Containers.Select(container => container.Name),
        .. (pod.Spec.EphemeralContainers ?? []).Select(container => container.Name),
    ];

    private static int CountRestarts(V1Pod pod, string container) => (pod.Status?.ContainerStatuses ?? [])
        .Concat(pod.Status?.InitContainerStatuses ?? [])
        .FirstOrDefault(status => status.Name == container)?.RestartCount ?? 0;

    // What was found stays found, whatever else could not be read.
    private async Task<ContainerLogFacts> LookAsync(V1Pod pod, string container, CancellationToken cancellationToken)
    {
        var facts = new ContainerLogFacts(pod.Metadata.Name, container, CountRestarts(pod, container), null, null, null, null);
        foreach (var previous in facts.Restarts > 0 ? [false, true] : (bool[])[false])
        {
            facts = await WithAsync(facts, previous, cancellationToken);
        }

        return facts;
    }

    private async Task<ContainerLogFacts> WithAsync(ContainerLogFacts facts, bool previous, CancellationToken cancellationToken)
    {
        var target = new PodContainer(context.Namespace, facts.Pod, facts.Container);
        try
        {
            var text =
                await _logs.ReadAsync(target, new LogOptions { Previous = previous, LargestBytes = LargestBytes }, cancellationToken);
            var bytes = Encoding.UTF8.GetByteCount(text);
            return facts with
            {
                Bytes = (facts.Bytes ?? 0) + bytes,
                Cut = facts.Cut == true || bytes >= LargestBytes,
                KeysFound = [.. (facts.KeysFound ?? []).Union(LoggedKeys.FindIn(text, _keys))],
            };
        }
        catch (HarnessException exception)
        {
            var problem = previous ? $"of its previous run: {exception.Message}" : exception.Message;
            return facts with { Problem = context.Redactor.Redact(facts.Problem is { } earlier ? $"{earlier} {problem}" : problem) };
        }
    }
}
