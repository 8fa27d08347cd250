namespace VaultConformance.Harness.Observations;

/// <summary>A fact that a control needs could not be observed. The control becomes inconclusive, never passed.</summary>
public sealed class ObservationUnavailableException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">Name of the observation kind.</param>
    /// <param name="subject">What was checked.</param>
    /// <param name="reason">Why it could not be observed.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public ObservationUnavailableException(string kind, string subject, UnavailableReason reason, Exception? innerException = null)
        : base(FailureKind.Environment, $"Observation '{kind}' of '{subject}' is not available: {reason.Message}", innerException)
    {
        ObservationKind = kind;
        Subject = subject;
        Reason = reason;
    }

    /// <summary>Name of the observation kind.</summary>
    public string ObservationKind { get; }

    /// <summary>What was checked.</summary>
    public string Subject { get; }

    /// <summary>Why it could not be observed.</summary>
    public UnavailableReason Reason { get; }
}
