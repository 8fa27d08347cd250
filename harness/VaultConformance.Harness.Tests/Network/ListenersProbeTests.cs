using System.Security.Authentication;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Tests.Tls;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Tests.Network;

[CancelAfter(15_000)]
public sealed class ListenersProbeTests
{
    private const string Pod = "pod/vault-0";

    [Test]
    public async Task Every_port_that_listens_is_looked_at_and_no_other(CancellationToken cancellationToken)
    {
        await using var api = SslStreamServer.Start(SslProtocols.Tls12 | SslProtocols.Tls13);
        await using var metrics = TestServer.Speaking("HTTP/1.1 200 OK\r\n\r\nmetrics"u8.ToArray());
        var relay = new LocalVantage().Lead("10.42.0.0", 8200, api.ConnectAsync).Lead("10.42.0.0", 9102, metrics.ConnectAsync);

        var facts = await TakeAsync(relay, Sockets(("::", 8200), ("127.0.0.1", 8250), ("0.0.0.0", 9102)), cancellationToken);

        Assert.That(facts.Endpoints.Select(endpoint => (endpoint.Port, endpoint.Purpose, endpoint.Route, endpoint.Plaintext.Kind)), Is.EqualTo(new[]
        {
            (8200, PortPurpose.Api, NetworkRoute.PodNetwork, PlaintextAnswerKind.Refused),
            (9102, PortPurpose.Other, NetworkRoute.PodNetwork, PlaintextAnswerKind.HttpAnswered),
        }));
        Assert.That(facts.Prober.Proven, Has.Count.EqualTo(5));
    }

    [Test]
    public async Task Every_version_is_offered_alone_and_weak_suites_too(CancellationToken cancellationToken)
    {
        await using var api = SslStreamServer.Start(SslProtocols.Tls12 | SslProtocols.Tls13);

        var facts = await TakeAsync(new LocalVantage().Lead("10.42.0.0", 8200, api.ConnectAsync), Sockets(("::", 8200)), cancellationToken);

        var endpoint = facts.Endpoints.Single();
        Assert.That(endpoint.Handshakes.Select(handshake => (handshake.Offered, handshake.Outcome)), Is.EqualTo(new[]
        {
            (TlsVersion.Ssl30, HandshakeOutcome.RefusedByServer),
            (TlsVersion.Tls10, HandshakeOutcome.RefusedByServer),
            (TlsVersion.Tls11, HandshakeOutcome.RefusedByServer),
            (TlsVersion.Tls12, HandshakeOutcome.Negotiated),
            (TlsVersion.Tls13, HandshakeOutcome.Negotiated),
        }));
        Assert.That(endpoint.WeakSuites.Select(offer => offer.Family), Is.EqualTo(TlsProber.WeakFamilies));
    }

    [Test]
    public async Task Where_the_pod_network_does_not_reach_the_listener_is_asked_through_the_api_server(CancellationToken cancellationToken)
    {
        await using var api = SslStreamServer.Start(SslProtocols.Tls13);
        var services = NetworkFixture.Services(new LocalVantage(), portForward: (_, _, token) => api.ConnectAsync(token));

        var facts = await TakeAsync(services, Sockets(("::", 8200)), cancellationToken);

        var endpoint = facts.Endpoints.Single();
        Assert.That(endpoint.Route, Is.EqualTo(NetworkRoute.PortForward));
        Assert.That(endpoint.Handshakes[^1].Outcome, Is.EqualTo(HandshakeOutcome.Negotiated));
    }

    [Test]
    public async Task What_cannot_be_reached_at_all_is_not_refused(CancellationToken cancellationToken)
    {
        var facts = await TakeAsync(new LocalVantage(), Sockets(("::", 8200)), cancellationToken);

        var endpoint = facts.Endpoints.Single();
        Assert.That(endpoint.Handshakes.Select(handshake => handshake.Outcome), Has.All.EqualTo(HandshakeOutcome.ConnectionFailed));
        Assert.That(endpoint.WeakSuites.Select(offer => offer.Handshake.Outcome), Has.All.EqualTo(HandshakeOutcome.ConnectionFailed));
        Assert.That(endpoint.Plaintext.Kind, Is.EqualTo(PlaintextAnswerKind.NoConnection));
    }

    [Test]
    public async Task Declared_ports_stand_in_when_nothing_can_be_seen_inside_the_pod(CancellationToken cancellationToken)
    {
        var facts = await TakeAsync(new LocalVantage(), null, cancellationToken);

        Assert.That(facts.Endpoints.Select(endpoint => endpoint.Port), Is.EqualTo(new[] { 8200, 8201 }));
    }

    [Test]
    public async Task A_pod_that_is_not_there_is_said_so(CancellationToken cancellationToken)
    {
        var source = new FakeObservations().Set(ObservationKinds.Objects, Subjects.Release, TestRelease.Objects([TestRelease.Pod(0)]));
        var probe = new ListenersProbe(NetworkFixture.Context(source), NetworkFixture.Services(new LocalVantage()));

        await Assert.ThatAsync(
            () => probe.TakeAsync("pod/vault-7", cancellationToken),
            Throws.TypeOf<ObservationUnavailableException>().With.Message.Contains("there was no such server pod"));
    }

    private static ListeningSockets Sockets(params (string Address, int Port)[] sockets) =>
        new([.. sockets.Select(socket => new ListeningSocket(socket.Address, socket.Port, 100))]);

    private static Task<ListenerFacts> TakeAsync(LocalVantage relay, ListeningSockets? sockets, CancellationToken cancellationToken) =>
        TakeAsync(NetworkFixture.Services(relay), sockets, cancellationToken);

    private static Task<ListenerFacts> TakeAsync(NetworkServices services, ListeningSockets? sockets, CancellationToken cancellationToken)
    {
        var source = new FakeObservations().Set(ObservationKinds.Objects, Subjects.Release, TestRelease.Objects([TestRelease.Pod(0)]));
        if (sockets is not null)
        {
            source.Set(ObservationKinds.Sockets, Pod, sockets);
        }

        return new ListenersProbe(NetworkFixture.Context(source), services).TakeAsync(Pod, cancellationToken);
    }
}
