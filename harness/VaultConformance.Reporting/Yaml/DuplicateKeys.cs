using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace VaultConformance.Yaml;

/// <summary>
/// Finds keys that one mapping has twice. Helm takes the last of them and drops the others in silence. This file is compiled into every
/// project that reads YAML, for they share no other code.
/// </summary>
internal static class DuplicateKeys
{
    private const string MergeKey = "<<";

    /// <summary>Every key that is given again, with the line of the first and that of the repetition.</summary>
    /// <param name="text">YAML that can be parsed; what comes behind the first slip is passed over.</param>
    public static IReadOnlyList<DuplicateKey> Find(string text)
    {
        var found = new List<DuplicateKey>();
        try
        {
            var parser = new Parser(new Scanner(new StringReader(BlockScalars.Repair(text)), skipComments: true));
            var open = new Stack<Frame>();
            while (parser.MoveNext())
            {
                Take(parser.Current!, open, found);
            }
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException)
        {
            // Whoever reads the text for what it says reports this.
            return found;
        }

        return found;
    }

    private static void Take(ParsingEvent current, Stack<Frame> open, List<DuplicateKey> found)
    {
        if (current is MappingEnd or SequenceEnd)
        {
            open.Pop();
        }
        else if (current is NodeEvent or AnchorAlias)
        {
            if (open.TryPeek(out var frame) && frame.Expect(current) is { } duplicate)
            {
                found.Add(duplicate);
            }

            if (current is MappingStart or SequenceStart)
            {
                open.Push(new Frame(current is MappingStart));
            }
        }
    }

    /// <summary>A mapping or a list that is being read; in a mapping keys and values take turns.</summary>
    private sealed class Frame(bool isMapping)
    {
        private readonly Dictionary<string, Mark> _places = new(StringComparer.Ordinal);
        private bool _isKey;

        public DuplicateKey? Expect(ParsingEvent node)
        {
            _isKey = isMapping && !_isKey;
            return _isKey && node is Scalar { Value: var key and not MergeKey } && !_places.TryAdd(key, node.Start)
                ? new DuplicateKey(key, _places[key].Line, node.Start.Line)
                {
                    Columns = (_places[key].Column, node.Start.Column),
                }
                : null;
        }
    }
}

/// <summary>A key that a mapping has twice.</summary>
/// <param name="Key">The key.</param>
/// <param name="First">Line of the first, from 1.</param>
/// <param name="Again">Line of the repetition, from 1.</param>
internal sealed record DuplicateKey(string Key, long First, long Again)
{
    /// <summary>Columns of both, from 1.</summary>
    public (long First, long Again) Columns { get; init; }

    /// <summary>What is wrong, as a part of a sentence.</summary>
    public override string ToString() => First == Again
        ? $"'{Key}' is given in line {First} twice, in columns {Columns.First} and {Columns.Again}"
        : $"'{Key}' is given in line {First} and again in line {Again}";
}
