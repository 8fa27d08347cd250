using System.Globalization;
using k8s;
using VaultConformance.Harness.Clusters;
using VaultConformance.OfflineKit.Engine;
using VaultConformance.Harness.Helm;
using VaultConformance.OfflineKit;
using VaultConformance.OfflineKit.Building;
using VaultConformance.Harness.Progress;
using Repository = VaultConformance.Controls.Tests.Support.Repository;

namespace VaultConformance.Controls.Tests.Matrix;

/// <summary>What live cases share: engine, node image, stand-in server, Helm, chart, and one cluster at a time.</summary>
internal sealed class MatrixLab : IAsyncDisposable
{
    /// <summary>Names another chart than the fixture chart, as for <c>--chart</c>: the cases have to hold on HashiCorp's own too.</summary>
    private const string ChartVariable = "VAULT_CONFORMANCE_MATRIX_CHART";

    private static readonly TimeSpan ClusterLimit = TimeSpan.FromMinutes(4);
    private readonly OfflineKitArtifacts _kit;
    private readonly string _runId = $"matrix-{Environment.ProcessId}";
    private (string Ulimit, K3sCluster Cluster)? _current;
    private int _releases;

    private MatrixLab(OfflineKitArtifacts kit, HelmClient helm, Chart chart, string folder)
    {
        (_kit, Helm, Chart, Folder) = (kit, helm, chart, folder);
    }

    internal HelmClient Helm { get; }

    internal Chart Chart { get; }

    /// <summary>Private folder for evidence and temporary files.</summary>
    internal string Folder { get; }

    internal string RunId => _runId;

    internal IRunProgress Progress { get; } = new TestProgress();

    /// <summary>Prepares the machine. What is missing is installed and built, as the program does it for its users.</summary>
    internal static async Task<MatrixLab> OpenAsync(CancellationToken cancellationToken)
    {
        var progress = new TestProgress();
        var paths = KitPaths.FromEnvironment(Environment.GetEnvironmentVariable);
        await new DockerEngine(paths, TimeProvider.System).EnsureAsync(SetupPolicy.Allow, progress, cancellationToken);
        var kit = await new KitBuilder(paths, TimeProvider.System).BuildAsync(new OfflineKitRequest(Repository.File("fixtures")), progress, cancellationToken);
        NodeContainers.Prepare(reaper: false);
        var folder = Directory.CreateTempSubdirectory("vault-conformance-matrix-").FullName;
        var helm = await HelmClient.OpenAsync(kit.HelmPath, Path.Combine(folder, "helm"), cancellationToken);
        var chart = await new ChartLoader(helm, folder).LoadAsync(ChartReference.Parse(ChartName()), null, cancellationToken);
        return new MatrixLab(kit, helm, chart, folder);
    }

    private static string ChartName() =>
        Environment.GetEnvironmentVariable(ChartVariable) is { Length: > 0 } named ? named : Repository.File("fixtures", "chart");

    /// <summary>Image of the server; the archive holds variants under tags with a suffix.</summary>
    internal string Image(string? lever) => lever is null ? _kit.VaultImage : _kit.VaultImage + lever["vault-standin".Length..];

    /// <summary>A cluster whose node has this limit; the one before is removed when the limit differs.</summary>
    internal async Task<K3sCluster> ClusterAsync(string ulimit, CancellationToken cancellationToken)
    {
        if (_current is { } current && current.Ulimit == ulimit)
        {
            return current.Cluster;
        }

        await RemoveClusterAsync();
        var options = new K3sClusterOptions(
            _kit.NodeImage, "offline-node", _runId, [_kit.VaultImageArchive], [NodeUlimit.Parse(ulimit)], ClusterLimit, Folder);
        var cluster = await K3sCluster.StartAsync(options, Progress, TimeProvider.System, cancellationToken);
        _current = (ulimit, cluster);
        return cluster;
    }

    /// <summary>Whether the cluster knows init containers that keep running.</summary>
    internal async Task<bool> KnowsNativeSidecarsAsync(CancellationToken cancellationToken)
    {
        const int FirstMinor = 29;
        var version = await (await ClusterAsync(LiveCase.DefaultUlimit, cancellationToken)).Client.Version.GetCodeAsync(cancellationToken);
        return version.Major != "1" || int.Parse(version.Minor.TrimEnd('+'), CultureInfo.InvariantCulture) >= FirstMinor;
    }

    /// <summary>A namespace that no release has used.</summary>
    internal string NextNamespace() => FormattableString.Invariant($"case-{Interlocked.Increment(ref _releases)}");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await RemoveClusterAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task RemoveClusterAsync()
    {
        if (_current is { } current)
        {
            _current = null;
            await current.Cluster.DisposeAsync();
        }
    }

    private sealed class TestProgress : IRunProgress
    {
        public void Report(ProgressEvent progressEvent)
        {
            if (progressEvent.Kind is ProgressKind.PhaseFinished or ProgressKind.Notice)
            {
                TestContext.Progress.WriteLine($"{progressEvent.Phase}: {progressEvent.Message} {progressEvent.Duration?.TotalSeconds:0.0}");
            }
        }
    }
}
