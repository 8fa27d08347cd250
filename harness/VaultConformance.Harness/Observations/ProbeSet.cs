namespace VaultConformance.Harness.Observations;

/// <summary>The probes of a live system, one per kind.</summary>
public sealed class ProbeSet
{
    private readonly Dictionary<string, Lazy<object>> _probes = [];
    private readonly Dictionary<string, UnavailableReason> _absent = [];

    /// <summary>Adds a probe.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="probe">The probe.</param>
    /// <exception cref="ArgumentException">There is one for this kind already.</exception>
    public ProbeSet Add<T>(IProbe<T> probe)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(probe);
        return Add(probe.Kind, () => probe);
    }

    /// <summary>Adds a probe that is made when it is asked for the first time.</summary>
    /// <param name="kind">What it takes.</param>
    /// <param name="create">Makes it.</param>
    /// <exception cref="ArgumentException">There is one for this kind already.</exception>
    internal ProbeSet Add(ObservationKind kind, Func<object> create)
    {
        _probes.Add(kind.Name, new Lazy<object>(create));
        return this;
    }

    /// <summary>Says why there is no probe of a kind in this run.</summary>
    /// <param name="kind">What is not observed.</param>
    /// <param name="reason">Why not.</param>
    public ProbeSet AddAbsent(ObservationKind kind, string reason)
    {
        ArgumentNullException.ThrowIfNull(kind);
        _absent.Add(kind.Name, new UnavailableReason(UnavailableCause.Failed, reason));
        return this;
    }

    /// <summary>The probe of a kind.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="kind">The kind.</param>
    /// <exception cref="ObservationUnavailableException">There is none in this run.</exception>
    public IProbe<T> FindFor<T>(ObservationKind<T> kind)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        return _probes.TryGetValue(kind.Name, out var probe)
            ? (IProbe<T>)probe.Value
            : throw new ObservationUnavailableException(
                kind.Name, "any", _absent.GetValueOrDefault(kind.Name)
                    ?? new UnavailableReason(UnavailableCause.NotSupported, $"this run has no probe that takes '{kind.Name}'"));
    }
}
