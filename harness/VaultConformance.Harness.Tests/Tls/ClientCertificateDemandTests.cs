using System.Security.Authentication;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Tls;

/// <summary>A listener that demands client certificates is stricter, and is told from one that refuses.</summary>
[CancelAfter(30_000)]
public sealed class ClientCertificateDemandTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [TestCase(SslProtocols.Tls12, TlsVersion.Tls12)]
    [TestCase(SslProtocols.Tls13, TlsVersion.Tls13)]
    public async Task With_the_runs_certificate_the_handshake_completes(SslProtocols protocols, TlsVersion version, CancellationToken cancellationToken)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        await using var server = new DemandingServer(authority, protocols);

        var handshake = await Prober(authority.Client).OfferAsync(server.ConnectAsync, version, "localhost", cancellationToken);

        Assert.That((handshake.Outcome, handshake.ClientCertificate, handshake.Alert), Is.EqualTo((HandshakeOutcome.Negotiated, ClientCertificateDemand.Accepted, (string?)null)), handshake.Detail);
        Assert.That(handshake.Detail, Does.Contain("completed the handshake. It demands a client certificate and took the one that the run's own authority issued. Without one: The server chose"));
        Assert.That(handshake.Chain, Has.Count.EqualTo(2));
    }

    [TestCase(SslProtocols.Tls12, TlsVersion.Tls12)]
    [TestCase(SslProtocols.Tls13, TlsVersion.Tls13)]
    public async Task A_stranger_sees_version_and_certificate_and_that_one_is_demanded(SslProtocols protocols, TlsVersion version, CancellationToken cancellationToken)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        await using var server = new DemandingServer(authority, protocols);

        var handshake = await Prober(authority.Client).Stranger.OfferAsync(server.ConnectAsync, version, null, cancellationToken);

        Assert.That((handshake.Outcome, handshake.ClientCertificate), Is.EqualTo((HandshakeOutcome.Negotiated, ClientCertificateDemand.Demanded)), handshake.Detail);
        Assert.That(handshake.Chain, Has.Count.EqualTo(2));
    }

    [TestCase(SslProtocols.Tls12, TlsVersion.Tls12)]
    [TestCase(SslProtocols.Tls13, TlsVersion.Tls13)]
    public async Task A_certificate_of_another_authority_is_refused(SslProtocols protocols, TlsVersion version, CancellationToken cancellationToken)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        using var other = new TestCertificateAuthority(TimeProvider.System);
        await using var server = new DemandingServer(authority, protocols);

        var handshake = await Prober(other.Client).OfferAsync(server.ConnectAsync, version, null, cancellationToken);

        Assert.That((handshake.Outcome, handshake.ClientCertificate), Is.EqualTo((HandshakeOutcome.Negotiated, ClientCertificateDemand.Refused)), handshake.Detail);
        Assert.That(handshake.Detail, Does.Contain("refuses the one that the run's own authority issued: The server chose"));
    }

    [TestCase(SslProtocols.Tls12, TlsVersion.Tls12)]
    [TestCase(SslProtocols.Tls13, TlsVersion.Tls13)]
    public async Task A_server_that_only_asks_demands_nothing(SslProtocols protocols, TlsVersion version, CancellationToken cancellationToken)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        await using var server = new DemandingServer(authority, protocols, demands: false);

        var handshake = await Prober(authority.Client).OfferAsync(server.ConnectAsync, version, null, cancellationToken);

        Assert.That((handshake.AsksForClientCertificate, handshake.ClientCertificate), Is.EqualTo(((bool?)true, ClientCertificateDemand.Optional)), handshake.Detail);
    }

    [TestCase(SslProtocols.Tls12, SslProtocols.Tls13, TlsVersion.Tls13)]
    [TestCase(SslProtocols.Tls13, SslProtocols.Tls12, TlsVersion.Tls12)]
    public async Task A_version_that_is_off_stays_refused(SslProtocols on, SslProtocols off, TlsVersion version, CancellationToken cancellationToken)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        await using var server = new DemandingServer(authority, on);

        var handshake = await Prober(authority.Client).OfferAsync(server.ConnectAsync, version, null, cancellationToken);

        Assert.That((handshake.Outcome, handshake.ClientCertificate), Is.EqualTo((HandshakeOutcome.RefusedByServer, (ClientCertificateDemand?)null)), $"{off}: {handshake.Detail}");
    }

    [TestCase(KeyKind.Rsa2048, SslProtocols.Tls12, TlsVersion.Tls12)]
    [TestCase(KeyKind.Rsa2048, SslProtocols.Tls13, TlsVersion.Tls13)]
    public async Task A_users_rsa_certificate_is_shown_too(object kind, SslProtocols protocols, TlsVersion version, CancellationToken cancellationToken)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        await using var server = new DemandingServer(authority, protocols);
        var issued = authority.Issue(CertificateRecipe.Good with { Key = (KeyKind)kind }, new CertificateNames("user", ["user"]));
        var client = ClientCertificate.From(ClientChain.Parse(issued.CertificateChain, TimeProvider.System.GetUtcNow()), issued.PrivateKey, "that --client-cert names");

        var handshake = await Prober(client).OfferAsync(server.ConnectAsync, version, null, cancellationToken);

        Assert.That(handshake.ClientCertificate, Is.EqualTo(ClientCertificateDemand.Accepted), handshake.Detail);
    }

    [Test]
    public async Task A_wait_that_cannot_end_well_is_known_by_its_reason(CancellationToken cancellationToken)
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        using var other = new TestCertificateAuthority(TimeProvider.System);
        await using var server = new DemandingServer(authority, SslProtocols.Tls12 | SslProtocols.Tls13);
        await using var easy = new DemandingServer(authority, SslProtocols.Tls13, demands: false);
        Task<string?> ReasonAsync(ClientCertificate? client, DemandingServer asked) =>
            new RefusedClient((_, _, token) => asked.ConnectAsync(token), client, TimeProvider.System).FindReasonAsync(["vault-0"], 8200, cancellationToken);

        Assert.That(await ReasonAsync(authority.Client, server), Is.Null);
        Assert.That(await ReasonAsync(null, easy), Is.Null);
        Assert.That(await ReasonAsync(null, server), Is.EqualTo(
            "the listener of pod 'vault-0' demands a client certificate, and the run has none; give one with --client-cert and --client-key"));
        Assert.That(await ReasonAsync(other.Client, server), Is.EqualTo(
            "the listener of pod 'vault-0' demands a client certificate and refuses the one that the run's own authority issued; let tls_client_ca_file name the ca.crt of the TLS Secret that the run makes, or give a certificate that it accepts with --client-cert and --client-key"));
    }

    private static TlsProber Prober(ClientCertificate client) => TlsProber.Create(Limit, TimeProvider.System, client);
}
