namespace VaultConformance.Harness.Config;

/// <summary>Builds the tree out of tokens. Keeps, beside it, where every assigned value stands in the text (for masking).</summary>
internal sealed class HclParser
{
    // Far above any configuration, far below what a thread's stack holds.
    private const int DeepestNesting = 64;

    private readonly IReadOnlyList<HclToken> _tokens;
    private readonly List<HclAssignment> _assignments = [];
    private readonly List<string> _path = [];
    private int _at;
    private int _depth;

    private HclParser(string text)
    {
        _tokens = [.. HclLexer.ReadTokens(text).Where(token => token.Kind != HclTokenKind.Comment)];
        IsJson = _tokens[0].Kind == HclTokenKind.OpenBrace;
    }

    private bool IsJson { get; }

    private HclToken Current => _tokens[_at];

    internal static (HclBody Root, bool IsJson, IReadOnlyList<HclAssignment> Assignments) Parse(string text)
    {
        var parser = new HclParser(text);
        var root = parser.ReadRoot();
        return (root, parser.IsJson, parser._assignments);
    }

    private HclBody ReadRoot()
    {
        if (!IsJson)
        {
            return ReadBody(HclTokenKind.End);
        }

        Advance();
        var root = ReadBody(HclTokenKind.CloseBrace);
        Expect(HclTokenKind.CloseBrace, "the end of the JSON object");
        return Current.Kind == HclTokenKind.End ? root : throw CreateUnexpected("the end of the text");
    }

    private HclBody ReadBody(HclTokenKind close)
    {
        List<HclAttribute> attributes = [];
        List<HclBlock> blocks = [];
        while (Current.Kind != close)
        {
            ReadItem(attributes, blocks);
            if (Current.Kind == HclTokenKind.Comma)
            {
                Advance();
            }
            else if (IsJson && Current.Kind != close)
            {
                throw CreateUnexpected("',' or '}'");
            }
        }

        return new HclBody(attributes, blocks);
    }

    private void ReadItem(List<HclAttribute> attributes, List<HclBlock> blocks)
    {
        var name = ReadKey();
        List<string> labels = [];
        while (!IsJson && Current.Kind is HclTokenKind.Name or HclTokenKind.String)
        {
            labels.Add(ReadKey().Text);
        }

        if (Current.Kind == HclTokenKind.OpenBrace && !IsJson)
        {
            blocks.Add(new HclBlock(name.Text, labels, ReadWithin([name.Text, .. labels], ReadBraced), name.Line));
            return;
        }

        if (labels.Count > 0)
        {
            throw CreateUnexpected("'{'");
        }

        Expect(IsJson ? HclTokenKind.Colon : HclTokenKind.Assign, IsJson ? "':'" : "'=' or '{'");
        var first = Current;
        var value = ReadWithin([name.Text], ReadValue);
        _assignments.Add(new HclAssignment(name.Text, value, first.Start, _tokens[_at - 1].Stop, [.. _path]));
        attributes.Add(new HclAttribute(name.Text, value, name.Line));
    }

    private T ReadWithin<T>(IReadOnlyList<string> names, Func<T> read)
    {
        _path.AddRange(names.Select(name => name.ToLowerInvariant()));
        var value = read();
        _path.RemoveRange(_path.Count - names.Count, names.Count);
        return value;
    }

    private HclToken ReadKey()
    {
        if (Current.Kind is HclTokenKind.String || (Current.Kind is HclTokenKind.Name && !IsJson))
        {
            return Advance();
        }

        throw CreateUnexpected("a name");
    }

    private HclBody ReadBraced()
    {
        Descend();
        Expect(HclTokenKind.OpenBrace, "'{'");
        var body = ReadBody(HclTokenKind.CloseBrace);
        Expect(HclTokenKind.CloseBrace, "'}'");
        _depth--;
        return body;
    }

    private HclValue ReadValue()
    {
        var token = Current;
        return token.Kind switch
        {
            HclTokenKind.OpenBrace => new HclObject(ReadBraced(), token.Line),
            HclTokenKind.OpenBracket => List(),
            HclTokenKind.String => new HclString(Advance().Text, IsHeredoc: false, token.Line),
            HclTokenKind.Heredoc when !IsJson => new HclString(Advance().Text, IsHeredoc: true, token.Line),
            HclTokenKind.Number => new HclNumber(Advance().Text, token.Line),
            HclTokenKind.Name when token.Text is "true" or "false" => new HclBool(Advance().Text == "true", token.Line),
            HclTokenKind.Name when IsJson && token.Text is "null" => new HclNull(Advance().Line),
            _ => throw CreateUnexpected("a value"),
        };
    }

    private HclList List()
    {
        Descend();
        var line = Advance().Line;
        List<HclValue> items = [];
        while (Current.Kind != HclTokenKind.CloseBracket)
        {
            items.Add(ReadValue());
            if (Current.Kind == HclTokenKind.Comma)
            {
                Advance();
            }
            else if (Current.Kind != HclTokenKind.CloseBracket)
            {
                throw CreateUnexpected("',' or ']'");
            }
        }

        Advance();
        _depth--;
        return new HclList(items, line);
    }

    private void Descend()
    {
        if (++_depth > DeepestNesting)
        {
            throw new HclSyntaxException(Current.Line, $"nesting deeper than {DeepestNesting} levels");
        }
    }

    private HclToken Advance() => _tokens[_at++];

    private void Expect(HclTokenKind kind, string expected)
    {
        if (Current.Kind != kind)
        {
            throw CreateUnexpected(expected);
        }

        Advance();
    }

    private HclSyntaxException CreateUnexpected(string expected) =>
        new(Current.Line, $"expected {expected} but found {Current.Describe()}");
}

/// <summary>An attribute's value and where it stands in the text.</summary>
/// <param name="Name">Attribute name.</param>
/// <param name="Value">Value.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="Stop">Offset behind its last character.</param>
/// <param name="Path">Blocks and objects around it from the top, lower case.</param>
internal sealed record HclAssignment(string Name, HclValue Value, int Start, int Stop, IReadOnlyList<string> Path);
