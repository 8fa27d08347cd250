using System.Collections.Concurrent;
using System.Net.WebSockets;
using k8s.Autorest;

namespace VaultConformance.Harness.Observations;

/// <summary>Takes observations from a live system, each once, and records them.</summary>
/// <param name="probes">One probe per kind.</param>
/// <param name="policy">Whether observations that change something may be taken, and what has to be taken before them.</param>
/// <param name="store">Where evidence is recorded.</param>
/// <param name="timeProvider">Clock.</param>
/// <param name="lifetime">Ends the run. One control that gives up waiting does not spoil the observation for the others.</param>
public sealed class LiveObservationSource(
    ProbeSet probes, DisruptionPolicy policy, EvidenceStore store, TimeProvider timeProvider, CancellationToken lifetime)
    : IObservationSource
{
    private readonly ConcurrentDictionary<(string Kind, string Subject), Lazy<Task<object>>> _taken = new();

    /// <inheritdoc />
    public async Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        var entry = _taken.GetOrAdd((kind.Name, subject), _ => new Lazy<Task<object>>(() => TakeAsync(kind, subject, lifetime)));
        return (Observation<T>)await entry.Value.WaitAsync(cancellationToken);
    }

    private async Task<object> TakeAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        var forbidden = kind.Impact == ObservationImpact.Passive ? null : policy.Forbidden;
        if (kind.Impact != ObservationImpact.Passive && forbidden is null)
        {
            await policy.BeforeAnyChange.Value.WaitAsync(cancellationToken);
        }

        var takenAt = timeProvider.GetUtcNow();
        var started = timeProvider.GetTimestamp();
        var (value, unavailable) = forbidden is null
            ? await LookAsync(kind, subject, cancellationToken)
            : (null, new UnavailableReason(UnavailableCause.DisruptionForbidden, forbidden));
        var observation = new Observation<T>(kind.Name, subject, takenAt, timeProvider.GetElapsedTime(started), value, unavailable)
        {
            Stage = store.Stage, Revision = kind.Revision,
        };
        await store.WriteAsync(observation, cancellationToken);
        return observation;
    }

    private async Task<(T? Value, UnavailableReason? Unavailable)> LookAsync<T>(
        ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return (await probes.FindFor(kind).TakeAsync(subject, cancellationToken), null);
        }
        catch (ObservationUnavailableException exception)
        {
            return (null, exception.Reason);
        }
        catch (HarnessException exception)
        {
            return (null, new UnavailableReason(UnavailableCause.Failed, exception.Message));
        }
        catch (Exception exception) when (exception is HttpOperationException or HttpRequestException or IOException or WebSocketException)
        {
            return (null, new UnavailableReason(UnavailableCause.Failed, $"the cluster did not answer as it should: {exception.Message}"));
        }
    }
}

/// <summary>What holds for observations that change the system.</summary>
/// <param name="Forbidden">Why they must not be taken; null when they may.</param>
/// <param name="BeforeAnyChange">Takes everything passive; awaited before the first change, so that it cannot spoil evidence.</param>
public sealed record DisruptionPolicy(string? Forbidden, Lazy<Task> BeforeAnyChange);
