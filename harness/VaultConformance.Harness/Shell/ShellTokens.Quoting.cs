namespace VaultConformance.Harness.Shell;

/// <summary>Quotes and expansions: what belongs to one word.</summary>
internal sealed partial class ShellTokens
{
    private void ReadDoubleQuoted()
    {
        _started = true;
        _at++;
        while (_at < _text.Length && _text[_at] != '"')
        {
            if (_text[_at] is '$' or '`')
            {
                ReadExpansion();
            }
            else
            {
                _at += _text[_at] == '\\' ? 1 : 0;
                Add(_at < _text.Length ? _text[_at] : '\\', 1);
            }
        }

        _at++;
    }

    private void ReadExpansion()
    {
        _started = true;
        _plain = false;
        if (_text[_at] == '`')
        {
            var end = EndOf('`', _at + 1);
            _nested.Add(_text[(_at + 1)..end]);
            _at = end + 1;
        }
        else if (_text.AsSpan(_at).StartsWith("$(("))
        {
            // Arithmetic: no commands.
            _at = FindClosingParenthesis(_at + 2) + 1;
        }
        else if (_text.AsSpan(_at).StartsWith("$("))
        {
            var end = FindClosingParenthesis(_at + 2);
            _nested.Add(_text[(_at + 2)..end]);
            _at = end + 1;
        }
        else
        {
            _at++;
        }
    }

    private int FindClosingParenthesis(int from)
    {
        var depth = 1;
        for (var at = from; at < _text.Length; at++)
        {
            depth += _text[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return at;
            }
        }

        return _text.Length;
    }

    private void Quote(int end)
    {
        _started = true;
        _word.Append(_text, _at + 1, Math.Max(0, end - _at - 1));
        _at = end + 1;
    }
}
