using VaultConformance.Harness.Observations;

namespace VaultConformance.Controls.Framework;

/// <summary>Notes which parts of the evidence a control asked for, so that every finding can name what it rests on.</summary>
internal sealed class ConsultedEvidence
{
    private readonly List<string> _parts = [];

    /// <summary>What was asked for so far: for the whole control, and in the part of it that is being judged.</summary>
    public IReadOnlyList<string> Parts
    {
        get
        {
            lock (_parts)
            {
                return [.. _parts.Order(StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>The target, asked for through this.</summary>
    /// <param name="target">The target.</param>
    public Target Watch(Target target) => target.WrapSources((stage, source) => new Source(this, stage, source));

    /// <summary>Starts a part of a control, for example one pod. What it asks for is forgotten when it ends.</summary>
    public IDisposable BeginPart() => new Part(this, _parts.Count);

    private void Add(string part)
    {
        lock (_parts)
        {
            if (!_parts.Contains(part))
            {
                _parts.Add(part);
            }
        }
    }

    private sealed class Part(ConsultedEvidence consulted, int before) : IDisposable
    {
        public void Dispose()
        {
            lock (consulted._parts)
            {
                consulted._parts.RemoveRange(before, consulted._parts.Count - before);
            }
        }
    }

    private sealed class Source(ConsultedEvidence consulted, ObservationStage stage, IObservationSource inner) : IObservationSource
    {
        public Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
            where T : class
        {
            consulted.Add(EvidenceReader.BuildPartPath(kind.Name, subject, stage));
            return inner.ObserveAsync(kind, subject, cancellationToken);
        }
    }
}
