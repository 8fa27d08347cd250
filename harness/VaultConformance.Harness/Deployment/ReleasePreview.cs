using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Deployment;

/// <summary>Finds out before anything is started whether chart and values make a Vault server at all, and on which Kubernetes.</summary>
/// <param name="helm">The Helm program.</param>
/// <param name="options">What is to be installed.</param>
internal sealed class ReleasePreview(HelmClient helm, DeploymentOptions options)
{
    /// <summary>Renders the release.</summary>
    /// <param name="kubernetesVersion">Version of the cluster that would be started; null when it is not known.</param>
    /// <param name="node">That cluster in words.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    /// <exception cref="HarnessException">It does not render, makes no server, or does not work on that Kubernetes.</exception>
    public async Task CheckAsync(string? kubernetesVersion, string node, CancellationToken cancellationToken)
    {
        var request = new ReleaseRequest(options.ReleaseName, options.Namespace, options.Chart, options.ValuesFiles);
        try
        {
            var release = RenderedRelease.From(
                RenderedManifests.Parse(await new HelmReleases(helm).PreviewAsync(request, kubernetesVersion, cancellationToken)));
            _ = release.StatefulSet;
        }
        catch (HelmCommandException exception) when (kubernetesVersion is not null && FindRefusal(exception) is { } refusal)
        {
            throw new HarnessException(
                FailureKind.Configuration,
                $"Chart '{options.Chart.Name}' {options.Chart.Version} does not work on {node}, which is Kubernetes {kubernetesVersion}. "
                    + $"Helm says: {refusal}. "
                + "Give a node of a version that the chart takes with --k3s-image (rancher/k3s has one for each), or an existing cluster "
                + "with --kubeconfig and --context.",
                exception);
        }
    }

    // Helm's own sentence on the chart's kubeVersion.
    private static string? FindRefusal(HelmCommandException exception) => exception.Result.StandardError.Split('\n')
        .Where(line => line.Contains("requires kubeVersion", StringComparison.Ordinal))
        .Select(line => line.Trim().TrimEnd('.'))
        .LastOrDefault();
}
