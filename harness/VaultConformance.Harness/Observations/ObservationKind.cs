namespace VaultConformance.Harness.Observations;

/// <summary>A kind of observation: what its evidence is called, what it is about, what taking it does to the system.</summary>
/// <param name="Name">Stable name; part of the evidence layout.</param>
/// <param name="Scope">What one observation of this kind is about.</param>
public abstract record ObservationKind(string Name, ObservationScope Scope)
{
    /// <summary>What taking it does to the system.</summary>
    public ObservationImpact Impact { get; init; }

    /// <summary>
    /// What it does to the release, as the end of a sentence that begins with "it"; null where it leaves nothing and asks for nothing but
    /// answers.
    /// </summary>
    public string? Effect { get; init; }

    /// <summary>Rises whenever a member of the fact changes its meaning. Evidence that says nothing has revision 1.</summary>
    public int Revision { get; init; } = 1;

    /// <summary>Oldest revision that is still understood. What is older makes the controls that need it inconclusive.</summary>
    public int OldestRevision { get; init; } = 1;

    /// <summary>Takes the observation, or reads it; a caller that needs the fact asks for it by the typed kind.</summary>
    internal abstract Task TakeAsync(IObservationSource source, string subject, CancellationToken cancellationToken);
}

/// <summary>A kind of observation and the type of the fact it yields.</summary>
/// <typeparam name="T">The fact. No two kinds yield the same.</typeparam>
/// <inheritdoc />
public sealed record ObservationKind<T>(string Name, ObservationScope Scope) : ObservationKind(Name, Scope)
    where T : class
{
    /// <inheritdoc />
    internal override Task TakeAsync(IObservationSource source, string subject, CancellationToken cancellationToken) =>
        source.ObserveAsync(this, subject, cancellationToken);
}

/// <summary>What one observation is about.</summary>
public enum ObservationScope
{
    /// <summary>The cluster as a whole.</summary>
    Cluster,

    /// <summary>The release as a whole.</summary>
    Release,

    /// <summary>One server pod.</summary>
    Pod,

    /// <summary>One container of a server pod. That of the server itself is recorded under the pod, see <see cref="Subjects"/>.</summary>
    Container,
}

/// <summary>What taking an observation does to the system, which decides when it may be taken.</summary>
public enum ObservationImpact
{
    /// <summary>It looks, and leaves everything as it was.</summary>
    Passive,

    /// <summary>
    /// It changes something without interrupting the service; taken after everything passive, and only where the run allows it.
    /// </summary>
    Active,

    /// <summary>It restarts, seals or crashes something; taken last, and only where the run allows it.</summary>
    Disruptive,
}
