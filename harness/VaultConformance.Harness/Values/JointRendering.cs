using System.Globalization;
using System.Text.Json.Nodes;
using VaultConformance.Harness.Helm;

namespace VaultConformance.Harness.Values;

/// <summary>
/// Renders a chart with many sets of values in one call of Helm: starting Helm takes longer than rendering. Each set gets a copy of the
/// chart below one chart around them. What differs between two copies differs because of the values; what does not differ proves nothing
/// here, because a chart may behave otherwise below another one.
/// </summary>
/// <param name="render">Renders the chart in a folder with a values file.</param>
/// <param name="folder">Private folder.</param>
internal sealed class JointRendering(Func<string, string, CancellationToken, Task<string>> render, string folder)
{
    private const string Metadata = "Chart.yaml";
    private static readonly string[] LeftOut = ["values.schema.json", "templates/NOTES.txt"];

    private int _calls;

    /// <summary>Finds the sets of values that make the chart render something else than the first does, or nothing at all.</summary>
    /// <param name="files">The chart.</param>
    /// <param name="whole">The values to compare with.</param>
    /// <param name="variants">The other sets.</param>
    /// <param name="cancellationToken">Ends Helm.</param>
    /// <returns>The numbers of those sets, from 0.</returns>
    public async Task<IReadOnlySet<int>> FindDifferentAsync(
        IReadOnlyList<ChartFile> files, JsonObject whole, IReadOnlyList<JsonObject> variants, CancellationToken cancellationToken)
    {
        // A chart that is packed in this one cannot be copied as text.
        if (variants.Count == 0 || files.Count == 0 || files.Any(file => file.Name.EndsWith(".tgz", StringComparison.Ordinal)))
        {
            return new HashSet<int>();
        }

        var size = (variants.Count + Environment.ProcessorCount - 1) / Environment.ProcessorCount;
        var found = await Task.WhenAll(Enumerable.Range(0, variants.Count).Chunk(size)
            .Select(part => FindAsync(files, whole, variants, part, cancellationToken)));
        return found.SelectMany(part => part).ToHashSet();
    }

    private async Task<IReadOnlyList<int>> FindAsync(
        IReadOnlyList<ChartFile> files,
        JsonObject whole,
        IReadOnlyList<JsonObject> variants,
        int[] part,
        CancellationToken cancellationToken)
    {
        // The first two are the same: what differs between them differs by chance.
        List<JsonObject> sets = [whole, whole, .. part.Select(number => variants[number])];
        try
        {
            var copies = JointCopies.Read(await RenderAsync(files, sets, cancellationToken), sets.Count);
            return [.. part.Where((_, place) => copies.Differ(place + 2))];
        }
        catch (HelmCommandException) when (part.Length > 1)
        {
            // One that does not render spoils the others.
            var half = part.Length / 2;
            var first = FindAsync(files, whole, variants, part[..half], cancellationToken);
            return [.. await FindAsync(files, whole, variants, part[half..], cancellationToken), .. await first];
        }
        catch (Exception exception) when (exception is HelmCommandException or Patching.PatchException)
        {
            return [];
        }
    }

    private async Task<string> RenderAsync(IReadOnlyList<ChartFile> files, List<JsonObject> sets, CancellationToken cancellationToken)
    {
        var around = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"joint-{Interlocked.Increment(ref _calls)}"));
        Write(Path.Combine(around, Metadata), "apiVersion: v2\nname: joint\nversion: 0.0.1\n");
        var values = new JsonObject();
        foreach (var (number, set) in sets.Index())
        {
            var name = JointCopies.GetName(number);
            WriteCopy(files, Path.Combine(around, "charts", name), name, number == 0);
            values[name] = set.DeepClone();
        }

        var file = Path.Combine(around, "joint.json");
        Write(file, values.ToJsonString());
        try
        {
            return await render(around, file, cancellationToken);
        }
        finally
        {
            Directory.Delete(around, recursive: true);
        }
    }

    // Named templates belong to all copies together, so that the first one's are enough.
    private static void WriteCopy(IReadOnlyList<ChartFile> files, string target, string name, bool isFirst)
    {
        foreach (var file in files.Where(file => !LeftOut.Contains(file.Name) && (isFirst || !IsPartial(file.Name))))
        {
            Write(Path.Combine(target, file.Name), file.Name == Metadata ? Rename(file.Text, name) : file.Text);
        }
    }

    private static bool IsPartial(string name) =>
        name.Split('/').Contains("templates") && Path.GetFileName(name).StartsWith('_');

    private static string Rename(string metadata, string name) => string.Join('\n', metadata.Split('\n')
        .Select(line => line.StartsWith("name:", StringComparison.Ordinal) ? $"name: {name}" : line));

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
