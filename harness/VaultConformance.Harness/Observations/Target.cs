namespace VaultConformance.Harness.Observations;

/// <summary>
/// A Vault release to be judged: live or recorded. Controls ask it for observations and never talk to a cluster themselves.
/// </summary>
public sealed class Target
{
    private readonly IReadOnlyDictionary<ObservationStage, IObservationSource> _stages;
    private readonly IObservationSource _source;

    /// <summary>A release that is checked once.</summary>
    /// <param name="source">Where observations come from.</param>
    public Target(IObservationSource source)
        : this(new Dictionary<ObservationStage, IObservationSource> { [ObservationStage.Only] = source }, ObservationStage.Only)
    {
    }

    /// <summary>A release that is checked in more than one stage.</summary>
    /// <param name="stages">Where the observations of each stage come from.</param>
    /// <param name="stage">The stage that is judged; <see cref="SelectStage"/> gives the others.</param>
    /// <exception cref="ArgumentException">That stage is not among them.</exception>
    public Target(IReadOnlyDictionary<ObservationStage, IObservationSource> stages, ObservationStage stage)
    {
        ArgumentNullException.ThrowIfNull(stages);
        _stages = stages;
        _source = stages.TryGetValue(stage, out var source)
            ? source
            : throw new ArgumentException($"There is no stage '{stage}'.", nameof(stage));
        Stage = stage;
    }

    /// <summary>The stage that is judged.</summary>
    public ObservationStage Stage { get; }

    /// <summary>The same release in another stage, for controls that compare the two.</summary>
    /// <param name="stage">The stage.</param>
    /// <exception cref="ObservationUnavailableException">The run has no such stage.</exception>
    public Target SelectStage(ObservationStage stage) => _stages.ContainsKey(stage)
        ? new Target(_stages, stage)
        : throw new ObservationUnavailableException(
            "stage", $"{stage}", new UnavailableReason(
                UnavailableCause.NotRecorded, $"this run has no stage '{stage}', because the release was not changed in it"));

    /// <summary>The same release, seen through other sources, for example ones that note what was asked for.</summary>
    /// <param name="wrap">Gives the source of a stage.</param>
    public Target WrapSources(Func<ObservationStage, IObservationSource, IObservationSource> wrap) =>
        new(_stages.ToDictionary(stage => stage.Key, stage => wrap(stage.Key, stage.Value)), Stage);

    /// <summary>A fact about the cluster or the release.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="kind">What to observe, for example <see cref="ObservationKinds.Objects"/>.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ArgumentException">Facts of this kind are about a pod; ask a <see cref="ServerPod"/>.</exception>
    /// <exception cref="ObservationUnavailableException">Not available, for example because the run forbids disruption.</exception>
    public async Task<T> ObserveAsync<T>(ObservationKind<T> kind, CancellationToken cancellationToken)
        where T : class =>
        (await AskAsync(kind, cancellationToken)).Require();

    /// <summary>A fact about the cluster or the release; null when it is not available.</summary>
    /// <typeparam name="T">The fact.</typeparam>
    /// <param name="kind">What to observe.</param>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ArgumentException">Facts of this kind are about a pod; ask a <see cref="ServerPod"/>.</exception>
    public async Task<T?> FindAsync<T>(ObservationKind<T> kind, CancellationToken cancellationToken)
        where T : class =>
        (await AskAsync(kind, cancellationToken)).Value;

    /// <summary>The Vault server pods by name.</summary>
    /// <param name="cancellationToken">Cancels the look.</param>
    /// <exception cref="ObservationUnavailableException">The objects of the release are not available.</exception>
    public async Task<IReadOnlyList<ServerPod>> FindServerPodsAsync(CancellationToken cancellationToken) =>
        [.. (await ObserveAsync(ObservationKinds.Objects, cancellationToken)).ServerPods.Select(pod => new ServerPod(_source, pod))];

    private Task<Observation<T>> AskAsync<T>(ObservationKind<T> kind, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(kind);
        return _source.ObserveAsync(kind, Subjects.FromKind(kind), cancellationToken);
    }
}
