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
    private const string Everything = "the rendered objects";

    /// <summary>Renders many sets of values at once; null where every value is taken out alone, which says what changes where.</summary>
    public JointRendering? Joint { get; init; }

    /// <summary>Finds it out.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="files">The values files in the order in which Helm gets them.</param>
    /// <param name="absent">Rendered fields that the objects in the cluster do not have; null when that was not compared.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    /// <exception cref="HarnessException">The release does not render, or a values file cannot be read.</exception>
    public async Task<ValuesFacts> FindAsync(
        Chart chart, IReadOnlyList<string> files, IReadOnlySet<string>? absent, CancellationToken cancellationToken)
    {
        var chartFiles = await ChartFiles.ReadAsync(chart.Path, cancellationToken);
        var origins = new ChartOrigins(chartFiles);
        var given = await ReadAsync(files, cancellationToken);
        Directory.CreateDirectory(folder);
        var proven = await FindProvenAsync(chartFiles, given, origins, cancellationToken);
        // Where everything is proven already, nobody asks for these two.
        var whole = new Lazy<Task<RenderedManifests>>(() => RenderAsync("whole", given, cancellationToken));
        var unstable = new Lazy<Task<List<string>>>(async () =>
            [.. RenderedDifference.List(await whole.Value, await RenderAsync("again", given, cancellationToken))]);
        var chance = Joint is null ? await unstable.Value : [];
        var facts = new ValueFacts[given.Count];
        await Parallel.ForEachAsync(
            given,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (value, token) =>
            {
                var later = given.Skip(value.At + 1).FirstOrDefault(value.IsReplacedBy);
                var changes = later is not null ? [] : proven.TryGetValue(value.At, out var known) ? known
                    : await ListChangesAsync(value, given, await whole.Value, token) is { } found
                        ? [.. found.Except(await unstable.Value)]
                        : null;
                facts[value.At] = Describe(value, later, changes, origins, absent);
            });
        return new ValuesFacts(await ProveAsync(facts, given, whole, unstable, cancellationToken), chance);
    }

    // What has an effect is found for all at once. What seems to have none is taken out alone, and so is nothing that needs no effect.
    private async Task<Dictionary<int, List<string>>> FindProvenAsync(
        IReadOnlyList<ChartFile> files, List<GivenValue> given, ChartOrigins origins, CancellationToken cancellationToken)
    {
        if (Joint is null)
        {
            return [];
        }

        var idle = given.Where(value => origins.IsDefault(value.Leaf) || value.Leaf.HoldsAnchor).Select(value => value.At).ToHashSet();
        var open = given
            .Where(value => !idle.Contains(value.At) && !given.Skip(value.At + 1).Any(value.IsReplacedBy))
            .ToList();
        var different = await Joint.FindDifferentAsync(
            files,
            ValuesTree.Merge(given.Select(value => value.Leaf)),
            [.. open.Select(value => ValuesTree.Merge(given.Where(other => other.At != value.At).Select(other => other.Leaf)))],
            cancellationToken);
        return idle.Select(at => (At: at, Changes: new List<string>()))
            .Concat(different.Select(
                number => (open[number].At, Changes: new List<string> { $"{Everything}: {open[number].Leaf.Key}" })))
            .ToDictionary(item => item.At, item => item.Changes);
    }

    // Few values are without effect, and finding out why takes several renderings.
    private async Task<IReadOnlyList<ValueFacts>> ProveAsync(
        ValueFacts[] facts,
        List<GivenValue> given,
        Lazy<Task<RenderedManifests>> whole,
        Lazy<Task<List<string>>> unstable,
        CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            given.Where(value => facts[value.At] is
                { ChangeCount: 0, IsDefault: false, HoldsAnchor: false, OverriddenAt: null }),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (value, token) =>
                facts[value.At] = facts[value.At] with
                {
                    InForce = await new EffectProof(TryRenderAsync, await whole.Value, await unstable.Value)
                        .IsInForceAsync(value, given, token),
                });
        return facts;
    }

    private static async Task<List<GivenValue>> ReadAsync(IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        var given = new List<GivenValue>();
        foreach (var (file, number) in files.Select((file, place) => (file, place + 1)))
        {
            var tree = await ValuesTree.ReadAsync(file, cancellationToken);
            foreach (var leaf in tree.Leaves)
            {
                given.Add(new GivenValue(given.Count, tree.Name, number, leaf));
            }
        }

        return given;
    }

    private static ValueFacts Describe(
        GivenValue value, GivenValue? later, List<string>? changes, ChartOrigins origins, IReadOnlySet<string>? absent)
    {
        var from = origins.Find(value.Leaf.Path);
        return new ValueFacts(
            value.Leaf.Key,
            value.File,
            value.Leaf.Line,
            from,
            origins.IsDefault(value.Leaf),
            later is null ? null : $"{later.File}:{later.Leaf.Line}",
            value.Leaf.HoldsAnchor,
            changes?.Count ?? -1,
            [.. (changes ?? []).Take(Shown)],
            absent is null ? null : [.. (changes ?? []).Where(absent.Contains)])
        {
            Candidates = from is null ? origins.ListCandidates(value.Leaf.Path) : null,
            FileNumber = value.FileNumber,
        };
    }

    private async Task<List<string>?> ListChangesAsync(
        GivenValue value, List<GivenValue> given, RenderedManifests whole, CancellationToken cancellationToken)
    {
        // A chart that demands a value takes notice of it.
        return await TryRenderAsync($"{value.At}", [.. given.Where(other => other.At != value.At)], cancellationToken) is { } without
            ? [.. RenderedDifference.List(whole, without)]
            : null;
    }

    private async Task<RenderedManifests?> TryRenderAsync(string name, List<GivenValue> values, CancellationToken cancellationToken)
    {
        try
        {
            return await RenderAsync(name, values, cancellationToken);
        }
        catch (Exception exception) when (exception is HelmCommandException or PatchException)
        {
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
}
