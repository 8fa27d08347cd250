namespace VaultConformance.Harness;

/// <summary>
/// A failure that a user can understand and act on: what happened, what was last seen, what to do next.
/// Every exception the harness throws on purpose derives from it; anything else is a defect.
/// </summary>
public class HarnessException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">Whose problem it is; decides the process exit code.</param>
    /// <param name="message">Sentence(s) for the user; must not contain secrets.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public HarnessException(FailureKind kind, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Kind = kind;
    }

    /// <summary>Whose problem it is.</summary>
    public FailureKind Kind { get; }
}

/// <summary>Whose problem a <see cref="HarnessException"/> reports; maps to the exit codes 3 and 4.</summary>
public enum FailureKind
{
    /// <summary>Flags, files or values given by the user are wrong (exit code 3).</summary>
    Configuration,

    /// <summary>The engine, the cluster, the network or the release did not work (exit code 4).</summary>
    Environment,
}
