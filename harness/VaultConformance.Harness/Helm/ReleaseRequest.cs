namespace VaultConformance.Harness.Helm;

/// <summary>What to render or install.</summary>
/// <param name="ReleaseName">Release name.</param>
/// <param name="Namespace">Namespace.</param>
/// <param name="Chart">The chart.</param>
/// <param name="ValuesFiles">Values files in order; later ones win.</param>
public sealed record ReleaseRequest(string ReleaseName, string Namespace, Chart Chart, IReadOnlyList<string> ValuesFiles);

/// <summary>How a cluster is reached and what Helm must know about it.</summary>
/// <param name="KubeconfigPath">Kubeconfig file that holds exactly one context.</param>
/// <param name="KubernetesVersion">Server version for rendering, for example <c>v1.34.1</c>.</param>
/// <param name="ApiVersions">API versions for rendering, for example <c>policy/v1</c>.</param>
/// <param name="ServerSideApply">False where server-side apply does not work; Helm 4 uses it unless told otherwise.</param>
public sealed record HelmClusterAccess(
    string KubeconfigPath, string KubernetesVersion, IReadOnlyList<string> ApiVersions, bool ServerSideApply);
