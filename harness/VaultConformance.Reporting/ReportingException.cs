namespace VaultConformance.Reporting;

/// <summary>A failure of reporting that a user can understand and act on. Its message holds no secrets.</summary>
public abstract class ReportingException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do next.</param>
    /// <param name="problems">Every problem found, in order.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    protected ReportingException(string message, IReadOnlyList<string> problems, Exception? innerException = null)
        : base(message, innerException)
    {
        Problems = problems;
    }

    /// <summary>Every problem found, in order; never empty.</summary>
    public IReadOnlyList<string> Problems { get; }
}
