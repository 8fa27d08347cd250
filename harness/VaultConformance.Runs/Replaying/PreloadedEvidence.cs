using System.Collections.Concurrent;
using VaultConformance.Harness;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Runs.Replaying;

/// <summary>Reads each piece of evidence once, and starts with the largest while the controls are still being prepared.</summary>
/// <param name="source">The evidence.</param>
internal sealed class PreloadedEvidence(IObservationSource source) : IObservationSource
{
    private readonly ConcurrentDictionary<(string Kind, string Subject), Lazy<Task<object>>> _read = new();

    /// <inheritdoc />
    public async Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        var entry = _read.GetOrAdd((kind.Name, subject), _ => new Lazy<Task<object>>(() => ReadAsync(kind, subject, cancellationToken)));
        return (Observation<T>)await entry.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Reads what nearly every control asks for.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var objects = await ObserveAsync(ObservationKinds.Objects, Subjects.Release, cancellationToken);
            foreach (var pod in objects.Value?.ServerPods ?? [])
            {
                await ObserveAsync(ObservationKinds.Processes, Subjects.Pod(pod.Metadata.Name), cancellationToken);
            }
        }
        catch (HarnessException)
        {
            // Damaged evidence is told by the controls that need it.
            return;
        }
    }

    private async Task<object> ReadAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class =>
        await source.ObserveAsync(kind, subject, cancellationToken);
}
