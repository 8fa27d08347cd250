using System.Buffers.Binary;
using Org.BouncyCastle.Tls;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>Reads the clear-text first flight of a server (up to TLS 1.2): alert, or ServerHello and Certificate.</summary>
/// <param name="trace">Is told what was read.</param>
internal sealed class ServerFlight(OfferTrace trace)
{
    private const byte AlertRecord = 21;
    private const byte HandshakeRecord = 22;
    private const int LargestFlight = 256 * 1024;

    private readonly HandshakeMessages _messages = new(trace);

    /// <summary>Reads until the certificate, an alert or the end.</summary>
    /// <returns>How it ended; completes the sentence "the server …".</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<string> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var header = new byte[5];
        while (_messages.Size < LargestFlight)
        {
            var got = await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
            if (got > 0 && !TlsRecords.LooksLikeTls(header.AsSpan(0, got)))
            {
                return TlsRecords.DescribeNotTls(header.AsSpan(0, got));
            }

            var content = new byte[got < header.Length ? 0 : BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(3))];
            if (got < header.Length
                || await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken) < content.Length)
            {
                trace.Closed = got == 0;
                return "closed the connection";
            }

            if (Take(header[0], content) is { } ending)
            {
                return ending;
            }
        }

        return "sent more than a first flight can hold";
    }

    private string? Take(byte type, byte[] content) => type switch
    {
        AlertRecord when content.Length >= 2 => TakeAlert(content[0], content[1]),
        HandshakeRecord => _messages.Take(content),
        _ => $"sent a record of type {type} out of turn",
    };

    private string? TakeAlert(byte level, byte description)
    {
        if (level == AlertLevel.warning && description != AlertDescription.close_notify)
        {
            return null;
        }

        trace.Alert = AlertDescription.GetText(description);
        return $"sent the alert {trace.Alert}";
    }
}
