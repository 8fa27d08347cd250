namespace VaultConformance.Harness.Observations;

/// <summary>Takes one kind of observation from a live system.</summary>
/// <typeparam name="T">The fact.</typeparam>
public interface IProbe<T>
    where T : class
{
    /// <summary>What this probe observes.</summary>
    ObservationKind<T> Kind { get; }

    /// <summary>Looks at the subject once.</summary>
    /// <param name="subject">What to look at, see <see cref="Subjects"/>.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="HarnessException">The fact cannot be had; recorded as unavailable with the message as the reason.</exception>
    Task<T> TakeAsync(string subject, CancellationToken cancellationToken);
}
