using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes;

/// <summary>What the installer knows, because nobody else can tell it.</summary>
/// <param name="Release">Tells what was installed.</param>
/// <param name="Trust">Tells the public side of the test PKI.</param>
internal sealed record InstalledFacts(Func<CancellationToken, Task<ReleaseFacts>> Release, Func<CancellationToken, Task<TrustFacts>> Trust);

/// <summary>Takes what was installed.</summary>
/// <param name="installed">What the installer knows.</param>
internal sealed class ReleaseProbe(InstalledFacts installed) : IProbe<ReleaseFacts>
{
    /// <inheritdoc />
    public ObservationKind<ReleaseFacts> Kind => ObservationKinds.Release;

    /// <inheritdoc />
    public Task<ReleaseFacts> TakeAsync(string subject, CancellationToken cancellationToken) => installed.Release(cancellationToken);
}

/// <summary>Takes the public side of the test PKI.</summary>
/// <param name="installed">What the installer knows.</param>
internal sealed class TrustProbe(InstalledFacts installed) : IProbe<TrustFacts>
{
    /// <inheritdoc />
    public ObservationKind<TrustFacts> Kind => ObservationKinds.Trust;

    /// <inheritdoc />
    public Task<TrustFacts> TakeAsync(string subject, CancellationToken cancellationToken) => installed.Trust(cancellationToken);
}
