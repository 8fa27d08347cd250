using System.Net;
using System.Net.Sockets;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Wire;

namespace VaultConformance.Harness.Tests.Tls;

[CancelAfter(15_000)]
public sealed class TlsProberTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private static readonly TlsProber Prober = TlsProber.Create(Limit, TimeProvider.System);
    private static readonly TlsVersion[] Versions = Enum.GetValues<TlsVersion>();

    [Test]
    public async Task It_proves_that_it_can_offer_every_version(CancellationToken cancellationToken)
    {
        var proof = await Prober.ProveAsync(cancellationToken);

        Assert.That(proof.Problems, Is.Empty);
        Assert.That(proof.Proven, Is.EquivalentTo(Versions));
    }

    [Test]
    public async Task It_proves_only_once(CancellationToken cancellationToken)
    {
        var first = await Prober.ProveAsync(cancellationToken);

        Assert.That(await Prober.ProveAsync(cancellationToken), Is.SameAs(first));
    }

    [Test]
    public async Task It_tells_which_versions_a_server_accepts([ValueSource(nameof(Versions))] TlsVersion lowest, CancellationToken cancellationToken)
    {
        await using var server = PermissiveListener.Start(TimeProvider.System, new VersionRange(lowest, TlsVersion.Tls13));

        foreach (var version in Versions)
        {
            var handshake = await Prober.OfferAsync(server.ConnectAsync, version, null, cancellationToken);
            Assert.That(
                handshake.Outcome,
                Is.EqualTo(version >= lowest ? HandshakeOutcome.Negotiated : HandshakeOutcome.RefusedByServer),
                $"{version}: {handshake.Detail}");
        }
    }

    [Test]
    public async Task It_sees_that_the_newest_version_is_refused(CancellationToken cancellationToken)
    {
        await using var server = PermissiveListener.Start(TimeProvider.System, new VersionRange(TlsVersion.Tls10, TlsVersion.Tls12));

        var handshake = await Prober.OfferAsync(server.ConnectAsync, TlsVersion.Tls13, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.RefusedByServer));
        Assert.That(handshake.Alert, Is.EqualTo("protocol_version(70)"), handshake.Detail);
    }

    [Test]
    public async Task A_version_it_cannot_offer_is_never_reported_as_refused(CancellationToken cancellationToken)
    {
        var prober = TlsProber.WithProof(Limit, TimeProvider.System, new ProberProof([TlsVersion.Tls12], ["TLS 1.0 was not accepted."]));
        await using var server = TestServer.Speaking([21, 3, 1, 0, 2, 2, 70]);

        var handshake = await prober.OfferAsync(server.ConnectAsync, TlsVersion.Tls10, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.ClientCouldNotOffer));
        Assert.That(handshake.Detail, Does.Contain("TLS 1.0 was not accepted."));
        Assert.That(server.Connections, Is.Zero);
    }

    [Test]
    public async Task An_alert_is_a_refusal([ValueSource(nameof(Versions))] TlsVersion version, CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking([21, 3, 1, 0, 2, 2, 70]);

        var handshake = await Prober.OfferAsync(server.ConnectAsync, version, null, cancellationToken);

        Assert.That((handshake.Outcome, handshake.Alert), Is.EqualTo((HandshakeOutcome.RefusedByServer, "protocol_version(70)")));
        Assert.That(handshake.Detail, Is.EqualTo("The server sent the alert protocol_version(70)."));
    }

    [Test]
    public async Task A_close_after_the_offer_is_a_refusal([ValueSource(nameof(Versions))] TlsVersion version, CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking([]);

        var handshake = await Prober.OfferAsync(server.ConnectAsync, version, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.RefusedByServer));
        Assert.That(handshake.Detail, Is.EqualTo("The server closed the connection."));
    }

    [Test]
    public async Task A_reset_after_the_offer_is_a_refusal([ValueSource(nameof(Versions))] TlsVersion version, CancellationToken cancellationToken)
    {
        await using var server = new TestServer(async (socket, token) =>
        {
            await socket.ReceiveAsync(new byte[16], token);
            socket.LingerState = new LingerOption(true, 0);
        });

        var handshake = await Prober.OfferAsync(server.ConnectAsync, version, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.RefusedByServer));
        Assert.That(handshake.Detail, Does.StartWith("The server broke the connection ("));
    }

    [Test]
    public async Task Silence_is_no_refusal([ValueSource(nameof(Versions))] TlsVersion version, CancellationToken cancellationToken)
    {
        await Prober.ProveAsync(cancellationToken);
        var impatient = TlsProber.WithProof(TimeSpan.FromMilliseconds(200), TimeProvider.System, await Prober.ProveAsync(cancellationToken));
        await using var server = new TestServer(TestServer.DrainAsync);

        var handshake = await impatient.OfferAsync(server.ConnectAsync, version, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.ConnectionFailed));
        Assert.That(handshake.Detail, Is.EqualTo("The offer was sent, but nothing came back within 0.2 s."));
    }

    [Test]
    public async Task A_closed_port_is_no_refusal(CancellationToken cancellationToken)
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var endpoint = (IPEndPoint)free.LocalEndpoint;
        free.Stop();

        var handshake = await Prober.OfferAsync(TestServer.To(endpoint), TlsVersion.Tls10, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.ConnectionFailed));
        Assert.That(handshake.Detail, Does.StartWith($"No connection to {endpoint}: "));
    }

    [Test]
    public async Task A_relay_that_could_not_connect_is_no_refusal(CancellationToken cancellationToken)
    {
        var handshake = await Prober.OfferAsync(
            _ => Task.FromResult<Stream>(new BrokenRelay()), TlsVersion.Tls11, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.ConnectionFailed));
        Assert.That(handshake.Detail, Is.EqualTo("the relay could not connect"));
    }

    [Test]
    public async Task An_answer_that_is_no_tls_is_a_refusal_that_says_so([ValueSource(nameof(Versions))] TlsVersion version, CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());

        var handshake = await Prober.OfferAsync(server.ConnectAsync, version, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.RefusedByServer));
        Assert.That(handshake.Detail, Does.StartWith("The server answered with something that is not TLS: 'HTTP/"));
    }

    [Test]
    public async Task An_older_version_than_offered_is_a_refusal_of_what_was_offered(CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking(HandMadeFlight.ServerHello(TlsVersion.Tls10, 0xC009));

        var handshake = await Prober.OfferAsync(server.ConnectAsync, TlsVersion.Tls11, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.RefusedByServer));
        Assert.That(handshake.Detail, Is.EqualTo("The server chose TLS 1.0 instead of the offered TLS 1.1."));
    }

    [Test]
    public async Task A_server_that_goes_silent_after_its_choice_has_chosen(CancellationToken cancellationToken)
    {
        var impatient = TlsProber.WithProof(TimeSpan.FromMilliseconds(300), TimeProvider.System, new ProberProof(Versions, []));
        await using var server = new TestServer(async (socket, token) =>
        {
            await socket.ReceiveAsync(new byte[4096], token);
            await socket.SendAsync(HandMadeFlight.ServerHello(TlsVersion.Tls10, 0xC009), token);
            await TestServer.DrainAsync(socket, token);
        });

        var handshake = await impatient.OfferAsync(server.ConnectAsync, TlsVersion.Tls10, null, cancellationToken);

        Assert.That(handshake.Outcome, Is.EqualTo(HandshakeOutcome.Negotiated));
        Assert.That(handshake.Detail, Is.EqualTo("The server chose TLS 1.0 and went silent."));
    }

    [Test]
    public async Task Cancelling_ends_an_offer(CancellationToken cancellationToken)
    {
        await Prober.ProveAsync(cancellationToken);
        await using var server = new TestServer(TestServer.DrainAsync);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThatAsync(
            () => Prober.OfferAsync(server.ConnectAsync, TlsVersion.Tls12, null, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    private sealed class BrokenRelay : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new NotConnectedException("the relay could not connect");

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
