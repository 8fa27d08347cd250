using Microsoft.Extensions.DependencyInjection;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>
/// Answers from recorded evidence, but reads the facts about containers again out of the recorded snapshots, with the parsers of this
/// version. What no snapshot shows stays as it was recorded.
/// </summary>
/// <param name="recorded">The evidence.</param>
/// <param name="keep">Is given everything that was read again.</param>
internal sealed class ReparsedObservationSource(IObservationSource recorded, Action<string, string, object> keep) : IObservationSource
{
    private static readonly Dictionary<string, ObservationKind> Kinds = LiveProbes.OutOfDumps.ToDictionary(kind => kind.Name);

    private readonly ProbeSet _probes = new ProbeSet().AddLive(
        Kinds.Values, new ServiceCollection().AddSingleton<IPodDumps>(new RecordedDumps(recorded)).BuildServiceProvider());

    /// <inheritdoc />
    public async Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        var observation = await recorded.ObserveAsync(kind, subject, cancellationToken);
        if (!Kinds.ContainsKey(kind.Name)
            || (await recorded.ObserveAsync(ObservationKinds.Snapshot, subject, cancellationToken)).Value is null)
        {
            return observation;
        }

        var again = await ReadAsync(observation, kind, cancellationToken);
        keep(kind.Name, subject, again);
        return again;
    }

    private async Task<Observation<T>> ReadAsync<T>(
        Observation<T> observation, ObservationKind<T> kind, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return observation with
            {
                Value = await _probes.FindFor(kind).TakeAsync(observation.Subject, cancellationToken),
                Unavailable = null,
                Revision = kind.Revision
            };
        }
        catch (HarnessException exception)
        {
            return observation with
            {
                Value = null, Unavailable = new UnavailableReason(UnavailableCause.Failed, exception.Message), Revision = kind.Revision
            };
        }
    }
}
