using System.Collections.Concurrent;

namespace VaultConformance.Harness.Observations;

/// <summary>
/// Answers observations from recorded evidence; touches no cluster. Each part is read once, as a live source takes each observation once.
/// </summary>
/// <param name="evidence">The evidence.</param>
/// <param name="timeProvider">Clock, for the time of an answer that is not in the evidence.</param>
public sealed class RecordedObservationSource(EvidenceReader evidence, TimeProvider timeProvider) : IObservationSource
{
    private readonly ConcurrentDictionary<(string Kind, string Subject), Lazy<Task<object>>> _read = new();

    /// <summary>Answers from an evidence folder.</summary>
    /// <param name="store">The evidence.</param>
    /// <param name="timeProvider">Clock, for the time of an answer that is not in the evidence.</param>
    public RecordedObservationSource(EvidenceStore store, TimeProvider timeProvider)
        : this(store.Reader, timeProvider)
    {
    }

    /// <inheritdoc />
    public async Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        // Not the caller's token: a control that gives up waiting does not spoil the part for the others.
        var entry = _read.GetOrAdd((kind.Name, subject), _ => new Lazy<Task<object>>(() => ReadAsync(kind, subject)));
        return (Observation<T>)await entry.Value.WaitAsync(cancellationToken);
    }

    private async Task<object> ReadAsync<T>(ObservationKind<T> kind, string subject)
        where T : class =>
        await evidence.ReadAsync(kind, subject, CancellationToken.None)
        ?? new Observation<T>(
            kind.Name,
            subject,
            timeProvider.GetUtcNow(),
            TimeSpan.Zero,
            null,
            new UnavailableReason(UnavailableCause.NotRecorded, $"the evidence in '{evidence.Name}' has no '{kind.Name}' of '{subject}'"));
}
