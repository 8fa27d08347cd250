using System.Net.Sockets;
using System.Security.Authentication;
using VaultConformance.Harness.Observations;
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
        byte[] selection = [.. HandMadeFlight.ServerHello(TlsVersion.Tls12, suite), .. HandMadeFlight.Certificate(TlsVersion.Tls12, certificate)];
        await using var server = Selecting(suite, selection);

        var offers = await Prober.OfferWeakSuitesAsync(server.ConnectAsync, null, cancellationToken);

        var selected = offers.Where(offer => offer.Handshake.Outcome == HandshakeOutcome.Negotiated).ToArray();
        Assert.That(selected.Select(offer => (offer.Family, offer.Handshake.CipherSuite)), Has.Member((family, name)));
        Assert.That(selected[0].Handshake.Chain, Is.EqualTo(new[] { Convert.ToBase64String(certificate) }));
        Assert.That(offers.Except(selected).Select(offer => offer.Handshake.Alert), Has.All.EqualTo("handshake_failure(40)"));
    }

    [Test]
    public async Task A_weak_suite_at_an_older_version_counts_too(CancellationToken cancellationToken)
    {
        await using var server = Selecting(0xC007, HandMadeFlight.ServerHello(TlsVersion.Tls10, 0xC007));

        var offers = await Prober.OfferWeakSuitesAsync(server.ConnectAsync, null, cancellationToken);

        var rc4 = offers.Single(offer => offer.Family == "RC4").Handshake;
        Assert.That(rc4.Outcome, Is.EqualTo(HandshakeOutcome.Negotiated));
        Assert.That(rc4.Detail, Is.EqualTo("The server chose TLS 1.0 and closed the connection."));
    }

    [Test]
    public async Task A_server_without_weak_suites_refuses_them_all_at_once(CancellationToken cancellationToken)
    {
        await using var server = SslStreamServer.Start(SslProtocols.Tls13);

        var offers = await Prober.OfferWeakSuitesAsync(server.ConnectAsync, null, cancellationToken);

        Assert.That(offers.Select(offer => offer.Family), Is.EqualTo(TlsProber.WeakFamilies));
        Assert.That(offers.Select(offer => offer.Handshake.Outcome), Has.All.EqualTo(HandshakeOutcome.RefusedByServer));
        Assert.That(server.Connections, Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_cannot_be_reached_refuses_nothing(CancellationToken cancellationToken)
    {
        var offers = await Prober.OfferWeakSuitesAsync(_ => throw new NotConnectedException("nobody there"), null, cancellationToken);

        Assert.That(offers.Select(offer => offer.Handshake.Outcome), Has.All.EqualTo(HandshakeOutcome.ConnectionFailed));
    }

    [Test]
    public async Task A_listener_with_an_old_suite_is_found_out(CancellationToken cancellationToken)
    {
        await using var server = PermissiveListener.Start(TimeProvider.System, VersionRange.All);

        var offers = await Prober.OfferWeakSuitesAsync(server.ConnectAsync, null, cancellationToken);

        Assert.That(
            offers.Where(offer => offer.Handshake.Outcome == HandshakeOutcome.Negotiated).Select(offer => (offer.Family, offer.Handshake.CipherSuite)),
            Is.EqualTo(new[] { ("CBC-SHA1", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA") }));
    }

    [TestCase(new byte[] { 22, 3, 3, 0, 4, 2, 0, 0, 0 })]
    [TestCase(new byte[] { 22, 3, 3, 0, 5, 2, 0, 0, 1, 9 })]
    public async Task A_malformed_answer_is_no_selection(byte[] answer, CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking(answer);

        var offers = await Prober.OfferWeakSuitesAsync(server.ConnectAsync, null, cancellationToken);

        Assert.That(offers.Select(offer => offer.Handshake.Detail), Has.All.EqualTo("The server sent a malformed ServerHello."));
    }

    /// <summary>Selects one suite when it is offered, and refuses every other offer.</summary>
    private static TestServer Selecting(ushort suite, byte[] selection) => new(async (socket, cancellationToken) =>
    {
        var hello = new byte[4096];
        var length = await socket.ReceiveAsync(hello, cancellationToken);
        var suites = hello.AsMemory(46, (hello[44] << 8) | hello[45]).ToArray().Chunk(2).Select(pair => (ushort)((pair[0] << 8) | pair[1]));
        await socket.SendAsync(length > 46 && suites.Contains(suite) ? selection : [21, 3, 3, 0, 2, 2, 40], cancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        await TestServer.DrainAsync(socket, cancellationToken);
    });
}
