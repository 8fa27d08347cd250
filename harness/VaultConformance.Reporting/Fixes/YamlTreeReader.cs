using VaultConformance.Reporting.Yaml;
using VaultConformance.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace VaultConformance.Reporting.Fixes;

/// <summary>Reads YAML with the place of everything in it.</summary>
internal sealed class YamlTreeReader
{
    private const int MaximumDepth = 64;
    private readonly TextLines _lines;
    private readonly Parser _parser;
    private readonly Dictionary<string, TreeNode> _anchors = new(StringComparer.Ordinal);

    private YamlTreeReader(TextLines lines)
    {
        _lines = lines;
        _parser = new Parser(new Scanner(new StringReader(BlockScalars.Repair(lines.ToParsable())), skipComments: true));
    }

    /// <summary>Reads the mapping that a values file holds; null when it holds nothing.</summary>
    /// <param name="text">The file.</param>
    /// <exception cref="UnsafeFixException">It is not one mapping, or not YAML.</exception>
    public static TreeMap? Read(TextLines text)
    {
        try
        {
            var reader = new YamlTreeReader(text);
            reader._parser.Consume<StreamStart>();
            if (!reader._parser.TryConsume<DocumentStart>(out _))
            {
                return null;
            }

            return reader.ReadNode(0) switch
            {
                TreeMap map => map,
                TreeText { Value.IsNothing: true } => null,
                _ => throw new UnsafeFixException("the file is not one mapping"),
            };
        }
        catch (Exception exception) when (MalformedYaml.Is(exception))
        {
            throw new UnsafeFixException("the file is not YAML");
        }
    }

    private TreeNode ReadNode(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            var target = _anchors.GetValueOrDefault(alias.Value.Value) ?? throw new UnsafeFixException("an alias has no anchor");
            target.IsShared = true;
            return new TreeAlias(_lines.GetOffset(alias.Start), _lines.GetOffset(alias.End), target);
        }

        if (depth > MaximumDepth || !_parser.Accept<NodeEvent>(out var start))
        {
            throw new UnsafeFixException("the file is nested too deeply");
        }

        TreeNode node = start switch
        {
            SequenceStart => ReadList(depth),
            MappingStart => ReadMap(depth),
            _ => ReadText(),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor.Value] = node;
        }

        return start.Tag.IsEmpty || start.Tag.IsNonSpecific ? node : throw new UnsafeFixException("the file uses YAML tags");
    }

    private TreeText ReadText()
    {
        var scalar = _parser.Consume<Scalar>();
        var start = _lines.GetOffset(scalar.Start);
        var isPlain = scalar.Style == ScalarStyle.Plain;
        var isNull = isPlain && scalar.Value is "" or "~" or "null" or "Null" or "NULL";
        var value = new FixText(scalar.Value, isNull, !isPlain);
        return scalar.Style is ScalarStyle.Literal or ScalarStyle.Folded
            ? new TreeText(start, FindBlockEnd(start, scalar.End), value, IsBlock: true)
            : new TreeText(start, scalar.Value.Length == 0 && isPlain ? start : _lines.GetOffset(scalar.End), value, IsBlock: false);
    }

    // The parser passes over the empty lines behind a block; they belong to what comes next.
    private int FindBlockEnd(int start, Mark end)
    {
        var line = _lines.GetLine(start);
        var last = (int)(end.Column <= 1 ? end.Line - 1 : end.Line);
        last = Math.Min(last, _lines.Count);
        while (last > line && _lines.IsBlank(last))
        {
            last--;
        }

        return _lines.GetEnd(Math.Max(line, last));
    }

    private TreeList ReadList(int depth)
    {
        var start = _parser.Consume<SequenceStart>();
        var items = new List<TreeNode>();
        ParsingEvent? end;
        while (!TryEnd<SequenceEnd>(out end))
        {
            items.Add(ReadNode(depth + 1));
        }

        var isFlow = start.Style == SequenceStyle.Flow;
        var offset = start.Anchor.IsEmpty ? _lines.GetOffset(start.Start) : FindBehindAnchor(start.Start, isFlow, items);
        return new TreeList(
            offset, isFlow ? FindFlowEnd(end!) : items.Select(item => item.End).LastOrDefault(offset), isFlow, items);
    }

    private TreeMap ReadMap(int depth)
    {
        var start = _parser.Consume<MappingStart>();
        var entries = new List<TreeEntry>();
        ParsingEvent? end;
        while (!TryEnd<MappingEnd>(out end))
        {
            var key = ReadNode(depth + 1) as TreeText ?? throw new UnsafeFixException("a key is not a plain word");
            if (entries.Any(entry => entry.Key == key.Value.Text))
            {
                throw new UnsafeFixException($"the key '{key.Value.Text}' is given twice");
            }

            entries.Add(new TreeEntry(key.Value.Text, key.Start, _lines.FindBehindColon(key.End), ReadNode(depth + 1)));
        }

        var isFlow = start.Style == MappingStyle.Flow;
        var offset = entries.Count > 0 && !isFlow ? entries[0].Start
            : start.Anchor.IsEmpty ? _lines.GetOffset(start.Start) : FindBehindAnchor(start.Start, isFlow, []);
        return new TreeMap(
            offset, isFlow ? FindFlowEnd(end!) : entries.Select(entry => entry.End).LastOrDefault(offset), isFlow, entries);
    }

    // With an anchor, the parser's mark is that of the anchor.
    private int FindBehindAnchor(Mark mark, bool isFlow, List<TreeNode> items)
    {
        var offset = _lines.GetOffset(mark);
        if (isFlow || items.Count == 0)
        {
            return _lines.Text.AsSpan(offset).IndexOfAny('[', '{') is >= 0 and var at ? offset + at : offset;
        }

        var line = _lines.GetLine(items[0].Start);
        while (line > 1 && !_lines.GetText(line).TrimStart().StartsWith('-'))
        {
            line--;
        }

        return _lines.GetStart(line) + _lines.GetText(line).IndexOf('-', StringComparison.Ordinal);
    }

    // The parser's marks lie before or behind the bracket.
    private int FindFlowEnd(ParsingEvent end)
    {
        var offset = _lines.GetOffset(end.Start);
        return offset < _lines.Text.Length && _lines.Text[offset] is '}' or ']'
            ? offset + 1
            : offset > 0 && _lines.Text[offset - 1] is '}' or ']'
                ? offset
                : throw new UnsafeFixException("a bracket cannot be found");
    }

    private bool TryEnd<T>(out ParsingEvent? end)
        where T : ParsingEvent
    {
        var isEnd = _parser.TryConsume<T>(out var found);
        end = found;
        return isEnd;
    }
}
