using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace VaultConformance.Reporting.Values;

/// <summary>
/// Reads a values file as Helm does: anchors, aliases and merge keys are followed, the last of two equal keys counts, and only the first
/// document is read. Nothing is refused, because what Helm takes is Helm's business.
/// </summary>
/// <param name="file">The file that is read.</param>
internal sealed class ValuesReader(ValuesFile file)
{
    private const int MaximumDepth = 64;
    private const string MergeKey = "<<";

    private readonly Dictionary<string, ValuesNode> _anchors = new(StringComparer.Ordinal);

    /// <summary>Reads the first document; null when there is none.</summary>
    /// <param name="parser">Where to read from.</param>
    public ValuesNode? Read(Parser parser)
    {
        parser.Consume<StreamStart>();
        return parser.TryConsume<DocumentStart>(out _) ? ReadNode(parser, 0) : null;
    }

    private ValuesNode ReadNode(Parser parser, int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.GetValueOrDefault(alias.Value.Value) ?? CreateNothing(alias);
        }

        var start = parser.Accept<NodeEvent>(out var next) ? next : throw new YamlException("a value is missing");
        ValuesNode node = start switch
        {
            _ when depth > MaximumDepth => Skip(parser, start),
            SequenceStart => ReadList(parser, depth),
            MappingStart => ReadMap(parser, depth),
            _ => ReadScalar(parser),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return node;
    }

    private ValuesScalar ReadScalar(Parser parser)
    {
        var scalar = parser.Consume<Scalar>();
        var isNull = scalar is { Style: ScalarStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" };
        var line = GetLine(scalar.Start);
        // A block ends where the next thing begins, which is on a line of its own.
        var last = scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded && scalar.End.Column <= 1
            ? GetLine(scalar.End) - 1
            : GetLine(scalar.End);
        return new ValuesScalar(file, line, Math.Max(line, last), scalar.Value, isNull);
    }

    private ValuesList ReadList(Parser parser, int depth)
    {
        var line = GetLine(parser.Consume<SequenceStart>().Start);
        var items = new List<ValuesNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(parser, depth + 1));
        }

        return new ValuesList(file, line, items);
    }

    private ValuesMap ReadMap(Parser parser, int depth)
    {
        var line = GetLine(parser.Consume<MappingStart>().Start);
        var entries = new OrderedDictionary<string, ValuesEntry>(StringComparer.Ordinal);
        var merged = new List<ValuesMap>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(parser, depth + 1);
            var value = ReadNode(parser, depth + 1);
            if (key is ValuesScalar { Text: MergeKey })
            {
                merged.AddRange(value is ValuesList list ? list.Items.OfType<ValuesMap>() : new[] { value }.OfType<ValuesMap>());
            }
            else if (key is ValuesScalar { Text: var text })
            {
                entries.Remove(text);
                entries.Add(text, new ValuesEntry(file, key.Line, value));
            }
        }

        return new ValuesMap(file, line, entries, merged);
    }

    /// <summary>Passes over what is nested too deeply to hold a value of the chart.</summary>
    private ValuesScalar Skip(Parser parser, NodeEvent start)
    {
        var open = 0;
        do
        {
            open += parser.Consume<ParsingEvent>() is var passed ? passed.NestingIncrease : 0;
        }
        while (open > 0);
        return CreateNothing(start);
    }

    private ValuesScalar CreateNothing(ParsingEvent at) => new(file, GetLine(at.Start), GetLine(at.Start), string.Empty, IsNull: true);

    private static int GetLine(Mark mark) => (int)Math.Max(1, mark.Line);
}
