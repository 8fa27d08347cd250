using VaultConformance.Harness.Clusters;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Progress;

namespace VaultConformance.Harness.Deployment;

/// <summary>Removes a release and its namespace from a cluster that outlives the run.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="helm">The Helm program.</param>
/// <param name="options">What was installed.</param>
/// <param name="services">Where to report.</param>
internal sealed class ReleaseRemoval(IKubernetesCluster cluster, HelmClient helm, DeploymentOptions options, HarnessServices services)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(75);

    /// <summary>Removes both, within a limit of its own.</summary>
    /// <param name="owner">Owns the namespace.</param>
    /// <param name="installing">True when Helm was asked to install, with success or not.</param>
    public async Task RunAsync(NamespaceOwner owner, bool installing)
    {
        if (options.ClusterIsThrownAway)
        {
            return;
        }

        using var limit = new CancellationTokenSource(Limit);
        if (installing)
        {
            await UninstallAsync(limit.Token);
        }

        await owner.RemoveAsync(limit.Token);
    }

    // An install that failed half-way left objects too, some of them outside the namespace.
    private async Task UninstallAsync(CancellationToken cancellationToken)
    {
        try
        {
            var result = await new HelmReleases(helm)
                .UninstallAsync(options.ReleaseName, options.Namespace, cluster.KubeconfigPath, cancellationToken);
            if (result.ExitCode != 0 && !result.StandardError.Contains("not found", StringComparison.Ordinal))
            {
                result.ThrowOnFailure(FailureKind.Environment, "Objects outside the namespace may be left.");
            }
        }
        catch (Exception exception) when (exception is HarnessException or OperationCanceledException)
        {
            services.Progress.ReportNotice("removal", $"Release '{options.ReleaseName}' was not removed by Helm: {exception.Message}");
        }
    }
}
