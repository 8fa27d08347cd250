using System.Security.Authentication;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Authority;

namespace VaultConformance.Harness.Tests.Tls;

[CancelAfter(15_000)]
public sealed class FullHandshakeTests
{
    private static readonly TlsProber Prober = TlsProber.Create(TimeSpan.FromSeconds(5), TimeProvider.System);

    private static readonly CertificateRecipe[] Unfit =
    [
        CertificateRecipe.Good with { Description = "self-signed", Issuer = CertificateIssuer.Self },
        CertificateRecipe.Good with { Description = "expired", StartedDaysAgo = 9, ExpiresInDays = -1 },
        CertificateRecipe.Good with { Description = "authority", CertificateAuthority = true },
        CertificateRecipe.Good with { Description = "client only", ExtendedKeyUsages = [ExtendedUsage.ClientAuth] },
        CertificateRecipe.Good with { Description = "no names", OmitNames = CertificateNames.CreateForRelease("vault", "vault", 1).Names },
    ];

    [TestCase(SslProtocols.Tls12, TlsVersion.Tls12)]
    [TestCase(SslProtocols.Tls13, TlsVersion.Tls13)]
    public async Task It_brings_the_whole_chain(SslProtocols protocols, TlsVersion version, CancellationToken cancellationToken)
    {
        await using var server = SslStreamServer.Start(protocols);

        var handshake = await Prober.OfferAsync(server.ConnectAsync, version, "localhost", cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.Negotiated), handshake.Detail);
        Assert.That(handshake.Detail, Does.EndWith("and completed the handshake."));
        Assert.That(handshake.Chain, Has.Count.EqualTo(2));
        Assert.That(Fingerprint.ComputeOfLeaf(handshake), Is.EqualTo(server.Certificate.Fingerprint));
    }

    [TestCase(TlsVersion.Tls12, "^TLS_ECDHE_ECDSA_WITH_[A-Z0-9_]+$")]
    [TestCase(TlsVersion.Tls13, "^TLS_(AES|CHACHA20)_[A-Z0-9_]+$")]
    public async Task It_names_the_suite_as_iana_does(TlsVersion version, string pattern, CancellationToken cancellationToken)
    {
        await using var server = SslStreamServer.Start(SslProtocols.Tls12 | SslProtocols.Tls13);

        var handshake = await Prober.OfferAsync(server.ConnectAsync, version, null, cancellationToken);

        Assert.That(handshake.CipherSuite, Does.Match(pattern));
    }

    [TestCase(SslProtocols.Tls12, TlsVersion.Tls13)]
    [TestCase(SslProtocols.Tls13, TlsVersion.Tls12)]
    public async Task A_version_that_is_off_is_refused(SslProtocols protocols, TlsVersion offered, CancellationToken cancellationToken)
    {
        await using var server = SslStreamServer.Start(protocols);

        var handshake = await Prober.OfferAsync(server.ConnectAsync, offered, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.RefusedByServer), handshake.Detail);
    }

    [Test]
    public async Task An_unfit_certificate_does_not_stop_the_prober([ValueSource(nameof(Unfit))] object recipe, CancellationToken cancellationToken)
    {
        await using var server = SslStreamServer.Start(SslProtocols.Tls12 | SslProtocols.Tls13, (CertificateRecipe)recipe);

        foreach (var version in new[] { TlsVersion.Tls12, TlsVersion.Tls13 })
        {
            var handshake = await Prober.OfferAsync(server.ConnectAsync, version, null, cancellationToken);

            Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.Negotiated), handshake.Detail);
            Assert.That(Fingerprint.ComputeOfLeaf(handshake), Is.EqualTo(server.Certificate.Fingerprint));
        }
    }

    [TestCase(SslProtocols.Tls12, TlsVersion.Tls12)]
    [TestCase(SslProtocols.Tls13, TlsVersion.Tls13)]
    public async Task A_server_that_wants_a_client_certificate_has_chosen_the_version(SslProtocols protocols, TlsVersion version, CancellationToken cancellationToken)
    {
        await using var server = SslStreamServer.Start(protocols, clientCertificateRequired: true);

        var handshake = await Prober.OfferAsync(server.ConnectAsync, version, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.Negotiated), handshake.Detail);
        Assert.That(Fingerprint.ComputeOfLeaf(handshake), Is.EqualTo(server.Certificate.Fingerprint));
    }
}
