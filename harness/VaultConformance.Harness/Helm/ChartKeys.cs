using System.Formats.Tar;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Helm;

/// <summary>
/// The top-level keys that a chart takes notice of: those of its values and schema, those that its templates ask for, and those of its
/// subcharts.
/// </summary>
internal static partial class ChartKeys
{
    private const long LargestFile = 1024 * 1024;

    /// <summary>Reads them.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The keys; empty when the chart cannot be read, so that nothing can be said.</returns>
    public static async Task<IReadOnlyList<string>> ReadTopLevelAsync(Chart chart, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var keys = new SortedSet<string>(StringComparer.Ordinal) { "global" };
        try
        {
            await foreach (var (name, text) in ReadFilesAsync(chart.Path, cancellationToken))
            {
                keys.UnionWith(ListKeys(name, text));
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return [];
        }

        return [.. keys];
    }

    // Name of a file below the chart's folder, and what it holds.
    private static IEnumerable<string> ListKeys(string name, string text) => name switch
    {
        "values.yaml" => TopLevelKey.Matches(text).Select(match => match.Groups["key"].Value),
        "Chart.yaml" => Dependency.Matches(text[Math.Max(0, text.IndexOf("\ndependencies:", StringComparison.Ordinal))..])
            .Select(match => match.Groups["name"].Value),
        _ when name.StartsWith("templates/", StringComparison.Ordinal) => Asked.Matches(text).Select(match => match.Groups["key"].Value),
        _ when name.StartsWith("charts/", StringComparison.Ordinal) => [name.Split('/')[1]],
        _ => [],
    };

    private static IAsyncEnumerable<(string Name, string Text)> ReadFilesAsync(string path, CancellationToken cancellationToken) =>
        File.Exists(path) ? ReadArchiveAsync(path, cancellationToken) : ReadFolderAsync(path, cancellationToken);

    private static async IAsyncEnumerable<(string Name, string Text)> ReadFolderAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => new FileInfo(file).Length <= LargestFile))
        {
            yield return (Path.GetRelativePath(path, file).Replace('\\', '/'), await File.ReadAllTextAsync(file, cancellationToken));
        }
    }

    private static async IAsyncEnumerable<(string Name, string Text)> ReadArchiveAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var unzipped = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        await using var tar = new TarReader(unzipped);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.DataStream is { } content && entry.Length <= LargestFile && entry.Name.Split('/', 2) is [_, var name])
            {
                using var reader = new StreamReader(content, leaveOpen: true);
                yield return (name, await reader.ReadToEndAsync(cancellationToken));
            }
        }
    }

    [GeneratedRegex(@"^(?<key>[A-Za-z0-9_-]+)\s*:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TopLevelKey { get; }

    [GeneratedRegex(
        @"^\s*(-\s*|\s{2,})(name|alias):\s*""?(?<name>[A-Za-z0-9_.-]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Dependency { get; }

    [GeneratedRegex(@"\.Values\.(?<key>[A-Za-z0-9_]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Asked { get; }
}
