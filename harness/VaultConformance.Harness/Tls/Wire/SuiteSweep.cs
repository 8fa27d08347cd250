using System.Net.Security;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>
/// Offers many suites: all at once, and where that is not refused for the version, again in small portions. Old servers break on large
/// offers, so that only small ones tell a refusal.
/// </summary>
/// <param name="runner">Runs one handshake.</param>
internal sealed class SuiteSweep(OfferRunner runner)
{
    private const int Portion = 64;

    /// <summary>Offers the suites.</summary>
    /// <param name="offered">The version, and whether the choice of another counts too.</param>
    /// <param name="suites">The suites.</param>
    /// <param name="connect">Opens a new connection to the endpoint.</param>
    /// <param name="serverName">DNS name for SNI; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SweepResult> RunAsync(
        OfferedVersion offered,
        IReadOnlyList<TlsCipherSuite> suites,
        Connect connect,
        string? serverName,
        CancellationToken cancellationToken)
    {
        Task<OfferResult> OfferAsync(IReadOnlyList<TlsCipherSuite> some) =>
            runner.RunAsync(offered, new RawHandshake(new TlsOffer(offered.Version, some, serverName)), connect, cancellationToken);

        var whole = await OfferAsync(suites);
        return whole.Handshake.Outcome == HandshakeOutcome.Negotiated || whole.RefusesVersion || !whole.Sent || suites.Count <= Portion
            ? new SweepResult([whole])
            : new SweepResult([whole, .. await Task.WhenAll(suites.Chunk(Portion).Select(OfferAsync))]);
    }
}

/// <summary>The outcome of all offers.</summary>
/// <param name="Offers">The offers.</param>
internal sealed record SweepResult(IReadOnlyList<OfferResult> Offers)
{
    /// <summary>Those from which the server chose.</summary>
    public IReadOnlyList<TlsHandshake> Chosen =>
        [.. Offers.Where(offer => offer.Handshake.Outcome == HandshakeOutcome.Negotiated).Select(offer => offer.Handshake)];

    /// <summary>True when the server itself refused each of them, in a way that means a refusal.</summary>
    public bool Conclusive => Offers.All(offer => offer.IsRefusal);

    /// <summary>The one that tells most when nothing was chosen: what could not be told, else the last.</summary>
    public TlsHandshake Telling => (Offers.FirstOrDefault(offer => offer.Handshake.Outcome != HandshakeOutcome.RefusedByServer)
        ?? Offers.FirstOrDefault(offer => !offer.IsRefusal)
        ?? Offers[^1]).Handshake;
}

/// <summary>The outcome of one offer.</summary>
/// <param name="Handshake">As evidence holds it.</param>
/// <param name="Sent">True once the offer had been handed to the connection.</param>
/// <param name="IsRefusal">
/// True when the server closed the connection, chose an older version, or sent an alert that means that nothing of the offer suits it.
/// </param>
internal sealed record OfferResult(TlsHandshake Handshake, bool Sent, bool IsRefusal)
{
    /// <summary>True when the version itself is refused, whatever the suites.</summary>
    public bool RefusesVersion =>
        IsRefusal && (Handshake.Alert is null
            ? Handshake.Detail.Contains(" instead of ", StringComparison.Ordinal)
            : RefusingAlerts.IsOfVersion(Handshake.Alert));
}

/// <summary>Alerts by which a server says that nothing of an offer suits it. Others say that something went wrong.</summary>
internal static class RefusingAlerts
{
    private const string ProtocolVersion = "(70)";
    private static readonly string[] Refusing = ["(40)", ProtocolVersion, "(71)"];

    /// <summary>True for handshake_failure, protocol_version and insufficient_security.</summary>
    /// <param name="alert">Name and number.</param>
    public static bool Means(string alert) => Refusing.Any(number => alert.EndsWith(number, StringComparison.Ordinal));

    /// <summary>True for protocol_version.</summary>
    /// <param name="alert">Name and number.</param>
    public static bool IsOfVersion(string alert) => alert.EndsWith(ProtocolVersion, StringComparison.Ordinal);
}
