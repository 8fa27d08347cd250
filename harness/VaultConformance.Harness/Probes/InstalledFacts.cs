using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Probes;

/// <summary>What the installer knows, because nobody else can tell it.</summary>
/// <param name="Release">Tells what was installed.</param>
/// <param name="Trust">Tells the public side of the test PKI.</param>
/// <param name="Values">Tells what became of the values; null for a release that was not installed just now.</param>
/// <param name="Setup">How the server was configured; null for a release that did not come up or was not installed just now.</param>
internal sealed record InstalledFacts(
    Func<CancellationToken, Task<ReleaseFacts>> Release,
    Func<CancellationToken, Task<TrustFacts>> Trust,
    Func<CancellationToken, Task<ValuesFacts>>? Values,
    SetupFacts? Setup);

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

/// <summary>Takes what became of the values files.</summary>
/// <param name="installed">What the installer knows.</param>
internal sealed class ValuesProbe(InstalledFacts installed) : IProbe<ValuesFacts>
{
    /// <inheritdoc />
    public ObservationKind<ValuesFacts> Kind => ObservationKinds.Values;

    /// <inheritdoc />
    public Task<ValuesFacts> TakeAsync(string subject, CancellationToken cancellationToken) => installed.Values is { } values
        ? values(cancellationToken)
        : throw new HarnessException(
            FailureKind.Environment,
            "The release was kept by an earlier run, and what its values change is found out when it is installed. Run it again.");
}

/// <summary>Takes how the server was configured.</summary>
/// <param name="installed">What the installer knows.</param>
internal sealed class SetupProbe(InstalledFacts installed) : IProbe<SetupFacts>
{
    /// <inheritdoc />
    public ObservationKind<SetupFacts> Kind => ObservationKinds.Setup;

    /// <inheritdoc />
    public Task<SetupFacts> TakeAsync(string subject, CancellationToken cancellationToken) => installed.Setup is { } setup
        ? Task.FromResult(setup)
        : throw new HarnessException(
            FailureKind.Environment,
            "The server was not configured in this run: it did not come up, or the release was kept by an earlier one.");
}
