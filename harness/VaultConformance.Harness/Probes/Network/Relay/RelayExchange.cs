namespace VaultConformance.Harness.Probes.Network.Relay;

/// <summary>One question to an endpoint: connect, send these bytes, end the sending side, take what comes back.</summary>
/// <param name="Endpoint">Where to.</param>
/// <param name="Question">The bytes.</param>
internal sealed record RelayExchange(NetworkEndpoint Endpoint, ReadOnlyMemory<byte> Question);

/// <summary>Its outcome.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Answer">The bytes that came back.</param>
/// <param name="Message">What the relay said about a failure.</param>
internal sealed record RelayAnswer(RelayEnding Ending, ReadOnlyMemory<byte> Answer, string Message);

/// <summary>How an exchange ended.</summary>
internal enum RelayEnding
{
    /// <summary>The endpoint closed the connection.</summary>
    Closed,

    /// <summary>There was no connection.</summary>
    NotConnected,

    /// <summary>The endpoint had answered and still had the connection open when the time was over.</summary>
    StillOpen,

    /// <summary>Nothing at all had come when the time was over; on a busy machine perhaps not even the question had been sent.</summary>
    OutOfTime,
}
