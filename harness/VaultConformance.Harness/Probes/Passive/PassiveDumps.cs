using System.Collections.Concurrent;
using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Shell;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>One dump per container for all observations that come out of it; different containers at the same time.</summary>
internal sealed class PassiveDumps(ProbeContext context) : IPodDumps
{
    /// <summary>
    /// The server is asked which TLS files it loaded, but a server that does not answer must not hold up what can be seen without it.
    /// </summary>
    private static readonly TimeSpan LongestWaitForServer = TimeSpan.FromSeconds(5);

    private readonly PodDumper _dumper = new(context.Executor, context.TimeProvider, context.Limits.Helper);
    private readonly ConcurrentDictionary<string, Lazy<Task<PodDump>>> _taken = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public Task<PodDump> GetAsync(string subject, CancellationToken cancellationToken) =>
        _taken.GetOrAdd(subject, name => new Lazy<Task<PodDump>>(() => TakeAsync(name))).Value.WaitAsync(cancellationToken);

    /// <inheritdoc />
    public async Task<V1Container> GetServerContainerAsync(string subject, CancellationToken cancellationToken) =>
        FindServer(FindNamed(await context.ObserveObjectsAsync(cancellationToken), subject)).Container;

    private async Task<PodDump> TakeAsync(string subject)
    {
        var objects = await context.ObserveObjectsAsync(context.Lifetime);
        var server = FindServer(FindNamed(objects, subject));
        var request = FindBeside(subject) is { } container
            ? new DumpRequest(new PodContainer(context.Namespace, server.Name, container), [], [], ProcessesOnly: true)
            : new DumpRequest(
                new PodContainer(context.Namespace, server.Name, server.Container.Name),
                await ListFilesAsync(objects, server.Name),
                HookAnalysis.From(PreStopParser.ListCommand(server.Container)).Words);
        return DumpMask.Apply(await _dumper.TakeAsync(request, context.Lifetime), context.Redactor.Redact);
    }

    private async Task<IReadOnlyList<FileOfInterest>> ListFilesAsync(AdmittedObjects objects, string pod)
    {
        var declared = TlsFiles.ListIn(objects);
        using var limit = new TimeLimit(LongestWaitForServer, context.TimeProvider, context.Lifetime);
        try
        {
            var state = await context.Source().ObserveAsync(ObservationKinds.VaultState, Subjects.FromPod(pod), limit.Token);
            return state.Value is null ? declared : [.. declared.Union(TlsFiles.ListIn(state.Value))];
        }
        catch (OperationCanceledException) when (!context.Lifetime.IsCancellationRequested)
        {
            return declared;
        }
    }

    private ServerPod FindServer(V1Pod pod) => new(context.Source(), pod);

    private static V1Pod FindNamed(AdmittedObjects objects, string subject)
    {
        var name = subject.Split('/') is ["pod", var pod, ..] ? pod : subject;
        return objects.Pods.FirstOrDefault(candidate => candidate.Metadata.Name == name)
            ?? throw new PodDumpException($"There was no pod '{name}' in the namespace when its objects were read.");
    }

    private static string? FindBeside(string subject) => subject.Split('/') is ["pod", _, var container] ? container : null;
}
