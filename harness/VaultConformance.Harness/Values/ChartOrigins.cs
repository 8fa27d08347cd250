using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using VaultConformance.Harness.Helm;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Values;

/// <summary>
/// What a chart knows: the keys of its values file, of its schema, and those that its templates ask for, subcharts included. A values file
/// alone does not say it: templates ask for keys that stand in neither.
/// </summary>
internal sealed partial class ChartOrigins
{
    private readonly JsonObject _defaults = [];
    private readonly List<JsonNode> _schemas = [];
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly HashSet<string> _packed = new(StringComparer.Ordinal);

    /// <summary>Reads the files of a chart.</summary>
    /// <param name="files">The files.</param>
    public ChartOrigins(IReadOnlyList<ChartFile> files)
    {
        var subcharts = new SubchartKeys(files);
        _packed.UnionWith(subcharts.Packed);

        // Values of a chart win over those of its subcharts, so that the deepest come first.
        foreach (var file in files.OrderByDescending(file => file.Name.Count(letter => letter == '/')))
        {
            var (chart, name) = SplitSubcharts(file.Name);
            foreach (var path in subcharts.ListPaths(chart))
            {
                Read(path, name, file.Text);
            }
        }
    }

    /// <summary>Where the chart mentions a key; null when nowhere. See <see cref="ValueFacts.KnownFrom"/>.</summary>
    /// <param name="path">The keys from the root.</param>
    public string? Find(IReadOnlyList<string> path) =>
        IsInDefaults(path) ? ValueFacts.FromValues
            : _schemas.Any(schema => ChartSchema.Has(schema, path)) ? ValueFacts.FromSchema
            : IsAsked(path) ? ValueFacts.FromTemplates
            : _packed.Contains(path[0]) ? ValueFacts.FromSubchart
            : null;

    /// <summary>
    /// Keys of the chart that may be meant by one that it does not know: those in the same place, and those of the same name.
    /// </summary>
    /// <param name="path">The keys from the root.</param>
    public IReadOnlyList<string> ListCandidates(IReadOnlyList<string> path) => KeyCandidates.List(_defaults, path);

    /// <summary>True when the chart's own values say the same.</summary>
    /// <param name="leaf">A value.</param>
    public bool IsDefault(ValueLeaf leaf)
    {
        JsonNode? at = _defaults;
        foreach (var key in leaf.Path)
        {
            if (at is not JsonObject map || !map.TryGetPropertyValue(key, out at))
            {
                return false;
            }
        }

        return JsonNode.DeepEquals(at, leaf.Value) || (AsksForNothing(at) && AsksForNothing(leaf.Value));
    }

    // Templates take all of these for "nothing"; false and 0 are answers.
    private static bool AsksForNothing(JsonNode? value) =>
        value is null or JsonObject { Count: 0 } or JsonArray { Count: 0 } || (value is JsonValue text && text.ToString().Length == 0);

    private static (IReadOnlyList<string> Chart, string Name) SplitSubcharts(string name)
    {
        var chart = new List<string>();
        while (name.StartsWith("charts/", StringComparison.Ordinal) && name.Split('/', 3) is [_, var sub, var rest])
        {
            chart.Add(sub);
            name = rest;
        }

        return (chart, name);
    }

    private void Read(IReadOnlyList<string> chart, string name, string text)
    {
        if (name.StartsWith("charts/", StringComparison.Ordinal) && name.EndsWith(".tgz", StringComparison.Ordinal))
        {
            _packed.Add(chart.Count > 0 ? chart[0] : PackedName.Match(name).Groups["name"].Value);
        }
        else if (name == "values.yaml")
        {
            Merge(chart, text);
        }
        else if (name == "Chart.yaml")
        {
            _asked.UnionWith(Condition.Matches(text)
                .SelectMany(match => match.Groups["paths"].Value.Split(',', StringSplitOptions.TrimEntries))
                .Select(path => string.Join('.', [.. chart, path])));
        }
        else if (name == "values.schema.json" && ChartSchema.TryParse(text) is { } schema)
        {
            _schemas.Add(
                chart.Reverse().Aggregate(schema, (below, key) => new JsonObject { ["properties"] = new JsonObject { [key] = below } }));
        }
        else if (name.StartsWith("templates/", StringComparison.Ordinal))
        {
            var asked = Asked.Matches(text).Select(match => match.Groups["path"].Value);
            _asked.UnionWith(asked.Select(path => string.Join('.', [.. chart, path])));
            _asked.UnionWith(asked.Where(path => path.StartsWith("global.", StringComparison.Ordinal)));
        }
    }

    private void Merge(IReadOnlyList<string> chart, string text)
    {
        foreach (var leaf in ValuesTree.Parse("values.yaml", text).Leaves)
        {
            var merged = ValuesTree.Merge([leaf with { Path = [.. chart, .. leaf.Path] }]);
            Overlay(_defaults, merged);
        }
    }

    private static void Overlay(JsonObject target, JsonObject from)
    {
        foreach (var (key, value) in from.ToList())
        {
            if (value is JsonObject { Count: > 0 } below && target[key] is JsonObject existing)
            {
                Overlay(existing, below);
            }
            else
            {
                target[key] = value?.DeepClone();
            }
        }
    }

    // Below a value of the chart that is empty or no mapping, everything is the user's: resources: {}, affinity: |.
    private bool IsInDefaults(IReadOnlyList<string> path)
    {
        JsonNode? at = _defaults;
        foreach (var key in path)
        {
            if (at is not JsonObject { Count: > 0 } map)
            {
                return true;
            }

            if (!map.TryGetPropertyValue(key, out at))
            {
                return false;
            }
        }

        return true;
    }

    // A template that asks for a mapping takes all that is in it. One that asks for the first key only walks on from there.
    private bool IsAsked(IReadOnlyList<string> path) =>
        Enumerable.Range(1, path.Count).Any(length =>
            (length > 1 || path.Count == 1) && _asked.Contains(string.Join('.', path.Take(length))) && !IsPassedThrough(path.Take(length)));

    private bool IsPassedThrough(IEnumerable<string> path)
    {
        var prefix = string.Join('.', path) + ".";
        return IsMapping(path) && _asked.Any(asked => asked.StartsWith(prefix, StringComparison.Ordinal));
    }

    private bool IsMapping(IEnumerable<string> path)
    {
        JsonNode? at = _defaults;
        foreach (var key in path)
        {
            at = (at as JsonObject)?[key];
        }

        return at is JsonObject { Count: > 0 };
    }

    [GeneratedRegex(@"\.Values\.(?<path>[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*)", RegexOptions.CultureInvariant)]
    private static partial Regex Asked { get; }

    [GeneratedRegex(@"^\s+(-\s+)?condition:\s*[""']?(?<paths>[A-Za-z0-9_.,\t -]+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Condition { get; }

    [GeneratedRegex(@"^charts/(?<name>.+?)-v?[0-9]", RegexOptions.CultureInvariant)]
    private static partial Regex PackedName { get; }
}
