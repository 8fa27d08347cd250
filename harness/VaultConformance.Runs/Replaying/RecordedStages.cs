using System.Collections.Concurrent;
using VaultConformance.Harness;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Passive;

namespace VaultConformance.Runs.Replaying;

/// <summary>Recorded evidence, one source for each stage that is in it.</summary>
internal sealed class RecordedStages
{
    private readonly Dictionary<ObservationStage, IObservationSource> _sources;
    private readonly ObservationStage _judged;
    private readonly RereadParts _shown;

    /// <summary>Opens the evidence.</summary>
    /// <param name="parts">The evidence.</param>
    /// <param name="timeProvider">Clock.</param>
    /// <param name="reparse">True to read the facts about containers again out of the recorded snapshots.</param>
    public RecordedStages(IEvidenceParts parts, TimeProvider timeProvider, bool reparse)
    {
        var stages = Enum.GetValues<ObservationStage>().Where(stage => stage == ObservationStage.Only || Has(parts, stage)).ToList();
        _judged = stages[^1];
        _shown = new RereadParts(parts);
        _sources = stages.ToDictionary(stage => stage, IObservationSource (stage) =>
            new PreloadedEvidence(Open(new RecordedObservationSource(new EvidenceReader(parts, stage), timeProvider), stage, reparse)));
    }

    /// <summary>The evidence of the stage that is judged, the last one.</summary>
    public PreloadedEvidence Judged => (PreloadedEvidence)_sources[_judged];

    /// <summary>The evidence as it was judged.</summary>
    public IEvidenceParts Shown => _shown;

    /// <summary>The evidence as a target.</summary>
    public Target ToTarget() => new(_sources, _judged);

    /// <summary>True when a snapshot of any container of a server pod was recorded.</summary>
    /// <param name="target">The evidence.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HarnessException">The recorded objects cannot be read, so that nobody knows which pods there are.</exception>
    public static async Task<bool> HasSnapshotAsync(Target target, CancellationToken cancellationToken)
    {
        foreach (var pod in await target.FindServerPodsAsync(cancellationToken))
        {
            if (await pod.FindAsync(ObservationKinds.Snapshot, cancellationToken) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private IObservationSource Open(IObservationSource recorded, ObservationStage stage, bool reparse) => reparse
        ? new ReparsedObservationSource(recorded, (kind, subject, observation) => _shown.Keep(stage, kind, subject, observation))
        : recorded;

    private static bool Has(IEvidenceParts parts, ObservationStage stage)
    {
        using var objects = parts.Open(EvidenceReader.BuildPartPath(ObservationKinds.Objects.Name, Subjects.Release, stage));
        return objects is not null;
    }
}

/// <summary>Reads each piece of evidence once, and starts with the largest while the controls are still being prepared.</summary>
/// <param name="source">The evidence.</param>
internal sealed class PreloadedEvidence(IObservationSource source) : IObservationSource
{
    private readonly ConcurrentDictionary<(string Kind, string Subject), Lazy<Task<object>>> _read = new();

    /// <inheritdoc />
    public async Task<Observation<T>> ObserveAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class
    {
        var entry = _read.GetOrAdd((kind.Name, subject), _ => new Lazy<Task<object>>(() => ReadAsync(kind, subject, cancellationToken)));
        return (Observation<T>)await entry.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Reads what nearly every control asks for.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var objects = await ObserveAsync(ObservationKinds.Objects, Subjects.Release, cancellationToken);
            foreach (var pod in objects.Value?.ServerPods ?? [])
            {
                await ObserveAsync(ObservationKinds.Processes, Subjects.FromPod(pod.Metadata.Name), cancellationToken);
            }
        }
        catch (HarnessException)
        {
            // Damaged evidence is told by the controls that need it.
            return;
        }
    }

    private async Task<object> ReadAsync<T>(ObservationKind<T> kind, string subject, CancellationToken cancellationToken)
        where T : class =>
        await source.ObserveAsync(kind, subject, cancellationToken);
}
