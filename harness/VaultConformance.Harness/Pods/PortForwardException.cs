namespace VaultConformance.Harness.Pods;

/// <summary>A connection to a port of a pod could not be made or was ended by the other side with an error.</summary>
public sealed class PortForwardException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Sentence(s) for the user; no secrets.</param>
    /// <param name="innerException">The cause, when there is one.</param>
    public PortForwardException(string message, Exception? innerException = null)
        : base(FailureKind.Environment, message, innerException)
    {
    }

    /// <summary>True when another attempt may succeed: the API server or the kubelet failed, and neither refused.</summary>
    public bool MayPass { get; init; }
}
