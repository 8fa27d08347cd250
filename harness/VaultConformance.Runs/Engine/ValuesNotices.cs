using VaultConformance.Harness.Secrets;
using VaultConformance.Harness.Helm;
using VaultConformance.Reporting.Values;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Engine;

/// <summary>
/// What a user should know about the values files before anything starts: files that set nothing, keys that the chart ignores, switches
/// that are neither on nor off.
/// </summary>
/// <param name="repository">Has the keys of the pinned chart, for it is not on this machine yet.</param>
internal sealed class ValuesNotices(RepositoryFolder repository)
{
    /// <summary>Fills them into a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public async Task<RunPlan> FillInAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        var files = await ReadFilesAsync(plan, cancellationToken);
        var chart = await ReadChartAsync(plan.Release, cancellationToken);
        return plan with
        {
            Notices = [.. plan.Notices, .. ListEmpty(files), .. Describe(files, chart)],
            IsChartKnown = chart.IsKnown,
        };
    }

    /// <summary>What the chart makes of the files, where it was not known before the run started.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public static async Task<IReadOnlyList<string>> ListLateAsync(RunPlan plan, Chart chart, CancellationToken cancellationToken) =>
        plan.IsChartKnown
            ? []
            : Describe(
                await ReadFilesAsync(plan, cancellationToken),
                ToShape(await ChartKeys.ReadAsync(chart.Path, cancellationToken), $"chart '{chart.Name}' {chart.Version}"));

    private static IReadOnlyList<string> Describe(IReadOnlyList<ValuesFile> files, ChartShape chart) =>
        [.. UnknownKeys.Describe(files, chart).Concat(WrongSwitches.Describe(files, chart)).Select(SecretScanner.MaskShapes)];

    private static IEnumerable<string> ListEmpty(IReadOnlyList<ValuesFile> files)
    {
        var empty = files.Where(file => file.Root is null or { Entries.Count: 0, Merged.Count: 0 }).ToList();
        var effect = empty.Count == files.Count ? "the chart's defaults are tested" : "only the other files count";
        return empty.Select(file => $"'{file.Name}' sets nothing: {effect}.");
    }

    private static async Task<IReadOnlyList<ValuesFile>> ReadFilesAsync(RunPlan plan, CancellationToken cancellationToken)
    {
        var files = new List<ValuesFile>();
        foreach (var path in plan.Release.ValuesFiles)
        {
            files.Add(ValuesFile.Parse(
                ValuesDeclarations.GetName(path, plan.WorkingFolder), await File.ReadAllTextAsync(path, cancellationToken)));
        }

        return files;
    }

    // A chart on this machine says itself what it knows. The fixture chart has the keys of the pinned one.
    private async Task<ChartShape> ReadChartAsync(ReleasePlan release, CancellationToken cancellationToken)
    {
        if (release.Chart is { Kind: ChartSource.Directory or ChartSource.Archive } local)
        {
            var keys = await ChartKeys.ReadAsync(local.Name, cancellationToken);
            return ToShape(keys, keys.Title);
        }

        var isPinned = (release.Chart is null || release.Chart.Text == PinnedInputs.Chart)
            && release.ChartVersion is null or PinnedInputs.ChartVersion;
        return isPinned && repository.IsThere
            ? ToShape(await ChartKeys.ReadAsync(repository.FixtureChart, cancellationToken), $"chart 'vault' {PinnedInputs.ChartVersion}")
            : ChartShape.Unknown;
    }

    private static ChartShape ToShape(ChartKeys keys, string title) => keys.Values.Length == 0
        ? ChartShape.Unknown
        : new ChartShape(title, keys.TopLevel, keys.Below, ValuesFile.Parse("values.yaml", keys.Values));
}
