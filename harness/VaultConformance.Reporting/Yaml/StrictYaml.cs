using VaultConformance.Yaml;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace VaultConformance.Reporting.Yaml;

/// <summary>
/// Reads one plain YAML document: mappings, sequences and scalars. Duplicate keys, anchors, aliases, tags and further documents
/// are problems, because each lets a file say something else than a reader sees.
/// </summary>
internal static class StrictYaml
{
    private const int MaximumDepth = 32;

    /// <summary>Reads a document.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="problems">Receives what is wrong with it.</param>
    /// <returns>The document as far as it could be read; null when it is empty or no YAML.</returns>
    public static YamlValue? Read(string text, ProblemList problems)
    {
        var scanner = new Scanner(new StringReader(BlockScalars.Repair(text)), skipComments: true);
        try
        {
            var parser = new Parser(scanner);
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _) ? ReadDocument(parser, problems) : RefuseEmpty(problems);
        }
        catch (Exception exception) when (MalformedYaml.Is(exception))
        {
            var (line, words) = MalformedYaml.Explain(exception, scanner, text);
            problems.Add(line, $"this is not YAML: {words}");
            return null;
        }
    }

    private static YamlValue? ReadDocument(Parser parser, ProblemList problems)
    {
        var value = ReadValue(parser, problems, 0);
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
        {
            problems.Add(GetLine(second.Start), "only one document is allowed in this file");
        }

        return value is YamlText { Text: "" or "~" or "null", Quoted: false } ? RefuseEmpty(problems) : value;
    }

    private static YamlValue? RefuseEmpty(ProblemList problems)
    {
        problems.Add(1, "the file is empty");
        return null;
    }

    private static YamlValue ReadValue(Parser parser, ProblemList problems, int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            problems.Add(GetLine(alias.Start), $"aliases are not allowed (*{alias.Value})");
            return new YamlText(GetLine(alias.Start), string.Empty, Quoted: true);
        }

        var node = parser.Accept<NodeEvent>(out var next) ? next : throw new YamlException("a value is missing");
        Refuse(node, problems, depth);
        return node switch
        {
            SequenceStart => ReadList(parser, problems, depth),
            MappingStart => ReadMap(parser, problems, depth),
            _ => ReadText(parser),
        };
    }

    private static void Refuse(NodeEvent node, ProblemList problems, int depth)
    {
        if (!node.Anchor.IsEmpty)
        {
            problems.Add(GetLine(node.Start), $"anchors are not allowed (&{node.Anchor.Value})");
        }

        if (!node.Tag.IsEmpty)
        {
            problems.Add(GetLine(node.Start), $"tags are not allowed ({node.Tag.Value})");
        }

        if (depth > MaximumDepth)
        {
            throw new YamlException(node.Start, node.End, $"it is nested more than {MaximumDepth} levels deep");
        }
    }

    private static YamlText ReadText(Parser parser)
    {
        var scalar = parser.Consume<Scalar>();
        return new YamlText(GetLine(scalar.Start), scalar.Value, scalar.Style != ScalarStyle.Plain);
    }

    private static YamlList ReadList(Parser parser, ProblemList problems, int depth)
    {
        var line = GetLine(parser.Consume<SequenceStart>().Start);
        var items = new List<YamlValue>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadValue(parser, problems, depth + 1));
        }

        return new YamlList(line, items);
    }

    private static YamlMap ReadMap(Parser parser, ProblemList problems, int depth)
    {
        var line = GetLine(parser.Consume<MappingStart>().Start);
        var entries = new List<YamlEntry>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadValue(parser, problems, depth + 1);
            var value = ReadValue(parser, problems, depth + 1);
            if (key is not YamlText text)
            {
                problems.Add(key.Line, "a key must be a plain word");
            }
            else if (!lines.TryAdd(text.Text, key.Line))
            {
                problems.Add(key.Line, $"'{text.Text}' is already given in line {lines[text.Text]}");
            }
            else
            {
                entries.Add(new YamlEntry(key.Line, text.Text, value));
            }
        }

        return new YamlMap(line, entries);
    }

    private static int GetLine(Mark mark) => (int)Math.Max(1, mark.Line);
}
