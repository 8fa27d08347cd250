using VaultConformance.Harness.Config;
using VaultConformance.Reporting.Fixes;

namespace VaultConformance.Runs.Fixes;

/// <summary>Where attributes and blocks stand in a configuration.</summary>
/// <param name="Type">Type of the block; empty for the whole text.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Start">Offset of its type.</param>
/// <param name="Open">Offset behind its <c>{</c>; 0 for the whole text.</param>
/// <param name="Close">Offset of its <c>}</c>; the end of the whole text.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Blocks">Its blocks.</param>
internal sealed record HclRegion(
    string Type,
    IReadOnlyList<string> Labels,
    int Start,
    int Open,
    int Close,
    IReadOnlyList<HclPlace> Attributes,
    IReadOnlyList<HclRegion> Blocks)
{
    /// <summary>The attributes of a name.</summary>
    /// <param name="name">The name, in any case of letters.</param>
    public IReadOnlyList<HclPlace> List(string name) =>
        [.. Attributes.Where(attribute => attribute.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];

    /// <summary>True when it is a block of a type.</summary>
    /// <param name="type">The type, in any case of letters.</param>
    public bool IsOf(string type) => Type.Equals(type, StringComparison.OrdinalIgnoreCase);

    /// <summary>True when both are blocks of the same kind.</summary>
    /// <param name="other">The other.</param>
    public bool IsLike(HclRegion other) => IsOf(other.Type)
        && (other.Labels.Count == 0 || Labels.SequenceEqual(other.Labels, StringComparer.OrdinalIgnoreCase));
}

/// <summary>An attribute and its place.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Start">Offset of its name.</param>
/// <param name="ValueStart">Offset of its value.</param>
/// <param name="ValueEnd">Offset behind its value.</param>
internal sealed record HclPlace(string Name, int Start, int ValueStart, int ValueEnd);

/// <summary>Reads the layout of a configuration in HCL.</summary>
internal sealed class HclLayout
{
    private readonly IReadOnlyList<HclToken> _tokens;
    private int _at;

    private HclLayout(IReadOnlyList<HclToken> tokens) => _tokens = tokens;

    private HclToken Current => _tokens[_at];

    /// <summary>Reads it.</summary>
    /// <param name="text">The configuration.</param>
    /// <exception cref="UnsafeFixException">It is JSON, a template, or not HCL.</exception>
    public static HclRegion Read(string text)
    {
        if (text.Contains("*** withheld", StringComparison.Ordinal))
        {
            throw new UnsafeFixException("the server's configuration was not recorded, because it cannot be read; it may be a template");
        }

        if (text.Contains("{{", StringComparison.Ordinal))
        {
            throw new UnsafeFixException("the server's configuration is a template");
        }

        try
        {
            if (HclDocument.Parse(text).IsJson)
            {
                throw new UnsafeFixException("the server's configuration is JSON");
            }

            var tokens = HclLexer.ReadTokens(text).Where(token => token.Kind != HclTokenKind.Comment).ToList();
            var (attributes, blocks) = new HclLayout(tokens).ReadBody(HclTokenKind.End);
            return new HclRegion(string.Empty, [], 0, 0, text.Length, attributes, blocks);
        }
        catch (HclSyntaxException exception)
        {
            throw new UnsafeFixException($"the server's configuration is not HCL: {exception.Message.TrimEnd('.')}");
        }
    }

    private (IReadOnlyList<HclPlace> Attributes, IReadOnlyList<HclRegion> Blocks) ReadBody(HclTokenKind close)
    {
        var attributes = new List<HclPlace>();
        var blocks = new List<HclRegion>();
        while (Current.Kind != close)
        {
            ReadItem(attributes, blocks);
            _at += Current.Kind == HclTokenKind.Comma ? 1 : 0;
        }

        return (attributes, blocks);
    }

    private void ReadItem(List<HclPlace> attributes, List<HclRegion> blocks)
    {
        var name = _tokens[_at++];
        var labels = new List<string>();
        while (Current.Kind is HclTokenKind.Name or HclTokenKind.String)
        {
            labels.Add(_tokens[_at++].Text);
        }

        if (Current.Kind == HclTokenKind.Assign)
        {
            _at++;
            var start = Current.Start;
            SkipValue();
            attributes.Add(new HclPlace(name.Text, name.Start, start, _tokens[_at - 1].Stop));
            return;
        }

        var open = _tokens[_at++].Stop;
        var (inner, below) = ReadBody(HclTokenKind.CloseBrace);
        blocks.Add(new HclRegion(name.Text, labels, name.Start, open, _tokens[_at++].Start, inner, below));
    }

    private void SkipValue()
    {
        var depth = 0;
        do
        {
            depth += Current.Kind switch
            {
                HclTokenKind.OpenBrace or HclTokenKind.OpenBracket => 1,
                HclTokenKind.CloseBrace or HclTokenKind.CloseBracket => -1,
                _ => 0,
            };
            _at++;
        }
        while (depth > 0);
    }
}
