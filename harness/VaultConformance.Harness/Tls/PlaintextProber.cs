using System.Globalization;
using System.Net.Sockets;
using System.Text;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls.Wire;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Tls;

/// <summary>Asks an endpoint for <c>GET /v1/sys/health</c> without TLS (control TLS-1).</summary>
/// <param name="limit">Limit of one request, the connection included.</param>
/// <param name="timeProvider">Clock and timer.</param>
internal sealed class PlaintextProber(TimeSpan limit, TimeProvider timeProvider)
{
    private const int MostBytes = 4096;

    /// <summary>Sends the request and classifies what comes back.</summary>
    /// <param name="connect">Opens a new connection to the endpoint; it is closed afterwards.</param>
    /// <param name="host">Host header.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<PlaintextAnswer> AskAsync(Connect connect, string host, CancellationToken cancellationToken)
    {
        using var both = new TimeLimit(limit, timeProvider, cancellationToken);
        var answer = new MemoryStream(MostBytes);
        var sent = false;
        try
        {
            await using var stream = await connect(both.Token);
            await stream.WriteAsync(Request(host), both.Token);
            await stream.FlushAsync(both.Token);
            sent = true;
            await ReadAsync(stream, answer, both.Token);
            return PlaintextAnswers.Classify(answer.ToArray());
        }
        catch (NotConnectedException exception)
        {
            return PlaintextAnswers.Without(PlaintextAnswerKind.NoConnection, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return sent
                ? PlaintextAnswers.Classify(answer.ToArray())
                : PlaintextAnswers.Without(PlaintextAnswerKind.NoConnection, exception.Message);
        }
        catch (NoAnswerException exception)
        {
            return exception.OutOfTime
                ? PlaintextAnswers.Without(PlaintextAnswerKind.OutOfTime, exception.Message)
                : PlaintextAnswers.CreateInterrupted(sent, answer.ToArray());
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return PlaintextAnswers.CreateInterrupted(sent, answer.ToArray());
        }
    }

    private static byte[] Request(string host) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"GET /v1/sys/health HTTP/1.1\r\nHost: {host}\r\nUser-Agent: VaultConformance\r\nConnection: close\r\n\r\n"));

    private static async Task ReadAsync(Stream stream, MemoryStream answer, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostBytes];
        while (answer.Length < MostBytes && await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            answer.Write(buffer, 0, read);
        }
    }
}

/// <summary>Classifies what came back for plaintext.</summary>
internal static class PlaintextAnswers
{
    // Go's net/http, nginx and HAProxy each say in their own words that the port wants TLS.
    private static readonly string[] WantsTls =
        [
            "HTTP request to an HTTPS server",
            "plain HTTP request was sent to HTTPS port",
            "speaking plain HTTP to an SSL-enabled server port"
        ];

    public static PlaintextAnswer Classify(ReadOnlySpan<byte> answer)
    {
        if (answer.IsEmpty || TlsRecords.LooksLikeTls(answer))
        {
            return Without(PlaintextAnswerKind.Refused, answer.IsEmpty ? "closed without an answer" : "answered with a TLS record");
        }

        var text = Encoding.Latin1.GetString(answer);
        var status = FindStatus(text);
        var kind = status == 400 && WantsTls.Any(words => text.Contains(words, StringComparison.OrdinalIgnoreCase))
            ? PlaintextAnswerKind.HttpsExpected
            : PlaintextAnswerKind.HttpAnswered;
        return new PlaintextAnswer(kind, status, TlsRecords.ToPrintable(answer));
    }

    public static PlaintextAnswer CreateInterrupted(bool sent, ReadOnlySpan<byte> answer) => answer.IsEmpty
        ? Without(sent ? PlaintextAnswerKind.Silent : PlaintextAnswerKind.NoConnection, "nothing came within the limit")
        : Classify(answer);

    public static PlaintextAnswer Without(PlaintextAnswerKind kind, string excerpt) => new(kind, null, excerpt);

    private static int? FindStatus(string text) =>
        text.Split(' ', 3) is [var protocol, var status, ..]
        && protocol.StartsWith("HTTP/", StringComparison.Ordinal)
        && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code
            : null;
}
