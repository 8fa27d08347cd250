namespace VaultConformance.Harness.Config;

internal enum HclTokenKind
{
    Name,
    String,
    Heredoc,
    Number,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    Assign,
    Colon,
    Comma,
    Comment,
    End,
}

/// <summary>One token with its place in the text.</summary>
/// <param name="Kind">Kind.</param>
/// <param name="Text">Content: resolved for strings and heredocs, as written otherwise.</param>
/// <param name="Line">Line on which it starts, counted from 1.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="Stop">Offset behind its last character.</param>
internal readonly record struct HclToken(HclTokenKind Kind, string Text, int Line, int Start, int Stop)
{
    // Never the text: it may be a secret and this word ends up in messages.
    internal string Describe() => Kind switch
    {
        HclTokenKind.Name => "a bare word",
        HclTokenKind.String => "a string",
        HclTokenKind.Heredoc => "a heredoc",
        HclTokenKind.Number => "a number",
        HclTokenKind.OpenBrace => "'{'",
        HclTokenKind.CloseBrace => "'}'",
        HclTokenKind.OpenBracket => "'['",
        HclTokenKind.CloseBracket => "']'",
        HclTokenKind.Assign => "'='",
        HclTokenKind.Colon => "':'",
        HclTokenKind.Comma => "','",
        HclTokenKind.Comment => "a comment",
        _ => "the end of the text",
    };
}
