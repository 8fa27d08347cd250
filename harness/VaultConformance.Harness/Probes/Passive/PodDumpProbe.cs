using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Takes one kind of observation out of the dump of a container, so that it can be taken again from a recorded snapshot.</summary>
/// <typeparam name="T">The fact.</typeparam>
/// <param name="kind">The kind.</param>
/// <param name="dumps">The dumps.</param>
internal abstract class PodDumpProbe<T>(ObservationKind<T> kind, IPodDumps dumps) : IProbe<T>
    where T : class
{
    /// <inheritdoc />
    public ObservationKind<T> Kind => kind;

    /// <inheritdoc />
    public async Task<T> TakeAsync(string subject, CancellationToken cancellationToken) =>
        await ReadAsync(await dumps.GetAsync(subject, cancellationToken), subject, cancellationToken);

    /// <summary>Reads the fact.</summary>
    /// <exception cref="PodDumpException">The dump does not show it.</exception>
    protected abstract Task<T> ReadAsync(PodDump dump, string subject, CancellationToken cancellationToken);
}

/// <summary>Takes an observation that the dump alone tells.</summary>
/// <typeparam name="T">The fact.</typeparam>
/// <param name="kind">The kind.</param>
/// <param name="dumps">The dumps.</param>
/// <param name="read">Reads the fact.</param>
internal abstract class ParsedDumpProbe<T>(ObservationKind<T> kind, IPodDumps dumps, Func<PodDump, T> read) : PodDumpProbe<T>(kind, dumps)
    where T : class
{
    /// <inheritdoc />
    protected override Task<T> ReadAsync(PodDump dump, string subject, CancellationToken cancellationToken) => Task.FromResult(read(dump));
}
