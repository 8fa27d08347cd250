using System.Text;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes.Passive;

/// <summary>Keeps what a container showed, before anything is made of it.</summary>
/// <param name="dumps">The dumps.</param>
internal sealed class SnapshotProbe(IPodDumps dumps) : IProbe<ContainerSnapshot>
{
    /// <inheritdoc />
    public ObservationKind<ContainerSnapshot> Kind => ObservationKinds.Snapshot;

    /// <inheritdoc />
    public async Task<ContainerSnapshot> TakeAsync(string subject, CancellationToken cancellationToken) =>
        From(await dumps.GetAsync(subject, cancellationToken));

    /// <summary>The snapshot of a dump.</summary>
    internal static ContainerSnapshot From(PodDump dump) => new(new SortedDictionary<string, SnapshotPart>(
        dump.Frames.ToDictionary(frame => frame.Key, frame => ToPart(frame.Value)), StringComparer.Ordinal));

    /// <summary>The frames of a snapshot.</summary>
    /// <exception cref="PodDumpException">A part has neither text nor bytes.</exception>
    internal static Dictionary<string, DumpFrame> ReadFrames(ContainerSnapshot snapshot) =>
        snapshot.Parts.ToDictionary(
            part => part.Key, part => new DumpFrame(ReadContent(part.Key, part.Value), part.Value.ExitCode), StringComparer.Ordinal);

    private static SnapshotPart ToPart(DumpFrame frame) => Encoding.UTF8.GetBytes(frame.Text).AsSpan().SequenceEqual(frame.Content)
        ? new SnapshotPart(frame.ExitCode, frame.Text, null)
        : new SnapshotPart(frame.ExitCode, null, frame.Content);

    private static byte[] ReadContent(string name, SnapshotPart part) => part.Text is { } text
        ? Encoding.UTF8.GetBytes(text)
        : part.Bytes ?? throw new PodDumpException($"The recorded snapshot is damaged: its part '{name}' has neither text nor bytes.");
}
