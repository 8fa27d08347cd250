using System.Globalization;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Runs.Replaying;

/// <summary>The observations of one run: what was taken before it started is of another one, and says nothing about what this one tested.</summary>
/// <param name="source">The evidence.</param>
/// <param name="startedAt">When the run started, by the clock that also tells when an observation was taken.</param>
internal sealed class ObservationsOfRun(IObservationSource source, DateTimeOffset startedAt) : IObservationSource
{
    // A clock may be set right in the middle of a run.
    private static readonly TimeSpan Correction = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public async Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        var observation = await source.ObserveAsync(kind, subject, cancellationToken);
        return observation.Value is null || observation.TakenAt + Correction >= startedAt
            ? observation
            : observation with
            {
                Value = null,
                Unavailable = new UnavailableReason(UnavailableCause.Failed, string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{kind.Name}' of '{subject}' was taken at {observation.TakenAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, before the run started at {startedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, so that it is of another run. Record the evidence again.")),
            };
    }
}
