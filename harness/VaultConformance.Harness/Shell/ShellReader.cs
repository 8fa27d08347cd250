namespace VaultConformance.Harness.Shell;

/// <summary>How often a command can run.</summary>
internal enum Repetition
{
    /// <summary>Once.</summary>
    Once,

    /// <summary>As often as a list or its input has items.</summary>
    PerItem,

    /// <summary>As long as a condition holds.</summary>
    Open,
}

/// <summary>A simple command of a script.</summary>
/// <param name="Words">Its words; the first is what is run.</param>
/// <param name="Repetition">How often it can run.</param>
/// <param name="Conditional">True when it may not run at all.</param>
/// <param name="Background">True when nothing waits for it.</param>
internal sealed record ShellCommand(IReadOnlyList<ShellToken> Words, Repetition Repetition, bool Conditional, bool Background);

/// <summary>
/// Finds the simple commands of a script in order, those in substitutions before the commands that use them. Nothing is evaluated.
/// </summary>
internal sealed class ShellReader
{
    private static readonly HashSet<string> Openers = ["then", "elif", "else", "do", "!", "{"];
    private static readonly HashSet<string> Closers = ["}", "esac"];

    private readonly List<ShellCommand> _commands = [];
    private readonly List<ShellToken> _words = [];
    private readonly Stack<Repetition> _loops = new();
    private readonly CasePatterns _cases = new();
    private readonly int _depth;
    private int _conditions;
    private bool _afterOr;
    private bool _inHead;
    private bool _inListOfFor;
    private bool _atCommand = true;

    private ShellReader(int depth) => _depth = depth;

    /// <summary>Functions that the script defines.</summary>
    public HashSet<string> Functions { get; } = new(StringComparer.Ordinal);

    /// <summary>True when substitutions are nested more deeply than anyone writes, and what lies below was not read.</summary>
    public bool TooDeep { get; private set; }

    public IReadOnlyList<ShellCommand> Commands => _commands;

    /// <summary>Reads a script.</summary>
    /// <param name="script">The text.</param>
    /// <param name="depth">How deeply it is nested in another.</param>
    public static ShellReader Read(string script, int depth = 0)
    {
        const int DeepestSubstitution = 16;
        var reader = new ShellReader(depth) { TooDeep = depth > DeepestSubstitution };
        if (reader.TooDeep)
        {
            return reader;
        }

        foreach (var token in ShellTokens.Read(script))
        {
            reader.Take(token);
        }

        reader.Flush(background: false);
        return reader;
    }

    private void Take(ShellToken token)
    {
        foreach (var nested in token.Nested.Select(text => Read(text, _depth + 1)))
        {
            _commands.AddRange(nested.Commands.Select(command =>
                command with { Conditional = command.Conditional || IsConditional, Repetition = ChooseWorse(command.Repetition) }));
            TooDeep |= nested.TooDeep;
        }

        if (token.Separator)
        {
            TakeSeparator(token.Text);
        }
        else if (_words.Count > 0)
        {
            _words.Add(token);
        }
        else if (!_cases.HandleWord(token.Text, _atCommand)
            && _atCommand
            && !_inListOfFor
            && !TakeReserved(token.Text)
            && !IsAssignment(token.Text))
        {
            _words.Add(token);
        }
    }

    private void TakeSeparator(string text)
    {
        if (text == "(" && _words is [{ Plain: true } name])
        {
            Functions.Add(name.Text);
            _words.Clear();
        }

        Flush(text == "&");
        _inListOfFor = false;
        _afterOr = text == "||";
        _atCommand = !_cases.HandleSeparator(text);
    }

    private bool TakeReserved(string word)
    {
        switch (word)
        {
            case "if":
                _conditions++;
                return true;
            case "fi":
                _conditions--;
                return true;
            case "while" or "until":
                _loops.Push(Repetition.Open);
                _inHead = true;
                return true;
            case "for":
                _loops.Push(Repetition.PerItem);
                _inListOfFor = true;
                return true;
            case "done":
                _ = _loops.TryPop(out _);
                return true;
            default:
                return Openers.Contains(word) || Closers.Contains(word);
        }
    }

    private void Flush(bool background)
    {
        if (_words.Count == 0)
        {
            return;
        }

        if (_inHead && _words[0].Text == "read" && _loops.TryPop(out _))
        {
            _loops.Push(Repetition.PerItem);
        }

        _inHead = false;
        _commands.Add(new ShellCommand([.. _words], ChooseWorse(Repetition.Once), IsConditional, background));
        _words.Clear();
    }

    private bool IsConditional => _conditions > 0 || _afterOr || _loops.Count > 0;

    private Repetition ChooseWorse(Repetition other) => _loops.Append(other).Max();

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && word[..equals].All(character => char.IsAsciiLetterOrDigit(character) || character == '_');
    }
}
