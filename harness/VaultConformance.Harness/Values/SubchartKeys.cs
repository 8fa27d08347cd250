using VaultConformance.Harness.Helm;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace VaultConformance.Harness.Values;

/// <summary>
/// Under which keys the values of subcharts lie: a dependency with an alias takes its values from there, and one chart may be used several
/// times under different ones.
/// </summary>
internal sealed class SubchartKeys
{
    private const string File = "Chart.yaml";
    private readonly Dictionary<string, ILookup<string, string>> _dependencies;

    /// <summary>Reads the dependencies of a chart and of its subcharts.</summary>
    /// <param name="files">The files of the chart.</param>
    public SubchartKeys(IReadOnlyList<ChartFile> files)
    {
        _dependencies = files.Where(file => file.Name == File || file.Name.EndsWith("/" + File, StringComparison.Ordinal))
            .ToDictionary(file => file.Name[..^File.Length], file => Read(file.Text), StringComparer.Ordinal);
        var unpacked = files.Where(file => file.Name.StartsWith("charts/", StringComparison.Ordinal))
            .Select(file => file.Name.Split('/'))
            .Where(parts => parts.Length > 2)
            .Select(parts => parts[1])
            .ToHashSet(StringComparer.Ordinal);
        Packed = [.. Of(string.Empty).Where(group => !unpacked.Contains(group.Key)).SelectMany(group => group)];
    }

    /// <summary>Keys of dependencies of the chart whose files are not known: they are packed, or not there.</summary>
    public IReadOnlyList<string> Packed { get; }

    /// <summary>The paths at which the values of a subchart lie; for the chart itself one, which is empty.</summary>
    /// <param name="folders">Folders from the chart to the subchart, by the names of the charts.</param>
    public IReadOnlyList<IReadOnlyList<string>> ListPaths(IReadOnlyList<string> folders)
    {
        List<IReadOnlyList<string>> paths = [[]];
        var parent = string.Empty;
        foreach (var folder in folders)
        {
            var known = Of(parent)[folder];
            List<string> keys = known.Any() ? [.. known] : [folder];
            paths = [.. paths.SelectMany(path => keys.Select(key => (IReadOnlyList<string>)[.. path, key]))];
            parent += $"charts/{folder}/";
        }

        return paths;
    }

    private ILookup<string, string> Of(string folder) =>
        _dependencies.GetValueOrDefault(folder) ?? Array.Empty<string>().ToLookup(name => name);

    private static ILookup<string, string> Read(string text)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            var root = stream.Documents is [{ RootNode: YamlMappingNode map }, ..] ? map : [];
            var listed = root.Children.TryGetValue("dependencies", out var node) && node is YamlSequenceNode list ? list.Children : [];
            return listed.OfType<YamlMappingNode>()
                .Select(one => (Name: Find(one, "name"), Alias: Find(one, "alias")))
                .Where(one => one.Name is not null)
                .ToLookup(one => one.Name!, one => one.Alias ?? one.Name!);
        }
        catch (YamlException)
        {
            // Helm says what is wrong with it.
            return Array.Empty<string>().ToLookup(name => name);
        }
    }

    private static string? Find(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(key, out var node) && node is YamlScalarNode { Value: { Length: > 0 } text } ? text : null;
}
