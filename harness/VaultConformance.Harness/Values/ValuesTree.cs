using System.Text.Json.Nodes;
using VaultConformance.Harness.Patching;
using VaultConformance.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace VaultConformance.Harness.Values;

/// <summary>A values file as Helm reads it, with the line of every value.</summary>
/// <param name="Name">Name of the file without its folder.</param>
/// <param name="Leaves">Its values in the order of the file.</param>
internal sealed record ValuesTree(string Name, IReadOnlyList<ValueLeaf> Leaves)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="HarnessException">It is not a mapping in YAML.</exception>
    public static async Task<ValuesTree> ReadAsync(string path, CancellationToken cancellationToken) =>
        Parse(Path.GetFileName(path), await File.ReadAllTextAsync(path, cancellationToken));

    /// <summary>Reads a text.</summary>
    /// <param name="name">Name of its file.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="HarnessException">It is not a mapping in YAML.</exception>
    public static ValuesTree Parse(string name, string text)
    {
        try
        {
            var stream = new YamlStream();
            var repaired = BlockScalars.Repair(text);
            stream.Load(new StringReader(repaired));
            return stream.Documents.FirstOrDefault()?.RootNode is YamlMappingNode root
                ? new ValuesTree(name, [.. new LeafReader(ListUsedAnchors(repaired)).List(root, [], inAnchor: false)])
                : new ValuesTree(name, []);
        }
        catch (YamlException exception)
        {
            throw new HarnessException(
                FailureKind.Configuration, $"Values file '{name}' is not valid YAML: line {exception.Start.Line}.", exception);
        }
    }

    /// <summary>Merges files as Helm does: mappings key by key, anything else replaced by the last file that gives it.</summary>
    /// <param name="leaves">The values of all files in order.</param>
    public static JsonObject Merge(IEnumerable<ValueLeaf> leaves)
    {
        var merged = new JsonObject();
        foreach (var leaf in leaves)
        {
            var at = merged;
            foreach (var key in leaf.Path.SkipLast(1))
            {
                if (at[key] is not JsonObject below)
                {
                    at[key] = below = [];
                }

                at = below;
            }

            // A mapping without entries adds nothing to one that an earlier file gave.
            if (leaf.Value is not JsonObject || at[leaf.Path[^1]] is not JsonObject)
            {
                at[leaf.Path[^1]] = leaf.Value?.DeepClone();
            }
        }

        return merged;
    }

    private static HashSet<AnchorName> ListUsedAnchors(string text)
    {
        var used = new HashSet<AnchorName>();
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            if (parser.Current is AnchorAlias alias)
            {
                used.Add(alias.Value);
            }
        }

        return used;
    }

    private sealed class LeafReader(IReadOnlySet<AnchorName> used)
    {
        private const int DeepestKey = 100;

        public IEnumerable<ValueLeaf> List(YamlMappingNode mapping, IReadOnlyList<string> path, bool inAnchor)
        {
            if (path.Count > DeepestKey)
            {
                throw new YamlException(
                    mapping.Start, mapping.End, "it is nested too deeply, or an anchor stands for something that holds it");
            }

            foreach (var (keyNode, value) in ListEntries(mapping))
            {
                IReadOnlyList<string> below = [.. path, keyNode.Value ?? string.Empty];
                var anchored = inAnchor || (!value.Anchor.IsEmpty && used.Contains(value.Anchor));
                if (value is YamlMappingNode { Children.Count: > 0 } child)
                {
                    foreach (var leaf in List(child, below, anchored))
                    {
                        yield return leaf;
                    }
                }
                else
                {
                    yield return new ValueLeaf(below, (int)keyNode.Start.Line, Convert(value), anchored);
                }
            }
        }

        // What a merge key brings is there unless the mapping says otherwise itself.
        private static IEnumerable<(YamlScalarNode Key, YamlNode Value)> ListEntries(YamlMappingNode mapping)
        {
            var own = mapping.Children.Where(entry => !IsMerge(entry.Key))
                .Select(entry => (Key: entry.Key as YamlScalarNode ?? new YamlScalarNode(entry.Key.ToString()), entry.Value)).ToList();
            var merged = mapping.Children.Where(entry => IsMerge(entry.Key))
                .SelectMany(entry => entry.Value is YamlSequenceNode list ? list.Children.AsEnumerable() : [entry.Value])
                .SelectMany(source => source is YamlMappingNode given
                    ? ListEntries(given)
                    : throw new YamlException(source.Start, source.End, "a merge key ('<<') takes a mapping or a list of mappings"));
            return own.Concat(merged).DistinctBy(entry => entry.Key.Value, StringComparer.Ordinal);
        }

        private static bool IsMerge(YamlNode key) => key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain };

        private static JsonNode? Convert(YamlNode node) => node switch
        {
            YamlMappingNode mapping => new JsonObject(
                ListEntries(mapping).Select(entry => KeyValuePair.Create(entry.Key.Value ?? string.Empty, Convert(entry.Value)))),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
            YamlScalarNode scalar => YamlScalars.Resolve(scalar),
            _ => null,
        };
    }
}
