using System.Text;

namespace VaultConformance.Harness.Shell;

/// <summary>One word or separator of a shell text.</summary>
/// <param name="Text">The word without its quotes, or the separator.</param>
/// <param name="Separator">True for what ends a simple command.</param>
/// <param name="Plain">True when the word holds no expansion.</param>
/// <param name="Nested">Texts of the command substitutions in it.</param>
internal sealed record ShellToken(string Text, bool Separator, bool Plain, IReadOnlyList<string> Nested);

/// <summary>Splits a shell text into words and separators as far as finding commands needs it.</summary>
internal sealed partial class ShellTokens
{
    private readonly string _text;
    private readonly StringBuilder _word = new();
    private readonly List<string> _nested = [];
    private readonly Queue<string> _hereDocuments = new();
    private bool _plain = true;
    private bool _started;
    private int _at;

    private ShellTokens(string text) => _text = text;

    /// <summary>The tokens; a quote or substitution that is not closed ends with the text.</summary>
    public static IReadOnlyList<ShellToken> Read(string text)
    {
        var reader = new ShellTokens(text);
        var tokens = new List<ShellToken>();
        while (reader._at < text.Length)
        {
            reader.Step(tokens);
        }

        reader.EndWord(tokens);
        return tokens;
    }

    private void Step(List<ShellToken> tokens)
    {
        var character = _text[_at];
        switch (character)
        {
            case ' ' or '\t':
                EndWord(tokens);
                _at++;
                break;
            case '#' when !_started:
                _at = EndOf('\n', _at);
                break;
            case '\\':
                Add(_at + 1 < _text.Length ? _text[_at + 1] : '\\', 2);
                break;
            case '\'':
                Quote(EndOf('\'', _at + 1));
                break;
            case '"':
                ReadDoubleQuoted();
                break;
            case '$' or '`':
                ReadExpansion();
                break;
            case '<' or '>':
                ReadRedirection(tokens);
                break;
            case ';' or '&' or '|' or '\n' or '(' or ')':
                EndWord(tokens);
                AddSeparator(tokens, character);
                break;
            default:
                Add(character, 1);
                break;
        }
    }

    private void AddSeparator(List<ShellToken> tokens, char character)
    {
        var twice = _at + 1 < _text.Length && _text[_at + 1] == character && character is ';' or '&' or '|';
        tokens.Add(new ShellToken(new string(character, twice ? 2 : 1), Separator: true, Plain: true, []));
        _at += twice ? 2 : 1;
        if (character == '\n')
        {
            SkipHereDocuments();
        }
    }

    /// <summary>What a here document holds is input, not commands. One that is not closed ends with the text.</summary>
    private void SkipHereDocuments()
    {
        while (_hereDocuments.TryDequeue(out var delimiter))
        {
            var line = string.Empty;
            while (_at < _text.Length && line != delimiter)
            {
                var end = EndOf('\n', _at);
                line = _text[_at..end].TrimStart('\t');
                _at = Math.Min(_text.Length, end + 1);
            }
        }
    }

    /// <summary>The file of a redirection is no command, also when it stands first.</summary>
    private void ReadRedirection(List<ShellToken> tokens)
    {
        var isHereDocument = _text.AsSpan(_at).StartsWith("<<") && !_text.AsSpan(_at).StartsWith("<<<");
        if (_word.ToString().All(char.IsAsciiDigit))
        {
            _word.Clear();
            _started = false;
        }

        EndWord(tokens);
        while (_at < _text.Length && _text[_at] is '<' or '>' or '&' or '|' or ' ' or '-')
        {
            _at++;
        }

        var from = _at;
        while (_at < _text.Length && !" \t\n;&|()<>".Contains(_text[_at], StringComparison.Ordinal))
        {
            _at++;
        }

        if (isHereDocument)
        {
            _hereDocuments.Enqueue(_text[from.._at].Trim('\'', '"', '\\'));
        }
    }

    private void Add(char character, int consumed)
    {
        _started = true;
        _word.Append(character);
        _at += consumed;
    }

    private int EndOf(char character, int from)
    {
        var end = from < _text.Length ? _text.IndexOf(character, from) : -1;
        return end < 0 ? _text.Length : end;
    }

    private void EndWord(List<ShellToken> tokens)
    {
        if (_started)
        {
            tokens.Add(new ShellToken(_word.ToString(), Separator: false, _plain, [.. _nested]));
        }

        _word.Clear();
        _nested.Clear();
        _plain = true;
        _started = false;
    }
}
