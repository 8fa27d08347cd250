namespace VaultConformance.Harness.Shell;

/// <summary>What can be said about a hook without running it.</summary>
/// <param name="Words">Every word that is run as a command.</param>
/// <param name="Doubts">Why commands of it are not known; empty when all are.</param>
/// <param name="Time">How long it takes before it signals the server.</param>
internal sealed record HookAnalysis(IReadOnlyList<string> Words, IReadOnlyList<string> Doubts, HookTime Time)
{
    /// <summary>Analyses a hook given as an argument array; a shell's <c>-c</c> text is looked into.</summary>
    /// <param name="command">The hook.</param>
    public static HookAnalysis From(IReadOnlyList<string> command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var reader = new HookReader();
        if (command.Count > 0)
        {
            reader.Take(new ShellCommand(
                [.. command.Select(word => new ShellToken(word, Separator: false, Plain: true, []))],
                Repetition.Once,
                Conditional: false,
                Background: false));
        }

        return reader.Result;
    }
}

/// <summary>How long a hook takes before it signals the server; afterwards the shutdown is under way.</summary>
/// <param name="AtLeast">Seconds that pass in any case.</param>
/// <param name="AtMost">Seconds that can pass; infinite when there is no bound.</param>
/// <param name="Doubts">Why more can pass than is known; empty when nothing can.</param>
internal sealed record HookTime(double AtLeast, double AtMost, IReadOnlyList<string> Doubts);
