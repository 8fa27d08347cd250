using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Products;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Vault.Setup;

namespace VaultConformance.Harness.Deployment;

/// <summary>What to install, and what the run may do to it.</summary>
public sealed record DeploymentOptions
{
    /// <summary>Id of the run; a label on everything that is created.</summary>
    public required string RunId { get; init; }

    /// <summary>Release name.</summary>
    public string ReleaseName { get; init; } = ServerProduct.Default.DefaultRelease;

    /// <summary>Namespace; it is created, owned and removed.</summary>
    public string Namespace { get; init; } = ServerProduct.Default.DefaultRelease;

    /// <summary>The chart.</summary>
    public required Chart Chart { get; init; }

    /// <summary>Values files under test, in order.</summary>
    public required IReadOnlyList<string> ValuesFiles { get; init; }

    /// <summary>Server image that replaces the values' one, as <c>repository:tag</c>; null to leave it.</summary>
    public string? VaultImage { get; init; }

    /// <summary>
    /// Secret with the keys of a release that initialises itself, in the release's namespace; null when the run initialises it.
    /// </summary>
    public string? UnsealKeysSecret { get; init; }

    /// <summary>Certificate that is shown to listeners that demand one; null for one that the run's authority issues.</summary>
    public ClientCertificate? ClientCertificate { get; init; }

    /// <summary>Files and folders of manifests that are put in place before the release.</summary>
    public IReadOnlyList<string> Prepare { get; init; } = [];

    /// <summary>StorageClasses that are made on a node of our own before the release.</summary>
    public IReadOnlyList<StorageClassAlias> StorageClasses { get; init; } = [];

    /// <summary>Patch files on the rendered objects, in order.</summary>
    public IReadOnlyList<string> Patches { get; init; } = [];

    /// <summary>What configures the server after it was unsealed, in order.</summary>
    public IReadOnlyList<SetupStep> Setup { get; init; } = [];

    /// <summary>Recipe of the certificates under test; null for good ones.</summary>
    public string? CertificateRecipe { get; init; }

    /// <summary>True when a stand-in server or chart is tested, not HashiCorp's.</summary>
    public bool StandIn { get; init; }

    /// <summary>Why disruptive observations must not be taken; null when they may.</summary>
    public string? DisruptionForbidden { get; init; }

    /// <summary>Why there must be no second namespace; null when there may.</summary>
    public string? SecondNamespaceForbidden { get; init; }

    /// <summary>Longest wait of each step of the release.</summary>
    public TimeSpan StepLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>True when the whole cluster goes away after the run, so that the release need not be removed by itself.</summary>
    public bool ClusterIsThrownAway { get; init; }

    /// <summary>Private folder for temporary files.</summary>
    public required string WorkFolder { get; init; }

    /// <summary>Folder where evidence is recorded.</summary>
    public required string EvidenceFolder { get; init; }
}
