using VaultConformance.Harness.Helm;
using VaultConformance.Reporting.Fixes;
using VaultConformance.Runs.Plan;
using VaultConformance.Runs.Records;

namespace VaultConformance.Runs.Engine;

/// <summary>Records the values files of a run.</summary>
internal static class ValuesRecorder
{
    private static readonly string[] Configurations = ["server.standalone.config", "server.ha.config", "server.ha.raft.config"];

    /// <summary>The values files and what the chart has where they say nothing.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="chart">The chart.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public static async Task<RecordedValues> ReadAsync(RunPlan plan, Chart chart, CancellationToken cancellationToken)
    {
        var files = new List<RecordedValuesFile>();
        foreach (var path in plan.Release.ValuesFiles)
        {
            var name = ValuesDeclarations.GetName(path, plan.WorkingFolder);
            files.Add(new RecordedValuesFile(name, ValuesMask.Apply(await File.ReadAllTextAsync(path, cancellationToken))));
        }

        var keys = await ChartKeys.ReadAsync(chart.Path, cancellationToken);
        return new RecordedValues(files, ReadDefaults(keys.Values), plan.Release.Name, []);
    }

    private static Dictionary<string, string> ReadDefaults(string text)
    {
        try
        {
            var values = TreeValues.Read(YamlTreeReader.Read(new TextLines(text)));
            return Configurations
                .Select(key => (Key: key, Value: values.FindAt(key.Split('.')) as FixText))
                .Where(pair => pair.Value is { IsNothing: false })
                .ToDictionary(pair => pair.Key, pair => pair.Value!.Text);
        }
        catch (UnsafeFixException)
        {
            // Without them only what the user's own configuration says can be changed.
            return [];
        }
    }
}
