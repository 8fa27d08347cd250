namespace VaultConformance.Harness.Probes.Passive;

/// <summary>
/// Finds the command words of a hook: the words in the position of a command, also inside <c>$(…)</c>, backquotes and compound commands.
/// Nothing is evaluated; a word that depends on a variable is left out, for what it resolves to is not known.
/// </summary>
internal static class ShellCommandWords
{
    private static readonly HashSet<string> Shells = ["sh", "ash", "bash", "dash"];

    /// <summary>Reserved words after which a command follows.</summary>
    private static readonly HashSet<string> Openers = ["if", "then", "elif", "else", "while", "until", "do", "!", "{"];

    /// <summary>Reserved words after which no command follows before the next separator.</summary>
    private static readonly HashSet<string> Closers = ["fi", "done", "esac", "}", "for", "case"];

    /// <summary>The command words of a hook given as an argument array; a shell's <c>-c</c> text is looked into.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> command)
    {
        if (command.Count == 0)
        {
            return [];
        }

        var script = Shells.Contains(Path.GetFileName(command[0]))
            ? command.Skip(1).SkipWhile(argument => !IsCommandFlag(argument)).Skip(1).FirstOrDefault()
            : null;
        return [.. new[] { command[0] }.Concat(OfScript(script ?? string.Empty)).Distinct()];
    }

    /// <summary>The command words of a shell text.</summary>
    public static IReadOnlyList<string> OfScript(string script)
    {
        var words = new List<string>();
        var atCommand = true;
        var cases = new CasePatterns();
        foreach (var token in ShellTokens.Of(script))
        {
            words.AddRange(token.Nested.SelectMany(OfScript));
            if (token.Separator)
            {
                atCommand = !cases.Separator(token.Text);
            }
            else if (!cases.Word(token.Text, atCommand) && atCommand)
            {
                atCommand = Openers.Contains(token.Text) || IsAssignment(token.Text);
                if (!atCommand && !Closers.Contains(token.Text) && token.Plain)
                {
                    words.Add(token.Text);
                }
            }
        }

        return [.. words.Distinct()];
    }

    private static bool IsCommandFlag(string argument) => argument is ['-', not '-', ..] && argument.EndsWith('c');

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && word[..equals].All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
    }

    /// <summary>Knows where patterns of a <c>case</c> stand, which look like commands.</summary>
    private sealed class CasePatterns
    {
        private int _depth;
        private bool _headOpen;
        private bool _pattern;

        /// <summary>Takes a word; true when it belongs to a case's head or pattern, or ends it.</summary>
        public bool Word(string word, bool atCommand)
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
        public bool Separator(string separator)
        {
            _pattern = _depth > 0 && (separator == ";;" || (_pattern && separator != ")"));
            return _pattern || _headOpen;
        }
    }
}
