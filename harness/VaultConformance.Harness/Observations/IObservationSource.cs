namespace VaultConformance.Harness.Observations;

/// <summary>Answers observations: from a live system through probes, or from recorded evidence.</summary>
public interface IObservationSource
{
    /// <summary>The observation of the given kind; the same answer every time it is asked for.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="kind">What to observe.</param>
    /// <param name="subject">What to look at, see <see cref="Subjects"/>.</param>
    /// <param name="cancellationToken">Cancels taking it.</param>
    /// <returns>The fact, or the reason why it is not available; does not throw for the latter.</returns>
    Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class;
}
