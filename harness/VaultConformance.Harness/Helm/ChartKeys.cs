using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Helm;

/// <summary>
/// What a chart takes notice of: the keys of its values and schema, those that its templates ask for, and those of its subcharts.
/// </summary>
/// <param name="TopLevel">Keys of the top level; empty when the chart cannot be read, so that nothing can be said.</param>
/// <param name="Below">Keys that its templates and comments mention, with the key above each, for example <c>server.ha</c>.</param>
/// <param name="Values">Its values file; empty when it has none.</param>
/// <param name="Title">Name and version as its Chart.yaml has them.</param>
internal sealed partial record ChartKeys(IReadOnlyList<string> TopLevel, IReadOnlySet<string> Below, string Values, string Title)
{
    private static readonly ChartKeys Unknown = new([], new HashSet<string>(), string.Empty, string.Empty);

    /// <summary>Reads them.</summary>
    /// <param name="path">Folder or archive of the chart.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    public static async Task<ChartKeys> ReadAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(path);
        var files = await ChartFiles.ReadAsync(path, cancellationToken);
        return files.Count == 0 ? Unknown : From(files);
    }

    private static ChartKeys From(IReadOnlyList<ChartFile> files)
    {
        string Text(string name) => files.FirstOrDefault(file => file.Name == name)?.Text ?? string.Empty;
        var keys = new SortedSet<string>(files.SelectMany(file => ListKeys(file.Name, file.Text)), StringComparer.Ordinal) { "global" };
        var asked = files.Where(file => IsTemplate(file.Name)).SelectMany(file => Asked.Matches(file.Text));
        var about = Text("Chart.yaml");
        return new ChartKeys(
            [.. keys],
            asked.Where(match => match.Groups["below"].Success)
                .Select(match => $"{match.Groups["key"].Value}.{match.Groups["below"].Value}")
                .Concat(ListCommented(Text("values.yaml")))
                .ToHashSet(StringComparer.Ordinal),
            Text("values.yaml"),
            $"chart '{About(about, "name")}' {About(about, "version")}");
    }

    private static string About(string text, string field) =>
        Regex.Match(text, $@"^{field}:\s*[""']?(?<value>[^\s""'#]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)
            .Groups["value"].Value;

    // Name of a file below the chart's folder, and what it holds.
    private static IEnumerable<string> ListKeys(string name, string text) => name switch
    {
        "values.yaml" => TopLevelKey.Matches(text).Select(match => match.Groups["key"].Value),
        "Chart.yaml" => Dependency.Matches(text[Math.Max(0, text.IndexOf("\ndependencies:", StringComparison.Ordinal))..])
            .Select(match => match.Groups["name"].Value),
        _ when IsTemplate(name) => Asked.Matches(text).Select(match => match.Groups["key"].Value),
        _ when name.StartsWith("charts/", StringComparison.Ordinal) => [name.Split('/')[1]],
        _ => [],
    };

    private static bool IsTemplate(string name) => name.StartsWith("templates/", StringComparison.Ordinal);

    // Keys that a chart offers in comments only: '  # type: ClusterIP' below 'server:'.
    private static IEnumerable<string> ListCommented(string values)
    {
        var section = string.Empty;
        foreach (var line in values.Split('\n'))
        {
            section = TopLevelKey.Match(line) is { Success: true } top ? top.Groups["key"].Value : section;
            if (Commented.Match(line) is { Success: true } commented)
            {
                yield return $"{section}.{commented.Groups["key"].Value}";
            }
        }
    }

    [GeneratedRegex(@"^(?<key>[A-Za-z0-9_-]+)\s*:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TopLevelKey { get; }

    [GeneratedRegex(
        @"^\s*(-\s*|\s{2,})(name|alias):\s*""?(?<name>[A-Za-z0-9_.-]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Dependency { get; }

    [GeneratedRegex(@"^\s{2,}#\s*(?<key>[A-Za-z0-9_-]+)\s*:", RegexOptions.CultureInvariant)]
    private static partial Regex Commented { get; }

    [GeneratedRegex(@"\.Values\.(?<key>[A-Za-z0-9_]+)(\.(?<below>[A-Za-z0-9_]+))?", RegexOptions.CultureInvariant)]
    private static partial Regex Asked { get; }
}
