using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;

namespace VaultConformance.Harness.Probes;

/// <summary>
/// Takes the lines of the server log that controls use: the start-up block and what is said about memory locking, start, reload and
/// shutdown.
/// </summary>
internal sealed class ServerLogProbe(ProbeContext context) : IProbe<ServerLogFacts>
{
    private readonly PodLogs _logs = new(context.Client);

    /// <inheritdoc />
    public ObservationKind<ServerLogFacts> Kind => ObservationKinds.ServerLog;

    /// <inheritdoc />
    public async Task<ServerLogFacts> TakeAsync(string subject, CancellationToken cancellationToken)
    {
        var pod = (await context.ObserveObjectsAsync(
            cancellationToken)).Pods.FirstOrDefault(candidate => Subjects.FromPod(candidate.Metadata.Name) == subject)
            ?? throw new HarnessException(FailureKind.Environment, $"There was no {subject} in the namespace when its objects were read.");
        var server = new ServerPod(context.Source(), pod);
        var target = new PodContainer(context.Namespace, server.Name, server.Container.Name);
        var restarted = pod.Status?.ContainerStatuses?.Any(status => status.Name == target.Container && status.RestartCount > 0) == true;
        var lines = new List<string>();
        if (restarted)
        {
            lines.AddRange(await ReadPreviousAsync(target, cancellationToken));
        }

        lines.AddRange(ServerLogSelection.Select(await _logs.ReadAsync(target, new LogOptions(), cancellationToken)));
        return new ServerLogFacts([.. lines.Select(context.Redactor.Redact)]);
    }

    /// <summary>The log of the run before; the node may have removed it already, which a line tells.</summary>
    private async Task<IReadOnlyList<string>> ReadPreviousAsync(PodContainer target, CancellationToken cancellationToken)
    {
        try
        {
            return ServerLogSelection.Select(await _logs.ReadAsync(target, new LogOptions { Previous = true }, cancellationToken));
        }
        catch (HarnessException exception)
        {
            return [$"(no log of the previous run: {exception.Message})"];
        }
    }
}
