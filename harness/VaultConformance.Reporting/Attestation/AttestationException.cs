namespace VaultConformance.Reporting.Attestation;

/// <summary>A key or an attestation cannot be used. The message never holds key material.</summary>
public sealed class AttestationException : ReportingException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong with what, and what to do.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public AttestationException(string message, Exception? innerException = null)
        : base(message, [message], innerException)
    {
    }
}
