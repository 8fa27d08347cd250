using System.Text.RegularExpressions;

namespace VaultConformance.Harness.Config;

/// <summary>Splits a configuration into tokens by the rules of HCL version 1, whose JSON form needs no others.</summary>
internal sealed partial class HclLexer(string text)
{
    private int _at = text.StartsWith('\uFEFF') ? 1 : 0;
    private int _line = 1;
    private bool _isJson;

    internal static IReadOnlyList<HclToken> ReadTokens(string text)
    {
        var lexer = new HclLexer(text);
        List<HclToken> tokens = [];
        do
        {
            tokens.Add(lexer.ReadNext());
            lexer._isJson |= tokens is [{ Kind: HclTokenKind.OpenBrace }];
        }
        while (tokens[^1].Kind != HclTokenKind.End);
        return tokens;
    }

    private char Current => _at < text.Length ? text[_at] : '\0';

    private HclToken ReadNext()
    {
        SkipBlanks();
        if (_at >= text.Length)
        {
            return new HclToken(HclTokenKind.End, "", _line, text.Length, text.Length);
        }

        return Current switch
        {
            '{' => ReadSingle(HclTokenKind.OpenBrace),
            '}' => ReadSingle(HclTokenKind.CloseBrace),
            '[' => ReadSingle(HclTokenKind.OpenBracket),
            ']' => ReadSingle(HclTokenKind.CloseBracket),
            '=' => ReadSingle(HclTokenKind.Assign),
            ':' => ReadSingle(HclTokenKind.Colon),
            ',' => ReadSingle(HclTokenKind.Comma),
            '"' => ReadQuotedString(),
            '#' or '/' => Comment(),
            '<' => ReadHeredoc(),
            '-' or >= '0' and <= '9' => ReadNumber(),
            _ => ReadName(),
        };
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n')
        {
            if (text[_at++] == '\n')
            {
                _line++;
            }
        }
    }

    private HclToken ReadSingle(HclTokenKind kind) => Take(kind, 1);

    private HclToken Take(HclTokenKind kind, int length, string? content = null)
    {
        var start = _at;
        var line = _line;
        _at += length;
        _line += text.AsSpan(start, length).Count('\n');
        return new HclToken(kind, content ?? text.Substring(start, length), line, start, _at);
    }

    private HclToken ReadName()
    {
        var match = NamePattern.Match(text, _at);
        return match.Success
            ? Take(HclTokenKind.Name, match.Length)
            : throw new HclSyntaxException(_line, "a character that HCL does not know");
    }

    private HclToken ReadNumber()
    {
        var match = NumberPattern.Match(text, _at);
        return match.Success ? Take(HclTokenKind.Number, match.Length) : throw new HclSyntaxException(_line, "a '-' without a number");
    }

    private HclToken Comment()
    {
        if (text.AsSpan(_at).StartsWith("/*"))
        {
            var close = text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
            return close < 0
                ? throw new HclSyntaxException(_line, "a comment that is never closed")
                : Take(HclTokenKind.Comment, close + 2 - _at);
        }

        if (Current == '/' && !text.AsSpan(_at).StartsWith("//"))
        {
            throw new HclSyntaxException(_line, "a single '/'");
        }

        var end = text.IndexOf('\n', _at);
        return Take(HclTokenKind.Comment, (end < 0 ? text.Length : end) - _at);
    }

    private HclToken ReadQuotedString()
    {
        var end = HclStringScanner.EndOf(text, _at, _line, interpolates: !_isJson);
        return Take(HclTokenKind.String, end - _at, HclStringScanner.Resolve(text.AsSpan(_at + 1, end - _at - 2), _line));
    }

    private HclToken ReadHeredoc()
    {
        var opening = HeredocPattern.Match(text, _at);
        if (!opening.Success)
        {
            throw new HclSyntaxException(_line, "'<' that does not open a heredoc");
        }

        var body = _at + opening.Length;
        for (var lineStart = body; lineStart < text.Length;)
        {
            var newline = text.IndexOf('\n', lineStart);
            var lineEnd = newline < 0 ? text.Length : newline;
            if (text.AsSpan(lineStart, lineEnd - lineStart).Trim().SequenceEqual(opening.Groups["mark"].ValueSpan))
            {
                return Take(HclTokenKind.Heredoc, lineEnd - _at, text[body..lineStart]);
            }

            lineStart = lineEnd + 1;
        }

        throw new HclSyntaxException(_line, "a heredoc that is never closed");
    }

    [GeneratedRegex(@"\G[\p{L}_][\p{L}\p{Nd}_.\-]*", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern { get; }

    [GeneratedRegex(@"\G-?(0[xX][0-9a-fA-F]+|[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern { get; }

    [GeneratedRegex(@"\G<<-?(?<mark>[\p{L}\p{Nd}_]+)\r?\n", RegexOptions.CultureInvariant)]
    private static partial Regex HeredocPattern { get; }
}
