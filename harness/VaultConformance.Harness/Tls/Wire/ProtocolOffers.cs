using System.Net.Security;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>Knows which kind of handshake offers what. Makes every offer it is asked for, proved or not.</summary>
/// <param name="limit">Limit of one handshake.</param>
/// <param name="timeProvider">Clock and timer.</param>
internal sealed class ProtocolOffers(TimeSpan limit, TimeProvider timeProvider)
{
    private readonly OfferRunner _runner = new(limit, timeProvider);

    /// <summary>Offers one version: by hand where libraries refuse to, else with a complete handshake.</summary>
    public Task<TlsHandshake> VersionAsync(Connect connect, TlsVersion version, string? serverName, CancellationToken cancellationToken)
    {
        IHandshake handshake = version >= TlsVersion.Tls12
            ? new FullHandshake(version, serverName)
            : new RawHandshake(TlsOffer.OfVersion(version, serverName));
        return _runner.RunAsync(new OfferedVersion(version), handshake, connect, cancellationToken);
    }

    /// <summary>Offers some suites at TLS 1.2.</summary>
    public Task<TlsHandshake> SuitesAsync(
        Connect connect, IReadOnlyList<TlsCipherSuite> suites, string? serverName, CancellationToken cancellationToken)
    {
        var offer = new TlsOffer(TlsVersion.Tls12, suites, serverName);
        return _runner.RunAsync(new OfferedVersion(TlsVersion.Tls12, AnyVersionCounts: true), new RawHandshake(offer), connect, cancellationToken);
    }
}
