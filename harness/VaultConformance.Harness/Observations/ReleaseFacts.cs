namespace VaultConformance.Harness.Observations;

/// <summary>The Helm release under test: exactly what was installed.</summary>
/// <param name="Name">Release name.</param>
/// <param name="Namespace">Namespace.</param>
/// <param name="Revision">Helm revision.</param>
/// <param name="Chart">Chart name.</param>
/// <param name="ChartVersion">Chart version.</param>
/// <param name="AppVersion">Application version of the chart.</param>
/// <param name="ChartReference">The chart as the user named it; a path on the machine relative to the working folder at most.</param>
/// <param name="ChartSha256">SHA-256 of the chart archive, or of the directory's content.</param>
/// <param name="HelmVersion">Helm version used.</param>
/// <param name="Values">Values files in order.</param>
/// <param name="Overlay">Values that the harness had to add for this cluster, as YAML; empty when none.</param>
/// <param name="OverlayReasons">Why, one sentence each.</param>
/// <param name="Patches">Patches on the rendered objects, in order.</param>
/// <param name="ServerImage">Image of the Vault server container as admitted.</param>
/// <param name="StandIn">True when a stand-in server or chart was tested, not HashiCorp's.</param>
/// <param name="VaultClient">Vault API client that the harness was built with.</param>
/// <param name="StartupProblem">Why the release did not come up; null when it did.</param>
public sealed record ReleaseFacts(
    string Name,
    string Namespace,
    int Revision,
    string Chart,
    string ChartVersion,
    string AppVersion,
    string ChartReference,
    string ChartSha256,
    string HelmVersion,
    IReadOnlyList<FileDigest> Values,
    string Overlay,
    IReadOnlyList<string> OverlayReasons,
    IReadOnlyList<FileDigest> Patches,
    string ServerImage,
    bool StandIn,
    string VaultClient,
    string? StartupProblem)
{
    /// <summary>Files that configured the server after it was unsealed, in order; null in evidence that does not tell.</summary>
    public IReadOnlyList<FileDigest>? Setup { get; init; }
}

/// <summary>A file by name and content.</summary>
/// <param name="Name">File name without its folder.</param>
/// <param name="Sha256">SHA-256 of the content, hexadecimal.</param>
public sealed record FileDigest(string Name, string Sha256);
