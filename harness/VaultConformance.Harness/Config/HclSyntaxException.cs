namespace VaultConformance.Harness.Config;

/// <summary>
/// A server configuration that cannot be read. The message names the line and never quotes the text, which may hold secrets.
/// </summary>
public sealed class HclSyntaxException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="line">Line of the problem, counted from 1.</param>
    /// <param name="problem">What is wrong there, as the end of a sentence.</param>
    public HclSyntaxException(int line, string problem)
        : base(FailureKind.Configuration, $"The Vault configuration cannot be read: line {line}: {problem}.")
    {
        Line = line;
        Problem = problem;
    }

    /// <summary>Line of the problem, counted from 1.</summary>
    public int Line { get; }

    /// <summary>What is wrong there, without the line.</summary>
    public string Problem { get; }
}
