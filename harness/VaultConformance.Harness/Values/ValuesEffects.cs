using System.Text.Json.Nodes;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Patching;

namespace VaultConformance.Harness.Values;

/// <summary>
/// Finds out which values change what the chart renders: it renders the release with all of them, and once more without each. That is the
/// only proof that a key is real, for a chart takes any key without a word.
/// </summary>
/// <param name="render">Renders the release with one values file.</param>
/// <param name="folder">Private folder for the values.</param>
internal sealed class ValuesEffects(Func<string, CancellationToken, Task<RenderedManifests>> render, string folder)
{
    private const int Shown = 6;

    /// <summary>Finds it out.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="files">The values files in the order in which Helm gets them.</param>
    /// <param name="absent">Rendered fields that the objects in the cluster do not have; null when that was not compared.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    /// <exception cref="HarnessException">The release does not render, or a values file cannot be read.</exception>
    public async Task<ValuesFacts> FindAsync(
        Chart chart, IReadOnlyList<string> files, IReadOnlySet<string>? absent, CancellationToken cancellationToken)
    {
        var origins = new ChartOrigins(await ChartFiles.ReadAsync(chart.Path, cancellationToken));
        var given = await ReadAsync(files, cancellationToken);
        Directory.CreateDirectory(folder);
        var whole = await RenderAsync("whole", given, cancellationToken);
        var unstable = RenderedDifference.List(whole, await RenderAsync("again", given, cancellationToken)).ToList();
        var facts = new ValueFacts[given.Count];
        await Parallel.ForEachAsync(
            given,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (value, token) =>
            {
                var later = given.Skip(value.At + 1).FirstOrDefault(value.IsReplacedBy);
                var changes = later is null ? await ListChangesAsync(value, given, whole, token) : [];
                facts[value.At] = Describe(value, later, changes?.Except(unstable).ToList(), origins, absent);
            });
        return new ValuesFacts(facts, unstable);
    }

    private static async Task<List<GivenValue>> ReadAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var given = new List<GivenValue>();
        foreach (var file in files)
        {
            var tree = await ValuesTree.ReadAsync(file, cancellationToken);
            foreach (var leaf in tree.Leaves)
            {
                given.Add(new GivenValue(given.Count, tree.Name, leaf));
            }
        }

        return given;
    }

    private static ValueFacts Describe(
        GivenValue value, GivenValue? later, List<string>? changes, ChartOrigins origins, IReadOnlySet<string>? absent) =>
        new(
            value.Leaf.Key,
            value.File,
            value.Leaf.Line,
            origins.Find(value.Leaf.Path),
            origins.IsDefault(value.Leaf),
            later is null ? null : $"{later.File}:{later.Leaf.Line}",
            value.Leaf.HoldsAnchor,
            changes?.Count ?? -1,
            [.. (changes ?? []).Take(Shown)],
            absent is null ? null : [.. (changes ?? []).Where(absent.Contains)]);

    private async Task<List<string>?> ListChangesAsync(
        GivenValue value, List<GivenValue> given, RenderedManifests whole, CancellationToken cancellationToken)
    {
        try
        {
            var without = await RenderAsync($"{value.At}", [.. given.Where(other => other.At != value.At)], cancellationToken);
            return [.. RenderedDifference.List(whole, without)];
        }
        catch (Exception exception) when (exception is HelmCommandException or PatchException)
        {
            // A chart that demands a value takes notice of it.
            return null;
        }
    }

    // JSON is YAML, and the one form of it in which nothing is read in two ways.
    private async Task<RenderedManifests> RenderAsync(string name, List<GivenValue> values, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, $"without-{name}.json");
        var merged = ValuesTree.Merge(values.Select(value => value.Leaf));
        await File.WriteAllTextAsync(path, merged.ToJsonString(), cancellationToken);
        try
        {
            return await render(path, cancellationToken);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed record GivenValue(int At, string File, ValueLeaf Leaf)
    {
        // The same key, one above it that is no mapping, or one below it where this is none: all take its place.
        public bool IsReplacedBy(GivenValue later)
        {
            var common = Math.Min(Leaf.Path.Count, later.Leaf.Path.Count);
            return later.File != File
                && Leaf.Path.Take(common).SequenceEqual(later.Leaf.Path.Take(common), StringComparer.Ordinal)
                && (later.Leaf.Path.Count > Leaf.Path.Count ? Leaf.Value is not JsonObject : later.Leaf.Value is not JsonObject);
        }
    }
}
