using System.Net.Security;
using VaultConformance.Harness.Observations;

namespace VaultConformance.Harness.Tls.Wire;

/// <summary>Knows which kind of handshake offers what. Makes every offer it is asked for, proved or not.</summary>
/// <param name="limit">Limit of one handshake.</param>
/// <param name="timeProvider">Clock and timer.</param>
/// <param name="client">Certificate that is shown to servers that demand one; null for none.</param>
internal sealed class ProtocolOffers(TimeSpan limit, TimeProvider timeProvider, ClientCertificate? client = null)
{
    private readonly OfferRunner _runner = new(limit, timeProvider);

    /// <summary>
    /// Offers one version: by hand and with every suite there is where libraries refuse to, else with a complete handshake. A server may
    /// treat names differently, so that all given ones are tried.
    /// </summary>
    public async Task<TlsHandshake> OfferVersionAsync(
        Connect connect, TlsVersion version, IReadOnlyList<string?> serverNames, CancellationToken cancellationToken) =>
        version >= TlsVersion.Tls12
            ? await CompleteAsync(connect, version, serverNames, cancellationToken)
            : await OfferOldAsync(connect, version, serverNames, cancellationToken);

    /// <summary>Offers some suites at TLS 1.2, by each of the names.</summary>
    public async Task<SweepResult> OfferSuitesAsync(
        Connect connect, IReadOnlyList<TlsCipherSuite> suites, IReadOnlyList<string?> serverNames, CancellationToken cancellationToken)
    {
        var sweep = new SuiteSweep(_runner);
        var offered = new OfferedVersion(TlsVersion.Tls12, AnyVersionCounts: true);
        var results = await Task.WhenAll(serverNames.Select(name => sweep.RunAsync(offered, suites, connect, name, cancellationToken)));
        return new SweepResult([.. results.SelectMany(result => result.Offers)]);
    }

    /// <summary>Until one of the names is taken.</summary>
    private async Task<TlsHandshake> CompleteAsync(
        Connect connect, TlsVersion version, IReadOnlyList<string?> serverNames, CancellationToken cancellationToken)
    {
        TlsHandshake? last = null;
        foreach (var name in serverNames)
        {
            var handshake = await OfferOnceAsync(connect, version, name, cancellationToken);
            if (handshake.Outcome == HandshakeOutcome.Negotiated || handshake.Alert is { } alert && RefusingAlerts.IsOfVersion(alert))
            {
                return handshake;
            }

            last ??= handshake;
        }

        return last!;
    }

    /// <summary>
    /// As a stranger first, for a demand is seen only when it is not met; then with the client certificate, where the server demands one.
    /// </summary>
    private async Task<TlsHandshake> OfferOnceAsync(Connect connect, TlsVersion version, string? name, CancellationToken cancellationToken)
    {
        async Task<TlsHandshake> AsAsync(ClientCertificate? shown) =>
            (await _runner.RunAsync(
                new OfferedVersion(version), new FullHandshake(version, name, shown), connect, cancellationToken)).Handshake;

        var stranger = await AsAsync(null);
        return client is null
            || stranger is not { Outcome: HandshakeOutcome.Negotiated, ClientCertificate: ClientCertificateDemand.Demanded }
            ? stranger
            : ClientCertificateDemands.Judge(stranger, await AsAsync(client), client);
    }

    private async Task<TlsHandshake> OfferOldAsync(
        Connect connect, TlsVersion version, IReadOnlyList<string?> serverNames, CancellationToken cancellationToken)
    {
        // SSL 3.0 has no extensions, and with them no names.
        IReadOnlyList<string?> names = version == TlsVersion.Ssl30 ? [null] : serverNames;
        var sweep = new SuiteSweep(_runner);
        var results = await Task.WhenAll(
            names.Select(name => sweep.RunAsync(new OfferedVersion(version), CipherSuiteRegistry.All, connect, name, cancellationToken)));
        var all = new SweepResult([.. results.SelectMany(result => result.Offers)]);
        return all.Chosen.Count > 0
            ? all.Chosen[0]
            : all.Telling with { Scope = OfferScopes.From(CipherSuiteRegistry.All.Count, all.Conclusive, names) };
    }
}

/// <summary>Puts together what a stranger and a known client saw of the same server.</summary>
internal static class ClientCertificateDemands
{
    /// <summary>As evidence holds it.</summary>
    /// <param name="stranger">The handshake without a client certificate, which the server ended.</param>
    /// <param name="known">The one with it.</param>
    /// <param name="client">The certificate.</param>
    public static TlsHandshake Judge(TlsHandshake stranger, TlsHandshake known, ClientCertificate client) => known.ClientCertificate switch
    {
        ClientCertificateDemand.Optional => known with
        {
            ClientCertificate = ClientCertificateDemand.Accepted,
            Detail = $"{known.Detail} It demands a client certificate and took the one {client.Origin}. Without one: {stranger.Detail}",
        },
        ClientCertificateDemand.Demanded => stranger with
        {
            ClientCertificate = ClientCertificateDemand.Refused,
            Detail = $"{stranger.Detail} It demands a client certificate and refuses the one {client.Origin}: {known.Detail}",
        },
        _ => stranger,
    };
}

/// <summary>Describes what offers were made of.</summary>
internal static class OfferScopes
{
    /// <summary>As evidence holds it.</summary>
    public static OfferScope From(int suites, bool complete, IReadOnlyList<string?> names) =>
        new(suites, complete, [.. names.Select(name => name ?? string.Empty)]);
}
