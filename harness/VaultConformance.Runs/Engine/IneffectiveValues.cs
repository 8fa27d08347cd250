using VaultConformance.Harness.Helm;
using VaultConformance.Reporting.Values;
using VaultConformance.Runs.Plan;

namespace VaultConformance.Runs.Engine;

/// <summary>Keys of the values files that the chart takes no notice of.</summary>
internal static class IneffectiveValues
{
    /// <summary>Names them, one sentence each.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public static async Task<IReadOnlyList<string>> ListAsync(RunPlan plan, Chart chart, CancellationToken cancellationToken)
    {
        var files = new List<ValuesFile>();
        foreach (var path in plan.Release.ValuesFiles)
        {
            files.Add(ValuesFile.Parse(
                ValuesDeclarations.GetName(path, plan.WorkingFolder), await File.ReadAllTextAsync(path, cancellationToken)));
        }

        return UnknownKeys.Describe(
            files, await ChartKeys.ReadTopLevelAsync(chart, cancellationToken), $"chart '{chart.Name}' {chart.Version}");
    }
}
