namespace VaultConformance.Harness.Tls.Wire;

/// <summary>Makes one offer over a connection and reads what the server does with it.</summary>
internal interface IHandshake
{
    /// <summary>Makes the offer.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="trace">Is told everything as it happens.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How it ended; completes the sentence "the server …".</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    Task<string> PerformAsync(Stream stream, OfferTrace trace, CancellationToken cancellationToken);
}

/// <summary>
/// Sends a hand-written ClientHello and reads the first flight. Does not finish the handshake: the server's choice is the fact.
/// </summary>
/// <param name="offer">What is offered.</param>
internal sealed class RawHandshake(TlsOffer offer) : IHandshake
{
    /// <inheritdoc />
    public async Task<string> PerformAsync(Stream stream, OfferTrace trace, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(ClientHello.Write(offer), cancellationToken);
        await stream.FlushAsync(cancellationToken);
        trace.Sent = true;
        return await new ServerFlight(trace).ReadAsync(stream, cancellationToken);
    }
}
