using System.Globalization;
using System.Net.Sockets;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>Runs one handshake within a time limit and says whose doing its end was.</summary>
/// <param name="limit">Limit of one handshake, the connection included.</param>
/// <param name="timeProvider">Clock and timer.</param>
internal sealed class OfferRunner(TimeSpan limit, TimeProvider timeProvider)
{
    /// <summary>Connects, makes the offer, and tells a refusal of the server from a failure that says nothing about it.</summary>
    /// <param name="offered">What is offered, and whether the choice of another version counts too.</param>
    /// <param name="handshake">Makes the offer.</param>
    /// <param name="connect">Opens the connection; it is closed afterwards.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<OfferResult> RunAsync(
        OfferedVersion offered, IHandshake handshake, Connect connect, CancellationToken cancellationToken)
    {
        var trace = new OfferTrace();
        var result = await TryAsync(offered, handshake, connect, trace, cancellationToken);
        return new OfferResult(
            result with { AsksForClientCertificate = trace.AsksForClientCertificate, ClientCertificate = trace.Demand },
            trace.Sent,
            result.Outcome == HandshakeOutcome.RefusedByServer
                && (trace.Closed || trace.Version is not null || (trace.Alert is { } alert && RefusingAlerts.Means(alert))));
    }

    private async Task<TlsHandshake> TryAsync(
        OfferedVersion offered, IHandshake handshake, Connect connect, OfferTrace trace, CancellationToken cancellationToken)
    {
        using var both = new TimeLimit(limit, timeProvider, cancellationToken);
        try
        {
            await using var stream = await connect(both.Token);
            return OfferVerdict.CreateAnswered(offered, trace, await handshake.PerformAsync(stream, trace, both.Token));
        }
        catch (NotConnectedException exception)
        {
            return OfferVerdict.CreateFailed(offered, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            trace.Closed = trace.Sent;
            return trace.Sent
                ? OfferVerdict.CreateAnswered(offered, trace, $"broke the connection ({exception.Message})")
                : OfferVerdict.CreateFailed(offered, $"The connection broke before the offer was sent: {exception.Message}");
        }
        catch (NoAnswerException exception)
        {
            return JudgeSilent(offered, trace, exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return JudgeSilent(offered, trace, DescribeSilence(trace));
        }
    }

    private static TlsHandshake JudgeSilent(OfferedVersion offered, OfferTrace trace, string detail) =>
        trace.Version is null
            ? OfferVerdict.CreateFailed(offered, detail)
            : OfferVerdict.CreateAnswered(offered, trace, trace.Chain.Count > 0 ? "presented its certificate" : "went silent");

    private string DescribeSilence(OfferTrace trace)
    {
        var where = trace.Sent ? "The offer was sent, but nothing came back" : "The offer could not be sent";
        return string.Create(CultureInfo.InvariantCulture, $"{where} within {limit.TotalSeconds:0.###} s.");
    }
}

/// <summary>What is offered.</summary>
/// <param name="Version">The version.</param>
/// <param name="AnyVersionCounts">True when the suites are the question, so that a choice at any version is an answer.</param>
internal sealed record OfferedVersion(TlsVersion Version, bool AnyVersionCounts = false);

/// <summary>Turns what happened into a <see cref="TlsHandshake"/>.</summary>
internal static class OfferVerdict
{
    /// <summary>Nothing can be said about the server.</summary>
    public static TlsHandshake CreateFailed(OfferedVersion offered, string detail) =>
        Without(offered, HandshakeOutcome.ConnectionFailed, detail, null);

    /// <summary>The offer could not be made.</summary>
    public static TlsHandshake CreateNotOffered(OfferedVersion offered, string detail) =>
        Without(offered, HandshakeOutcome.ClientCouldNotOffer, detail, null);

    /// <summary>The offer reached the server, which chose or refused.</summary>
    public static TlsHandshake CreateAnswered(OfferedVersion offered, OfferTrace trace, string ending)
    {
        if (trace.Version is not { } version)
        {
            return Without(offered, HandshakeOutcome.RefusedByServer, $"The server {ending}.", trace.Alert);
        }

        var chosen = TlsVersions.Describe(version);
        if (version != TlsVersions.ToWire(offered.Version) && !offered.AnyVersionCounts)
        {
            var instead = $"The server chose {chosen} instead of the offered {TlsVersions.Describe(offered.Version)}.";
            return Without(offered, HandshakeOutcome.RefusedByServer, instead, trace.Alert);
        }

        return new TlsHandshake(
            offered.Version,
            HandshakeOutcome.Negotiated,
            trace.Suite is { } suite ? CipherSuiteRegistry.GetName(suite) : null,
            trace.Alert,
            $"The server chose {chosen} and {ending}.",
            [.. trace.Chain.Select(Convert.ToBase64String)]);
    }

    private static TlsHandshake Without(OfferedVersion offered, HandshakeOutcome outcome, string detail, string? alert) =>
        new(offered.Version, outcome, null, alert, detail, []);
}
