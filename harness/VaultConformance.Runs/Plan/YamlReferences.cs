using VaultConformance.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace VaultConformance.Runs.Plan;

/// <summary>
/// Finds what parses as YAML and yet is nothing that Helm can read: aliases that lead nowhere or in a circle, keys that are no text.
/// </summary>
internal sealed class YamlReferences
{
    private const string NoMerge = "a merge key ('<<') takes a mapping or a list of mappings";

    // Each anchor, and whether it names a mapping.
    private readonly Dictionary<string, bool> _anchors = new(StringComparer.Ordinal);
    private readonly Stack<Frame> _open = new();

    /// <summary>What is wrong, in parts of sentences that follow the name of the file.</summary>
    /// <param name="text">YAML that is well-formed.</param>
    public static IReadOnlyList<string> List(string text)
    {
        var parser = new Parser(new Scanner(new StringReader(BlockScalars.Repair(text)), skipComments: true));
        var reader = new YamlReferences();
        var found = new List<string>();
        while (parser.MoveNext())
        {
            if (reader.Take(parser.Current!) is { } problem)
            {
                found.Add($"line {Math.Max(1, parser.Current!.Start.Line)}: {problem}");
            }
        }

        return found;
    }

    private string? Take(ParsingEvent current)
    {
        if (current is MappingEnd or SequenceEnd)
        {
            _open.Pop();
            return null;
        }

        var isKey = current is NodeEvent or AnchorAlias && _open.TryPeek(out var frame) && frame.IsKeyNext();
        var problem = current switch
        {
            AnchorAlias alias when _open.Any(one => one.Anchor == alias.Value.Value) =>
                $"'*{alias.Value}' stands within '&{alias.Value}', which it repeats",
            AnchorAlias alias when !_anchors.ContainsKey(alias.Value.Value) =>
                $"'*{alias.Value}' repeats an anchor that is not set before it",
            MappingStart or SequenceStart when isKey => "a key must be a text, and this one is a mapping or a list",
            _ when !isKey && !CanBeMerged(current) => NoMerge,
            _ => null,
        };
        Remember(current);
        return problem;
    }

    private bool CanBeMerged(ParsingEvent current) =>
        current is not (NodeEvent or AnchorAlias) || _open.Count == 0 || !_open.Peek().IsMerging
            || current switch
            {
                AnchorAlias alias => _anchors[alias.Value.Value],
                SequenceStart => _open.Peek().IsMapping,
                _ => current is MappingStart,
            };

    private void Remember(ParsingEvent current)
    {
        if (_open.TryPeek(out var frame) && current is (NodeEvent or AnchorAlias))
        {
            frame.See(current);
        }

        if (current is NodeEvent { Anchor.IsEmpty: false } named)
        {
            _anchors[named.Anchor.Value] = current is MappingStart;
        }

        if (current is MappingStart or SequenceStart)
        {
            var anchor = ((NodeEvent)current).Anchor;
            var inMerge = current is SequenceStart && frame is { IsMerging: true, IsMapping: true };
            _open.Push(new Frame(current is MappingStart, anchor.IsEmpty ? null : anchor.Value) { IsMerging = inMerge });
        }
    }

    /// <summary>A mapping or a list that is being read; in a mapping keys and values take turns.</summary>
    private sealed class Frame(bool isMapping, string? anchor)
    {
        private bool _isKey;

        public string? Anchor => anchor;

        public bool IsMapping => isMapping;

        /// <summary>True while what is read is to be merged into a mapping.</summary>
        public bool IsMerging { get; set; }

        public bool IsKeyNext() => _isKey = isMapping && !_isKey;

        // In a mapping the last key decides.
        public void See(ParsingEvent current)
        {
            if (isMapping && _isKey)
            {
                IsMerging = current is Scalar { Value: "<<", Style: ScalarStyle.Plain };
            }
        }
    }
}
