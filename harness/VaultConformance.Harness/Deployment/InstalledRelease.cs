using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Deployment;

/// <summary>A release that Helm has installed, whether or not its pods come up.</summary>
/// <param name="Rendered">What was rendered, patches included.</param>
/// <param name="Overlay">Values that the harness added.</param>
/// <param name="Certificate">Certificate in the TLS Secrets; null when the values expect none.</param>
/// <param name="Issue">Issues another certificate with the same names; null when the values expect none.</param>
/// <param name="SecretNames">TLS Secrets that were made.</param>
/// <param name="Values">Values files.</param>
/// <param name="Patches">Patch files.</param>
/// <param name="Access">What Helm was told about the cluster.</param>
internal sealed record InstalledRelease(
    RenderedRelease Rendered,
    EnvironmentOverlay Overlay,
    ServerCertificate? Certificate,
    Func<ServerCertificate>? Issue,
    IReadOnlyList<string> SecretNames,
    IReadOnlyList<FileDigest> Values,
    IReadOnlyList<FileDigest> Patches,
    HelmClusterAccess Access);
