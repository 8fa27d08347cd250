namespace VaultConformance.Harness.Shell;

/// <summary>A command that runs another one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="WithValue">Options that take a value of their own.</param>
/// <param name="Operands">Words between the options and the command.</param>
internal sealed record CommandWrapper(string Name, IReadOnlyList<string> WithValue, int Operands)
{
    private static readonly CommandWrapper[] All =
    [
        new("exec", ["-a"], 0), new("command", [], 0), new("builtin", [], 0), new("nohup", [], 0), new("setsid", [], 0), new("time", [], 0),
        new("nice", ["-n"], 0), new("env", ["-u", "-C"], 0), new("timeout", ["-s", "-k"], 1), new("su-exec", [], 1), new("gosu", [], 1),
        new("xargs", ["-I", "-n", "-P", "-L", "-d", "-E", "-s"], 0), new("stdbuf", ["-i", "-o", "-e"], 0), new("ionice", ["-c", "-n"], 0),
    ];

    /// <summary>A wrapper by name; null when the command is none.</summary>
    /// <param name="name">Name of the command.</param>
    public static CommandWrapper? Find(string name) => Array.Find(All, wrapper => wrapper.Name == name);

    /// <summary>The command that is run.</summary>
    /// <param name="arguments">Arguments of the wrapper.</param>
    /// <returns>Its words, the longest time that it gets, and whether that could be told.</returns>
    public (IReadOnlyList<ShellToken> Inner, double Limit, bool IsKnown) Unwrap(IReadOnlyList<ShellToken> arguments)
    {
        var at = 0;
        while (at < arguments.Count && (arguments[at].Text.StartsWith('-') || IsAssignment(arguments[at].Text)))
        {
            if (!arguments[at].Plain && !IsAssignment(arguments[at].Text))
            {
                return ([], double.PositiveInfinity, false);
            }

            at += WithValue.Contains(arguments[at].Text) ? 2 : 1;
        }

        var limit = Name == "timeout" && at < arguments.Count
            ? HookClock.ParseSeconds(arguments[at]) ?? double.PositiveInfinity
            : double.PositiveInfinity;
        at += Operands;
        return at <= arguments.Count ? ([.. arguments.Skip(at)], limit, true) : ([], limit, false);
    }

    private bool IsAssignment(string word) => Name == "env" && word.IndexOf('=', StringComparison.Ordinal) > 0;
}
