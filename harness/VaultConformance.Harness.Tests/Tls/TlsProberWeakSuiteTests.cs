using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Wire;

namespace VaultConformance.Harness.Tests.Tls;

[CancelAfter(15_000)]
public sealed class TlsProberWeakSuiteTests
{
    private static readonly TlsProber Prober = TlsProber.Create(TimeSpan.FromSeconds(5), TimeProvider.System);

    private static readonly TestCaseData[] Selections =
    [
        new("RSA key exchange", (ushort)0x002F, "TLS_RSA_WITH_AES_128_CBC_SHA"),
        new("3DES", (ushort)0x000A, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
        new("RC4", (ushort)0x0005, "TLS_RSA_WITH_RC4_128_SHA"),
        new("CBC-SHA1", (ushort)0xC013, "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA"),
        new("NULL", (ushort)0x003B, "TLS_RSA_WITH_NULL_SHA256"),
        new("EXPORT", (ushort)0x0003, "TLS_RSA_EXPORT_WITH_RC4_40_MD5"),
        new("anonymous", (ushort)0x0034, "TLS_DH_anon_WITH_AES_128_CBC_SHA"),
    ];

    [TestCaseSource(nameof(Selections))]
    public async Task It_sees_that_a_weak_suite_is_selected(string family, ushort suite, string name, CancellationToken cancellationToken)
    {
        byte[] certificate = [1, 2, 3];
        await using var server = TestServer.Speaking([.. HandMadeFlight.ServerHello(TlsVersion.Tls12, suite), .. HandMadeFlight.Certificate(TlsVersion.Tls12, certificate)]);

        var offer = await Prober.OfferWeakAsync(server.ConnectAsync, family, null, cancellationToken);

        Assert.That((offer.Family, offer.Handshake.Outcome, offer.Handshake.CipherSuite), Is.EqualTo((family, HandshakeOutcome.Negotiated, name)));
        Assert.That(offer.Handshake.Chain, Is.EqualTo(new[] { Convert.ToBase64String(certificate) }));
    }

    [Test]
    public async Task A_weak_suite_at_an_older_version_counts_too(CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking(HandMadeFlight.ServerHello(TlsVersion.Tls10, 0x0005));

        var offer = await Prober.OfferWeakAsync(server.ConnectAsync, "RC4", null, cancellationToken);

        Assert.That(offer.Handshake.Outcome, Is.EqualTo(HandshakeOutcome.Negotiated));
        Assert.That(offer.Handshake.Detail, Is.EqualTo("The server chose TLS 1.0 and closed the connection."));
    }

    [Test]
    public async Task A_server_without_weak_suites_refuses_them([ValueSource(typeof(TlsProber), nameof(TlsProber.WeakFamilies))] string family, CancellationToken cancellationToken)
    {
        await using var server = SslStreamServer.Start(System.Security.Authentication.SslProtocols.Tls13);

        var offer = await Prober.OfferWeakAsync(server.ConnectAsync, family, null, cancellationToken);

        Assert.That(offer.Handshake.Outcome, Is.EqualTo(HandshakeOutcome.RefusedByServer), offer.Handshake.Detail);
    }

    [Test]
    public async Task A_listener_with_an_old_suite_is_found_out(CancellationToken cancellationToken)
    {
        await using var server = PermissiveListener.Start(TimeProvider.System, VersionRange.All);

        var offer = await Prober.OfferWeakAsync(server.ConnectAsync, "CBC-SHA1", null, cancellationToken);

        Assert.That(offer.Handshake.CipherSuite, Is.EqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"), offer.Handshake.Detail);
    }

    [TestCase(new byte[] { 22, 3, 3, 0, 4, 2, 0, 0, 0 })]
    [TestCase(new byte[] { 22, 3, 3, 0, 5, 2, 0, 0, 1, 9 })]
    public async Task A_malformed_answer_is_no_selection(byte[] answer, CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking(answer);

        var offer = await Prober.OfferWeakAsync(server.ConnectAsync, "RC4", null, cancellationToken);

        Assert.That(offer.Handshake.Outcome, Is.EqualTo(HandshakeOutcome.RefusedByServer));
        Assert.That(offer.Handshake.Detail, Is.EqualTo("The server sent a malformed ServerHello."));
    }
}
