using System.Globalization;

namespace VaultConformance.Harness.Shell;

/// <summary>Adds up how long a hook takes until it signals the server.</summary>
internal sealed class HookClock
{
    // Commands that end at once: builtins of the shell, and programs that look at something small.
    private static readonly HashSet<string> Quick =
    [
        "[", "[[", "test", "true", "false", ":", "echo", "printf", "cd", "exit", "return", "set", "unset", "export", "local", "shift",
        "read", "break", "continue",
        "umask", "type", "hash", "pidof", "pgrep", "cat", "grep", "egrep", "fgrep", "sed", "awk", "cut", "tr", "head", "ls", "ps", "date",
        "basename", "dirname",
        "expr", "seq", "rm", "touch", "mkdir", "id", "uname", "hostname", "logger", "tee", "sort", "uniq", "wc", "od", "stat", "readlink",
        "jobs", "readonly",
    ];

    private static readonly HashSet<string> Signalling = ["kill", "pkill", "killall"];

    private readonly List<string> _doubts = [];
    private double _atLeast;
    private double _atMost;
    private double _limit = double.PositiveInfinity;
    private bool _signalled;

    /// <summary>The time.</summary>
    public HookTime Result => new(_atLeast, _atMost, [.. _doubts.Distinct()]);

    /// <summary>Takes a command that runs no other.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="command">How it is run.</param>
    public void Take(string name, IReadOnlyList<ShellToken> arguments, ShellCommand command)
    {
        if (_signalled || command.Background)
        {
            return;
        }

        if (Signalling.Contains(name))
        {
            _signalled = !arguments.Any(argument => argument.Text is "-0" or "-l" or "-s0");
        }
        else if (name == "sleep")
        {
            TakeSleep(arguments, command);
        }
        else if (command.Repetition == Repetition.Open)
        {
            Add(0, "a loop that runs until a condition holds");
        }
        else if (!Quick.Contains(name))
        {
            Add(0, $"the command '{name}'");
        }
    }

    /// <summary>Records that more can pass than is known.</summary>
    /// <param name="what">What is not known.</param>
    public void NoteDoubt(string what)
    {
        if (!_signalled)
        {
            Add(0, what);
        }
    }

    /// <summary>Bounds the time of the commands that are taken until it is disposed of.</summary>
    /// <param name="seconds">The bound; infinite for none.</param>
    public IDisposable Limit(double seconds)
    {
        var before = _limit;
        _limit = Math.Min(_limit, seconds);
        return new Restoring(() => _limit = before);
    }

    /// <summary>The seconds of an argument of <c>sleep</c>; null when they cannot be told.</summary>
    /// <param name="word">For example <c>90</c>, <c>1.5m</c> or <c>infinity</c>.</param>
    internal static double? ParseSeconds(ShellToken word)
    {
        if (!word.Plain || word.Text.Length == 0)
        {
            return null;
        }

        if (word.Text is "infinity" or "inf")
        {
            return double.PositiveInfinity;
        }

        var unit = word.Text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        var number = unit == 0 ? word.Text : word.Text[..^1];
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value * Math.Max(unit, 1)
            : null;
    }

    private void TakeSleep(IReadOnlyList<ShellToken> arguments, ShellCommand command)
    {
        var seconds = arguments.Select(ParseSeconds).ToList();
        if (seconds.Count == 0 || seconds.Contains(null))
        {
            Add(0, "a sleep whose time is not written in it");
        }
        else if (command.Repetition != Repetition.Once)
        {
            Add(command.Repetition == Repetition.Open ? 0 : seconds.Sum()!.Value, "a sleep in a loop");
        }
        else
        {
            var sum = Math.Min(seconds.Sum()!.Value, _limit);
            _atLeast += command.Conditional ? 0 : sum;
            _atMost += sum;
        }
    }

    // What is not known may still be bounded by a time limit around it.
    private void Add(double seconds, string doubt)
    {
        _atMost += double.IsPositiveInfinity(_limit) ? seconds : _limit;
        if (double.IsPositiveInfinity(_limit))
        {
            _doubts.Add(doubt);
        }
    }

    private sealed class Restoring(Action restore) : IDisposable
    {
        public void Dispose() => restore();
    }
}
