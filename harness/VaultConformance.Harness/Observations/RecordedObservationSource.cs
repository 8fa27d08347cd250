
namespace VaultConformance.Harness.Observations;

/// <summary>Answers observations from recorded evidence; touches no cluster.</summary>
/// <param name="evidence">The evidence.</param>
/// <param name="timeProvider">Clock, for the time of an answer that is not in the evidence.</param>
public sealed class RecordedObservationSource(EvidenceReader evidence, TimeProvider timeProvider) : IObservationSource
{
    /// <summary>Answers from an evidence folder.</summary>
    /// <param name="store">The evidence.</param>
    /// <param name="timeProvider">Clock, for the time of an answer that is not in the evidence.</param>
    public RecordedObservationSource(EvidenceStore store, TimeProvider timeProvider)
        : this(store.Reader, timeProvider)
    {
    }

    /// <inheritdoc />
    public async Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class =>
        await evidence.ReadAsync(kind, subject, cancellationToken)
        ?? new Observation<T>(
            kind.Name,
            subject,
            timeProvider.GetUtcNow(),
            TimeSpan.Zero,
            null,
            new UnavailableReason(UnavailableCause.NotRecorded, $"the evidence in '{evidence.Name}' has no '{kind.Name}' of '{subject}'"));
}
