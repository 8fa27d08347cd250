using Org.BouncyCastle.Tls;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>
/// Completes a handshake of TLS 1.2 or 1.3 with a TLS stack of its own, so that the machine's TLS settings decide nothing. Completing it
/// proves that the server has the private key of its leaf.
/// </summary>
/// <param name="version">The only version that is offered.</param>
/// <param name="serverName">DNS name for SNI; null when the server is addressed by IP.</param>
/// <param name="client">Certificate that is shown when the server asks for one; null for none.</param>
internal sealed class FullHandshake(TlsVersion version, string? serverName, ClientCertificate? client = null) : IHandshake
{
    private static readonly byte[] Question = "GET /v1/sys/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray();

    /// <inheritdoc />
    public async Task<string> PerformAsync(Stream stream, OfferTrace trace, CancellationToken cancellationToken)
    {
        var protocol = new TlsClientProtocol();
        var witness = new HandshakeWitness(version, serverName, client, trace);
        protocol.Connect(witness);
        await SendAsync(protocol, stream, cancellationToken);
        trace.Sent = true;
        var buffer = new byte[16 * 1024];
        for (var first = true; !witness.Complete; first = false)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            if (read == 0)
            {
                trace.Closed = true;
                return trace.Chain.Count > 0 ? "presented its certificate, then closed the connection" : "closed the connection";
            }

            if (first && !TlsRecords.LooksLikeTls(buffer.AsSpan(0, read)))
            {
                return TlsRecords.DescribeNotTls(buffer.AsSpan(0, read));
            }

            if (FindRefusal(protocol, trace, buffer, read) is { } refusal)
            {
                return refusal;
            }

            await SendAsync(protocol, stream, cancellationToken);
        }

        trace.AsksForClientCertificate ??= false;
        if (trace.AsksForClientCertificate == true
            && await ReadInsistenceAsync(protocol, stream, trace, cancellationToken) is { } insistence)
        {
            return insistence;
        }

        trace.Complete = true;
        await CloseAsync(protocol, stream, cancellationToken);
        return "completed the handshake";
    }

    /// <summary>
    /// In TLS 1.3, and with some servers in TLS 1.2 too, a server that insists on a certificate says so only after the client believes the
    /// handshake complete. A request tells: who is let in gets an answer, whatever it is.
    /// </summary>
    private static async Task<string?> ReadInsistenceAsync(
        TlsClientProtocol protocol, Stream stream, OfferTrace trace, CancellationToken cancellationToken)
    {
        protocol.WriteApplicationData(Question);
        await SendAsync(protocol, stream, cancellationToken);
        var buffer = new byte[16 * 1024];
        while (protocol.GetAvailableInputBytes() == 0)
        {
            var read = await stream.ReadAsync(buffer, cancellationToken);
            trace.Closed = read == 0;
            if (trace.Closed)
            {
                return "closed the connection without an answer, as one does that wants another certificate of its client, or one at all";
            }

            if (FindRefusal(protocol, trace, buffer, read) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static string? FindRefusal(TlsClientProtocol protocol, OfferTrace trace, byte[] buffer, int count)
    {
        try
        {
            protocol.OfferInput(buffer, 0, count);
            return null;
        }
        catch (TlsException exception)
        {
            return trace.Alert is { } alert ? $"sent the alert {alert}" : $"sent what does not fit the offer ({exception.Message})";
        }
    }

    private static Task CloseAsync(TlsClientProtocol protocol, Stream stream, CancellationToken cancellationToken)
    {
        protocol.Close();
        return SendAsync(protocol, stream, cancellationToken);
    }

    private static async Task SendAsync(TlsClientProtocol protocol, Stream stream, CancellationToken cancellationToken)
    {
        var output = new byte[protocol.GetAvailableOutputBytes()];
        if (output.Length > 0)
        {
            protocol.ReadOutput(output, 0, output.Length);
            await stream.WriteAsync(output, cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
    }
}
