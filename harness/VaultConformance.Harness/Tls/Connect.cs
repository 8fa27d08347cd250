namespace VaultConformance.Harness.Tls;

/// <summary>Opens a connection to the one endpoint that is being checked.</summary>
/// <param name="cancellationToken">Cancels.</param>
/// <returns>The connection; the caller disposes it.</returns>
/// <exception cref="NotConnectedException">There is no connection; says nothing about what the endpoint speaks.</exception>
internal delegate Task<Stream> Connect(CancellationToken cancellationToken);

/// <summary>
/// There is no connection to an endpoint. Also thrown by a connection through a relay that finds out only when it is read: whatever was
/// written has never reached the endpoint, so its silence is no refusal.
/// </summary>
/// <param name="message">What was tried and what was seen.</param>
/// <param name="innerException">The cause, when there is one.</param>
public sealed class NotConnectedException(string message, Exception? innerException = null)
    : HarnessException(FailureKind.Environment, message, innerException);

/// <summary>An endpoint holds a connection open and sends nothing (more). Thrown by connections that keep the time themselves.</summary>
/// <param name="message">What was tried and what was seen.</param>
public sealed class NoAnswerException(string message) : HarnessException(FailureKind.Environment, message)
{
    /// <summary>
    /// True when the probe ended before it was known whether the endpoint would answer, so that its silence says nothing about it.
    /// </summary>
    public bool OutOfTime { get; init; }
}
