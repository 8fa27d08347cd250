using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Takes one kind of observation out of the dump of a container.</summary>
/// <typeparam name="T">The fact.</typeparam>
internal sealed class PodDumpProbe<T>(ObservationKind<T> kind, PassiveDumps dumps, Func<PodDump, T> read) : IProbe<T>
    where T : class
{
    /// <inheritdoc />
    public ObservationKind<T> Kind => kind;

    /// <inheritdoc />
    public async Task<T> TakeAsync(string subject, CancellationToken cancellationToken) => read(await dumps.OfAsync(subject, cancellationToken));
}
