using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Declared;

/// <summary>
/// Answers what rendered objects, values and chart say. Everything else is for a run to observe, and the answer is that it was not.
/// </summary>
/// <param name="objects">The objects as rendered.</param>
/// <param name="rights">What the accounts of the servers may do, as rendered.</param>
/// <param name="release">Chart and values.</param>
/// <param name="values">Finds out what became of the values.</param>
/// <param name="time">Clock.</param>
internal sealed class DeclaredObservationSource(
    AdmittedObjects objects, RbacFacts rights, ReleaseFacts release, Func<CancellationToken, Task<ValuesFacts>> values, TimeProvider time)
    : IObservationSource
{
    /// <inheritdoc />
    public async Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        object? fact = kind switch
        {
            ObservationKind<AdmittedObjects> => objects,
            ObservationKind<RbacFacts> => rights,
            ObservationKind<ReleaseFacts> => release,
            ObservationKind<ValuesFacts> => await values(cancellationToken),
            _ => null,
        };
        return new Observation<T>(
            kind.Name,
            subject,
            time.GetUtcNow(),
            TimeSpan.Zero,
            fact as T,
            fact is null ? new UnavailableReason(UnavailableCause.OnlyDeclared, "nothing was started; only a run observes it") : null);
    }
}
