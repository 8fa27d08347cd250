using System.Collections.Concurrent;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Controls.Tests.Damage;

/// <summary>
/// Reads recorded evidence as a replay does, and each text once: most parts of two trials are alike, and parsing takes longer than judging.
/// What cannot be read is read again each time.
/// </summary>
internal sealed class ParsedOnce
{
    private readonly ConcurrentDictionary<(string Part, string Text), object> _observations = new();

    public IObservationSource Open(RecordedParts parts) => new Source(parts, _observations);

    private sealed class Source(RecordedParts parts, ConcurrentDictionary<(string Part, string Text), object> observations) : IObservationSource
    {
        private readonly RecordedObservationSource _inner = new(new EvidenceReader(parts), TimeProvider.System);
        private readonly Dictionary<string, object> _own = [];

        public async Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
            where T : class
        {
            var part = EvidenceReader.BuildPartPath(kind.Name, subject, ObservationStage.Only);
            if (_own.TryGetValue(part, out var known) || (parts.Find(part) is { } text && observations.TryGetValue((part, text), out known)))
            {
                _own[part] = known;
                return (Observation<T>)known;
            }

            var observation = await _inner.ObserveAsync(kind, subject, cancellationToken);
            _own[part] = observation;
            if (parts.Find(part) is { } read)
            {
                observations[(part, read)] = observation;
            }

            return observation;
        }
    }
}
