using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Deployment;

/// <summary>Says exactly what was installed.</summary>
/// <param name="cluster">Where.</param>
/// <param name="helm">The Helm program.</param>
/// <param name="options">What was asked for.</param>
/// <param name="services">Vault clients.</param>
/// <param name="installed">Its outcome.</param>
/// <param name="startupProblem">Why the release did not come up; null when it did.</param>
internal sealed class ReleaseFactsReader(
    IKubernetesCluster cluster,
    HelmClient helm,
    DeploymentOptions options,
    HarnessServices services,
    InstalledRelease installed,
    string? startupProblem)
{
    /// <summary>Reads revision and image; the rest is known.</summary>
    internal async Task<ReleaseFacts> ReadAsync(CancellationToken cancellationToken)
    {
        var records = await new HelmReleases(helm)
            .ReadRecordsAsync(options.ReleaseName, options.Namespace, cluster.KubeconfigPath, cancellationToken);
        var chart = options.Chart;
        return new ReleaseFacts(
            options.ReleaseName,
            options.Namespace,
            HelmReleases.FindNewestRevision(records.History),
            chart.Name,
            chart.Version,
            chart.AppVersion,
            chart.Reference.Shown,
            chart.Sha256,
            helm.Version.Text,
            installed.Values,
            installed.Overlay.Yaml,
            installed.Overlay.Reasons,
            installed.Patches,
            installed.Rendered.ServerContainer["image"]?.ToString() ?? string.Empty,
            options.StandIn,
            services.VaultApi.ClientName,
            startupProblem)
        {
            Setup = [.. options.Setup.Select(step => new FileDigest(step.Name, step.Sha256))],
        };
    }
}
