using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Network.Reach;
using VaultConformance.Harness.Probes.Network.Relay;
using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Deployment;

/// <summary>What a live target is made from, whether its release was installed just now or kept by an earlier run.</summary>
internal sealed record LiveTargetParts
{
    internal required IKubernetesCluster Cluster { get; init; }

    /// <summary>Namespace of the release.</summary>
    internal required string Namespace { get; init; }

    internal required string RunId { get; init; }

    /// <summary>API port of the servers.</summary>
    internal required int ApiPort { get; init; }

    /// <summary>Opens API clients.</summary>
    internal required ServerConnections Servers { get; init; }

    /// <summary>Why the release did not come up; null when it did.</summary>
    internal string? StartupProblem { get; init; }

    /// <summary>Unseal keys; null when the release was not bootstrapped.</summary>
    internal UnsealMaterial? Material { get; init; }

    /// <summary>Auditor token; null when the release was not bootstrapped.</summary>
    internal SecretText? Auditor { get; init; }

    /// <summary>Why there is no auditor token although the release was bootstrapped; null otherwise.</summary>
    internal string? NoAuditor { get; init; }

    /// <summary>What the server had before anybody configured it; null where nobody looked.</summary>
    internal MountBaseline? Baseline { get; init; }

    /// <summary>Tells what was installed.</summary>
    internal required Func<CancellationToken, Task<ReleaseFacts>> Release { get; init; }

    /// <summary>Tells the public side of the test PKI.</summary>
    internal required Func<CancellationToken, Task<TrustFacts>> Trust { get; init; }

    /// <summary>Tells what became of the values; null for a release that was not installed just now.</summary>
    internal Func<CancellationToken, Task<ValuesFacts>>? Values { get; init; }

    /// <summary>How the server was configured; null for a release that did not come up or was not installed just now.</summary>
    internal SetupFacts? Setup { get; init; }

    /// <summary>Issues another certificate of the release; null when the authority is gone.</summary>
    internal Func<ServerCertificate>? IssueReplacement { get; init; }

    /// <summary>Where connections over the pod network are made from; null when it could not be created.</summary>
    internal RelayPod? Relay { get; init; }

    /// <summary>The run's own pods from which the servers are tried; null for a release that was not installed just now.</summary>
    internal ReachServices? Reach { get; init; }

    /// <summary>Why disruptive observations must not be taken; null when they may.</summary>
    internal string? DisruptionForbidden { get; init; }

    /// <summary>Longest wait of each step.</summary>
    internal required TimeSpan StepLimit { get; init; }

    /// <summary>Folder where evidence is recorded.</summary>
    internal required string EvidenceFolder { get; init; }

    /// <summary>The stage that is observed.</summary>
    internal ObservationStage Stage { get; init; }

    /// <summary>Takes secrets out of text.</summary>
    internal required SecretRedactor Redactor { get; init; }
}
