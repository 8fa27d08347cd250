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
        _tokens = [.. HclLexer.Tokens(text).Where(token => token.Kind != HclTokenKind.Comment)];
        IsJson = _tokens[0].Kind == HclTokenKind.OpenBrace;
    }

    private bool IsJson { get; }

    private HclToken Current => _tokens[_at];

    internal static (HclBody Root, bool IsJson, IReadOnlyList<HclAssignment> Assignments) Parse(string text)
    {
        var parser = new HclParser(text);
        var root = parser.Root();
        return (root, parser.IsJson, parser._assignments);
    }

    private HclBody Root()
    {
        if (!IsJson)
            return Body(HclTokenKind.End);
        Advance();
        var root = Body(HclTokenKind.CloseBrace);
        Expect(HclTokenKind.CloseBrace, "the end of the JSON object");
        return Current.Kind == HclTokenKind.End ? root : throw Unexpected("the end of the text");
    }

    private HclBody Body(HclTokenKind close)
    {
        List<HclAttribute> attributes = [];
        List<HclBlock> blocks = [];
        while (Current.Kind != close)
        {
            Item(attributes, blocks);
            if (Current.Kind == HclTokenKind.Comma)
                Advance();
            else if (IsJson && Current.Kind != close)
                throw Unexpected("',' or '}'");
        }

        return new HclBody(attributes, blocks);
    }

    private void Item(List<HclAttribute> attributes, List<HclBlock> blocks)
    {
        var name = Key();
        List<string> labels = [];
        while (!IsJson && Current.Kind is HclTokenKind.Name or HclTokenKind.String)
            labels.Add(Key().Text);
        if (Current.Kind == HclTokenKind.OpenBrace && !IsJson)
        {
            blocks.Add(new HclBlock(name.Text, labels, Within([name.Text, .. labels], Braced), name.Line));
            return;
        }

        if (labels.Count > 0)
            throw Unexpected("'{'");
        Expect(IsJson ? HclTokenKind.Colon : HclTokenKind.Assign, IsJson ? "':'" : "'=' or '{'");
        var first = Current;
        var value = Within([name.Text], Value);
        _assignments.Add(new HclAssignment(name.Text, value, first.Start, _tokens[_at - 1].Stop, [.. _path]));
        attributes.Add(new HclAttribute(name.Text, value, name.Line));
    }

    private T Within<T>(IReadOnlyList<string> names, Func<T> read)
    {
        _path.AddRange(names.Select(name => name.ToLowerInvariant()));
        var value = read();
        _path.RemoveRange(_path.Count - names.Count, names.Count);
        return value;
    }

    private HclToken Key()
    {
        if (Current.Kind is HclTokenKind.String || (Current.Kind is HclTokenKind.Name && !IsJson))
            return Advance();
        throw Unexpected("a name");
    }

    private HclBody Braced()
    {
        Deeper();
        Expect(HclTokenKind.OpenBrace, "'{'");
        var body = Body(HclTokenKind.CloseBrace);
        Expect(HclTokenKind.CloseBrace, "'}'");
        _depth--;
        return body;
    }

    private HclValue Value()
    {
        var token = Current;
        return token.Kind switch
        {
            HclTokenKind.OpenBrace => new HclObject(Braced(), token.Line),
            HclTokenKind.OpenBracket => List(),
            HclTokenKind.String => new HclString(Advance().Text, IsHeredoc: false, token.Line),
            HclTokenKind.Heredoc when !IsJson => new HclString(Advance().Text, IsHeredoc: true, token.Line),
            HclTokenKind.Number => new HclNumber(Advance().Text, token.Line),
            HclTokenKind.Name when token.Text is "true" or "false" => new HclBool(Advance().Text == "true", token.Line),
            HclTokenKind.Name when IsJson && token.Text is "null" => new HclNull(Advance().Line),
            _ => throw Unexpected("a value"),
        };
    }

    private HclList List()
    {
        Deeper();
        var line = Advance().Line;
        List<HclValue> items = [];
        while (Current.Kind != HclTokenKind.CloseBracket)
        {
            items.Add(Value());
            if (Current.Kind == HclTokenKind.Comma)
                Advance();
            else if (Current.Kind != HclTokenKind.CloseBracket)
                throw Unexpected("',' or ']'");
        }

        Advance();
        _depth--;
        return new HclList(items, line);
    }

    private void Deeper()
    {
        if (++_depth > DeepestNesting)
            throw new HclSyntaxException(Current.Line, $"nesting deeper than {DeepestNesting} levels");
    }

    private HclToken Advance() => _tokens[_at++];

    private void Expect(HclTokenKind kind, string expected)
    {
        if (Current.Kind != kind)
            throw Unexpected(expected);
        Advance();
    }

    private HclSyntaxException Unexpected(string expected) => new(Current.Line, $"expected {expected} but found {Current.Describe()}");
}

/// <summary>An attribute's value and where it stands in the text.</summary>
/// <param name="Name">Attribute name.</param>
/// <param name="Value">Value.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="Stop">Offset behind its last character.</param>
/// <param name="Path">Blocks and objects around it from the top, lower case.</param>
internal sealed record HclAssignment(string Name, HclValue Value, int Start, int Stop, IReadOnlyList<string> Path);
