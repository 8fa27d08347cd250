namespace VaultConformance.Harness.Shell;

/// <summary>Goes through the commands of a hook, also behind the commands that run others.</summary>
internal sealed class HookReader
{
    private static readonly HashSet<string> Shells = ["sh", "ash", "bash", "dash"];

    private readonly List<string> _words = [];
    private readonly List<string> _doubts = [];
    private readonly HashSet<string> _functions = new(StringComparer.Ordinal);
    private readonly HookClock _clock = new();
    private int _depth;

    /// <summary>What was found.</summary>
    public HookAnalysis Result => new([.. _words.Distinct()], [.. _doubts.Distinct()], _clock.Result);

    /// <summary>Takes a command.</summary>
    /// <param name="command">The command.</param>
    public void Take(ShellCommand command)
    {
        var head = command.Words[0];
        if (!head.Plain)
        {
            NoteDoubt("a command that depends on a variable");
        }
        else if (!_functions.Contains(head.Text))
        {
            _words.Add(head.Text);
            TakeKnown(Path.GetFileName(head.Text), command);
        }
    }

    private void TakeKnown(string name, ShellCommand command)
    {
        var arguments = command.Words.Skip(1).ToList();
        if (Shells.Contains(name))
        {
            TakeShell(arguments, command);
        }
        else if (name is "eval" or "." or "source" or "trap")
        {
            TakeText(name, name == "eval" && arguments.TrueForAll(word => word.Plain)
                ? string.Join(' ', arguments.Select(word => word.Text))
                : null, command);
        }
        else if (name == "busybox")
        {
            TakeApplet(arguments, command);
        }
        else if (name == "command" && arguments is [{ Text: "-v" or "-V" }, ..])
        {
            return;
        }
        else if (CommandWrapper.Find(name) is { } wrapper)
        {
            TakeWrapped(wrapper, arguments, command);
        }
        else
        {
            _clock.Take(name, arguments, command);
        }
    }

    private void TakeShell(List<ShellToken> arguments, ShellCommand command)
    {
        var flag = arguments.FindIndex(word => word.Text is ['-', not '-', ..] && word.Text.EndsWith('c'));
        var script = flag >= 0 && flag + 1 < arguments.Count ? arguments[flag + 1] : null;
        TakeText("a shell", script is { Plain: true } ? script.Text : null, command);
    }

    // A script that is given as it stands can be read; one that comes from a file, a variable or the input cannot.
    private void TakeText(string what, string? script, ShellCommand around)
    {
        var reading = script is null ? null : ShellReader.Read(script, _depth);
        if (reading is null || reading.TooDeep)
        {
            NoteDoubt($"what '{what}' runs");
            return;
        }

        _functions.UnionWith(reading.Functions);
        if (reading.Functions.Count > 0)
        {
            _clock.NoteDoubt($"the function '{reading.Functions.First()}'");
        }

        _depth++;
        foreach (var command in reading.Commands)
        {
            Take(command with
            {
                Conditional = command.Conditional || around.Conditional,
                Repetition = command.Repetition > around.Repetition ? command.Repetition : around.Repetition,
                Background = command.Background || around.Background,
            });
        }

        _depth--;
    }

    private void TakeApplet(List<ShellToken> arguments, ShellCommand command)
    {
        if (arguments is [{ Plain: true } applet, ..] && Shells.Contains(applet.Text))
        {
            TakeShell(arguments[1..], command);
        }
        else
        {
            NoteDoubt($"the applet '{(arguments is [var first, ..] ? first.Text : string.Empty)}' of busybox");
        }
    }

    private void TakeWrapped(CommandWrapper wrapper, List<ShellToken> arguments, ShellCommand command)
    {
        var (inner, limit, isKnown) = wrapper.Unwrap(arguments);
        if (!isKnown)
        {
            NoteDoubt($"what '{wrapper.Name}' runs");
        }
        else if (inner.Count > 0)
        {
            using (_clock.Limit(limit))
            {
                Take(command with { Words = inner });
            }
        }
    }

    private void NoteDoubt(string what)
    {
        _doubts.Add(what);
        _clock.NoteDoubt(what);
    }
}
