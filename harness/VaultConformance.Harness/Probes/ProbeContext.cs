using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Waiting;
using k8s;

namespace VaultConformance.Harness.Probes;

/// <summary>What probes need of the live system.</summary>
/// <param name="Client">Client for the cluster; not owned.</param>
/// <param name="Namespace">Namespace of the release.</param>
/// <param name="ClusterKind">See <see cref="ClusterFacts.Kind"/>.</param>
/// <param name="NodeSettings">See <see cref="ClusterFacts.NodeSettings"/>.</param>
/// <param name="Executor">Runs commands in containers.</param>
/// <param name="Source">
/// Where the observations that a probe builds on come from, so that they are taken once; a function because the source is made of the
/// probes.
/// </param>
/// <param name="Redactor">Takes secrets out of text before it becomes evidence.</param>
/// <param name="TimeProvider">Clock and timers.</param>
/// <param name="Lifetime">Ends the run.</param>
internal sealed record ProbeContext(
    IKubernetes Client,
    string Namespace,
    string ClusterKind,
    IReadOnlyList<string> NodeSettings,
    IPodExecutor Executor,
    Func<IObservationSource> Source,
    SecretRedactor Redactor,
    TimeProvider TimeProvider,
    CancellationToken Lifetime)
{
    /// <summary>Id of the run, for labels of what probes create.</summary>
    public string RunId { get; init; } = string.Empty;

    /// <summary>How long probes may wait.</summary>
    public StepLimits Limits { get; init; } = StepLimits.Default;

    /// <summary>The keys and the root token of this run, to look for them where they must not be; null when there are none.</summary>
    public UnsealMaterial? Material { get; init; }

    internal async Task<AdmittedObjects> ObserveObjectsAsync(CancellationToken cancellationToken) =>
        (await Source().ObserveAsync(ObservationKinds.Objects, Subjects.Release, cancellationToken)).Require();
}
