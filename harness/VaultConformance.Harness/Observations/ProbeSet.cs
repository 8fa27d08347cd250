namespace VaultConformance.Harness.Observations;

/// <summary>The probes of a live system, one per kind.</summary>
public sealed class ProbeSet
{
    private readonly Dictionary<string, object> _probes = [];
    private readonly Dictionary<string, UnavailableReason> _absent = [];

    /// <summary>Adds a probe.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="probe">The probe.</param>
    /// <exception cref="ArgumentException">There is one for this kind already.</exception>
    public ProbeSet Add<T>(IProbe<T> probe)
        where T : class
    {
        _probes.Add(probe.Kind.Name, probe);
        return this;
    }

    /// <summary>Adds a probe given as a function.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="kind">What it observes.</param>
    /// <param name="take">Takes the observation of a subject.</param>
    public ProbeSet Add<T>(ObservationKind<T> kind, Func<string, CancellationToken, Task<T>> take)
        where T : class =>
        Add(new FunctionProbe<T>(kind, take));

    /// <summary>Says why there is no probe of a kind in this run.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="kind">What is not observed.</param>
    /// <param name="reason">Why not.</param>
    public ProbeSet AddAbsent<T>(ObservationKind<T> kind, string reason)
        where T : class
    {
        _absent.Add(kind.Name, new UnavailableReason(UnavailableCause.Failed, reason));
        return this;
    }

    /// <summary>The probe of a kind.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <exception cref="ObservationUnavailableException">There is none in this run.</exception>
    public IProbe<T> For<T>(ObservationKind<T> kind)
        where T : class =>
        _probes.TryGetValue(kind.Name, out var probe)
            ? (IProbe<T>)probe
            : throw new ObservationUnavailableException(
                kind.Name, "any", _absent.GetValueOrDefault(kind.Name) ?? new UnavailableReason(UnavailableCause.NotSupported, $"this run has no probe that takes '{kind.Name}'"));

    private sealed class FunctionProbe<T>(ObservationKind<T> kind, Func<string, CancellationToken, Task<T>> take) : IProbe<T>
        where T : class
    {
        public ObservationKind<T> Kind => kind;

        public Task<T> TakeAsync(string subject, CancellationToken cancellationToken) => take(subject, cancellationToken);
    }
}
