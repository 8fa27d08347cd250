using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tests.Network;

/// <summary>Answers observations from memory; what was not set is unavailable. Remembers what was asked for.</summary>
internal sealed class FakeObservations : IObservationSource
{
    private readonly Dictionary<(string, string), object> _values = [];
    private readonly List<(string Kind, string Subject)> _asked = [];

    public IReadOnlyList<(string Kind, string Subject)> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public FakeObservations Set<T>(ObservationKind<T> kind, string subject, T value)
        where T : class
    {
        _values[(kind.Name, subject)] = value;
        return this;
    }

    public Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        lock (_asked)
        {
            _asked.Add((kind.Name, subject));
        }

        var value = _values.GetValueOrDefault((kind.Name, subject)) as T;
        var reason = value is null ? new UnavailableReason(UnavailableCause.NotRecorded, "not set") : null;
        return Task.FromResult(new Observation<T>(kind.Name, subject, default, TimeSpan.Zero, value, reason));
    }
}
