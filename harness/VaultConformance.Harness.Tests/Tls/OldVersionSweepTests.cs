using System.Net.Sockets;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Wire;

namespace VaultConformance.Harness.Tests.Tls;

/// <summary>Servers that accept an old version only with a suite, or for a name, that few clients offer.</summary>
[CancelAfter(30_000)]
public sealed class OldVersionSweepTests
{
    private static readonly TlsProber Prober = TlsProber.Create(TimeSpan.FromSeconds(10), TimeProvider.System);
    private static readonly byte[] Failure = [21, 3, 1, 0, 2, 2, 40];

    private static readonly TestCaseData[] Odd =
    [
        new((ushort)0x0045, "TLS_DHE_RSA_WITH_CAMELLIA_128_CBC_SHA"),
        new((ushort)0x009A, "TLS_DHE_RSA_WITH_SEED_CBC_SHA"),
        new((ushort)0x008C, "TLS_PSK_WITH_AES_128_CBC_SHA"),
        new((ushort)0x0034, "TLS_DH_anon_WITH_AES_128_CBC_SHA"),
        new((ushort)0xC03C, "TLS_RSA_WITH_ARIA_128_CBC_SHA256"),
        new((ushort)0x0007, "TLS_RSA_WITH_IDEA_CBC_SHA"),
        new((ushort)0x0081, "TLS_GOSTR341001_WITH_28147_CNT_IMIT"),
        new((ushort)0x0064, "TLS_RSA_EXPORT1024_WITH_RC4_56_SHA"),
        new((ushort)0xFEFF, "SSL_RSA_FIPS_WITH_3DES_EDE_CBC_SHA"),
    ];

    [TestCaseSource(nameof(Odd))]
    public async Task An_old_version_with_an_odd_suite_only_is_accepted(ushort suite, string name, CancellationToken cancellationToken)
    {
        await using var server = Answering(hello => hello.Suites.Contains(suite) ? HandMadeFlight.ServerHello(TlsVersion.Tls10, suite) : Failure);

        var handshake = await Prober.OfferAsync(server.ConnectAsync, TlsVersion.Tls10, null, cancellationToken);

        Assert.That((handshake.Outcome, handshake.CipherSuite), Is.EqualTo((HandshakeOutcome.Negotiated, name)), handshake.Detail);
    }

    [Test]
    public async Task A_server_that_breaks_on_large_offers_is_found_out_by_small_ones(CancellationToken cancellationToken)
    {
        await using var server = Answering(hello => hello.Suites.Count > 100 ? [] : hello.Suites.Contains((ushort)0x0045) ? HandMadeFlight.ServerHello(TlsVersion.Tls11, 0x0045) : Failure);

        var handshake = await Prober.OfferAsync(server.ConnectAsync, TlsVersion.Tls11, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.Negotiated), handshake.Detail);
    }

    [Test]
    public async Task A_refusal_of_everything_is_complete(CancellationToken cancellationToken)
    {
        await using var server = Answering(_ => Failure);

        var handshake = await Prober.OfferAsync(server.ConnectAsync, TlsVersion.Tls10, null, cancellationToken);

        Assert.That((handshake.Outcome, handshake.Alert, handshake.Scope?.Complete), Is.EqualTo((HandshakeOutcome.RefusedByServer, "handshake_failure(40)", (bool?)true)));
        Assert.That(handshake.Scope!.Suites, Is.EqualTo(CipherSuiteRegistry.All.Count).And.GreaterThan(330));
    }

    [Test]
    public async Task An_alert_that_something_went_wrong_is_not(CancellationToken cancellationToken)
    {
        await using var server = Answering(hello => hello.Suites.Count > 100 ? Failure : [21, 3, 1, 0, 2, 2, 80]);

        var handshake = await Prober.OfferAsync(server.ConnectAsync, TlsVersion.Tls10, null, cancellationToken);

        Assert.That((handshake.Alert, handshake.Scope?.Complete), Is.EqualTo(("internal_error(80)", (bool?)false)));
    }

    [Test]
    public async Task The_alert_about_the_version_needs_no_second_offer(CancellationToken cancellationToken)
    {
        await using var server = Answering(_ => [21, 3, 1, 0, 2, 2, 70]);

        var handshake = await Prober.OfferAsync(server.ConnectAsync, TlsVersion.Tls10, null, cancellationToken);

        Assert.That((handshake.Alert, server.Connections), Is.EqualTo(("protocol_version(70)", 1)));
    }

    [TestCase("odd.example.org")]
    [TestCase(null)]
    public async Task An_old_version_for_one_name_only_is_accepted(string? accepted, CancellationToken cancellationToken)
    {
        await using var server = Answering(hello => hello.ServerName == accepted ? HandMadeFlight.ServerHello(TlsVersion.Tls10, 0xC013) : [21, 3, 1, 0, 2, 2, 70]);

        var handshake = await Prober.OfferByNamesAsync(server.ConnectAsync, TlsVersion.Tls10, [null, "vault.vault.svc", "odd.example.org"], cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.Negotiated), handshake.Detail);
    }

    private static TestServer Answering(Func<Hello, byte[]> answer) => new(async (socket, cancellationToken) =>
    {
        var bytes = new byte[16 * 1024];
        var length = 0;
        do
        {
            length += await socket.ReceiveAsync(bytes.AsMemory(length), cancellationToken);
        }
        while (length < 5 || length < 5 + ((bytes[3] << 8) | bytes[4]));

        await socket.SendAsync(answer(Hello.Read(bytes[..length])), cancellationToken);
        socket.Shutdown(SocketShutdown.Send);
        await TestServer.DrainAsync(socket, cancellationToken);
    });

    private sealed record Hello(IReadOnlyList<ushort> Suites, string? ServerName)
    {
        private const int SuitesAt = 46;

        public static Hello Read(byte[] bytes)
        {
            var length = (bytes[SuitesAt - 2] << 8) | bytes[SuitesAt - 1];
            var suites = bytes.AsSpan(SuitesAt, length).ToArray().Chunk(2).Select(pair => (ushort)((pair[0] << 8) | pair[1])).ToList();
            var extension = SuitesAt + length + 4;
            var named = bytes.Length > extension + 9 && bytes[extension] == 0 && bytes[extension + 1] == 0;
            return new Hello(suites, named ? System.Text.Encoding.ASCII.GetString(bytes, extension + 9, (bytes[extension + 7] << 8) | bytes[extension + 8]) : null);
        }
    }
}
