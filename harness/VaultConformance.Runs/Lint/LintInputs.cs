using VaultConformance.Harness;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Progress;
using VaultConformance.OfflineKit;
using VaultConformance.OfflineKit.Building;
using VaultConformance.Runs.Engine;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Lint;

/// <summary>Brings Helm and the chart onto this machine. No engine, no image, no cluster.</summary>
/// <param name="repository">Has the chart that stands in for the official one.</param>
/// <param name="variables">The environment.</param>
/// <param name="progress">Told what is fetched.</param>
/// <param name="time">Clock.</param>
internal sealed class LintInputs(
    RepositoryFolder repository, IReadOnlyDictionary<string, string> variables, IRunProgress progress, TimeProvider time)
{
    private const string Phase = "inputs";

    /// <summary>The Helm program that the user names, the one on PATH, or one that is fetched and kept.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Ends the fetching.</param>
    public async Task<string> FindHelmAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        if ((plan.Helm ?? HelmProgram.FindOnPath(variables, "helm")) is { } program)
        {
            return program;
        }

        var request = new OfflineKitRequest(string.Empty) { WithNodeImage = false, WithVaultImage = false };
        return (await new KitBuilder(KitPaths.FromEnvironment(variables.GetValueOrDefault), time)
            .BuildAsync(request, progress, cancellationToken)).HelmPath;
    }

    /// <summary>The chart: the one that is given, the official one, or the fixture chart where that cannot be reached.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="helm">The Helm program.</param>
    /// <param name="folder">Private folder for what is fetched.</param>
    /// <param name="cancellationToken">Ends the fetching.</param>
    /// <exception cref="HarnessException">There is no such chart.</exception>
    public async Task<LintChart> LoadChartAsync(RunPlan plan, HelmClient helm, string folder, CancellationToken cancellationToken)
    {
        var loader = new ChartLoader(helm, folder);
        if (plan.Release.Chart is { } given)
        {
            var version = plan.Release.ChartVersion ?? (given.Text == PinnedInputs.Chart ? PinnedInputs.ChartVersion : null);
            return new LintChart(await loader.LoadAsync(given, version, cancellationToken), null);
        }

        if (plan.Cluster is ClusterPlan.Managed { Offline: true } && repository.IsThere)
        {
            return await LoadFixtureAsync(loader, "--offline is given", cancellationToken);
        }

        var wanted = plan.Release.ChartVersion ?? PinnedInputs.ChartVersion;
        try
        {
            return new LintChart(await LoadOfficialAsync(loader, wanted, cancellationToken), null);
        }
        catch (HelmCommandException) when (plan.Release.ChartVersion is null && repository.IsThere)
        {
            return await LoadFixtureAsync(loader, "the official chart could not be fetched", cancellationToken);
        }
    }

    private static async Task<LintChart> LoadChartAsync(
        ChartLoader loader, string path, string? reason, CancellationToken cancellationToken) =>
        new(await loader.LoadAsync(ChartReference.Parse(path), null, cancellationToken), reason);

    private Task<LintChart> LoadFixtureAsync(ChartLoader loader, string reason, CancellationToken cancellationToken) =>
        LoadChartAsync(loader, repository.FixtureChart, reason, cancellationToken);

    // A version of a chart never changes, and a hook runs many times a day.
    private async Task<Chart> LoadOfficialAsync(ChartLoader loader, string version, CancellationToken cancellationToken)
    {
        var kept = Path.Combine(
            KitPaths.FromEnvironment(variables.GetValueOrDefault).Root, "charts", $"{PinnedInputs.Chart.Replace('/', '-')}-{version}.tgz");
        if (!File.Exists(kept))
        {
            progress.ReportNotice(Phase, $"Fetching chart '{PinnedInputs.Chart}' {version}, which is then kept in '{kept}'.");
            var chart = await loader.LoadAsync(ChartReference.Parse(PinnedInputs.Chart), version, cancellationToken);
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            var part = $"{kept}.{Environment.ProcessId}";
            File.Copy(chart.Path, part, overwrite: true);
            File.Move(part, kept, overwrite: true);
        }

        var loaded = await loader.LoadAsync(ChartReference.Parse(kept), version, cancellationToken);
        return loaded with { Reference = ChartReference.Parse(PinnedInputs.Chart) };
    }
}

/// <summary>The chart that is rendered.</summary>
/// <param name="Chart">The chart.</param>
/// <param name="StandInReason">Why the fixture chart stands in for the official one; null when it does not.</param>
internal sealed record LintChart(Chart Chart, string? StandInReason);
