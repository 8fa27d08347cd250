namespace VaultConformance.Harness.Shell;

/// <summary>Knows where patterns of a <c>case</c> stand, which look like commands.</summary>
internal sealed class CasePatterns
{
    private int _depth;
    private bool _headOpen;
    private bool _pattern;

    /// <summary>Takes a word; true when it belongs to a case's head or pattern, or ends it.</summary>
    public bool HandleWord(string word, bool atCommand)
    {
        if (_headOpen)
        {
            _pattern = word == "in";
            _headOpen = !_pattern;
            return true;
        }

        if (_depth > 0 && word == "esac" && (atCommand || _pattern))
        {
            _depth--;
            _pattern = false;
            return true;
        }

        if (!_pattern && atCommand && word == "case")
        {
            _depth++;
            _headOpen = true;
            return true;
        }

        return _pattern;
    }

    /// <summary>Takes a separator; true when a pattern follows, not a command.</summary>
    public bool HandleSeparator(string separator)
    {
        _pattern = _depth > 0 && (separator == ";;" || (_pattern && separator != ")"));
        return _pattern || _headOpen;
    }
}
