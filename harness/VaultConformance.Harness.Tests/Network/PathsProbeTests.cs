using System.Security.Authentication;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Tests.Tls;
using k8s.Models;

namespace VaultConformance.Harness.Tests.Network;

[CancelAfter(15_000)]
public sealed class PathsProbeTests
{
    [Test]
    public async Task Twenty_handshakes_are_counted_by_the_certificate_they_met(CancellationToken cancellationToken)
    {
        await using var first = SslStreamServer.Start(SslProtocols.Tls13);
        await using var second = SslStreamServer.Start(SslProtocols.Tls13);
        var turn = 0;
        var relay = new LocalVantage().Lead(
            "10.43.0.1", 8200, token => Interlocked.Increment(ref turn) % 2 == 0 ? first.ConnectAsync(token) : second.ConnectAsync(token));

        var path = (await TakeAsync(relay, new LocalVantage(), cancellationToken, TestRelease.Service("vault", "10.43.0.1"))).Single();

        Assert.That(path.Fingerprints.Keys, Is.EquivalentTo(new[] { first.Certificate.Fingerprint, second.Certificate.Fingerprint }));
        Assert.That(path.Fingerprints.Values.Sum(), Is.EqualTo(20));
        Assert.That(path.Problems, Is.Empty);
        Assert.That(path.Plaintext?.Kind, Is.EqualTo(PlaintextAnswerKind.Refused));
    }

    [Test]
    public async Task A_path_that_speaks_only_the_older_version_is_walked_with_it(CancellationToken cancellationToken)
    {
        await using var server = SslStreamServer.Start(SslProtocols.Tls12);

        var path = (await TakeAsync(
            new LocalVantage().Lead("10.43.0.1", 8200, server.ConnectAsync), new LocalVantage(), cancellationToken, TestRelease.Service("vault", "10.43.0.1"))).Single();

        Assert.That(path.Fingerprints, Is.EqualTo(new Dictionary<string, int> { [server.Certificate.Fingerprint] = 20 }));
    }

    [Test]
    public async Task Every_pod_behind_a_headless_service_is_met(CancellationToken cancellationToken)
    {
        await using var first = SslStreamServer.Start(SslProtocols.Tls13);
        await using var second = SslStreamServer.Start(SslProtocols.Tls13);
        var relay = new LocalVantage().Lead("10.42.0.0", 8200, first.ConnectAsync).Lead("10.42.0.1", 8200, second.ConnectAsync);

        var path = (await TakeAsync(relay, new LocalVantage(), cancellationToken, TestRelease.Service("vault-internal", "None"))).Single();

        Assert.That(path.Fingerprints, Is.EquivalentTo(new Dictionary<string, int> { [first.Certificate.Fingerprint] = 10, [second.Certificate.Fingerprint] = 10 }));
    }

    [Test]
    public async Task A_path_in_plaintext_is_found_out(CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking("HTTP/1.1 200 OK\r\n\r\n{}"u8.ToArray());

        var path = (await TakeAsync(
            new LocalVantage().Lead("10.43.0.1", 8200, server.ConnectAsync), new LocalVantage(), cancellationToken, TestRelease.Service("vault", "10.43.0.1"))).Single();

        Assert.That(path.Plaintext?.Kind, Is.EqualTo(PlaintextAnswerKind.HttpAnswered));
        Assert.That(path.Problems.Single().Value, Is.EqualTo(20));
        Assert.That(path.Problems.Single().Key, Does.Contain("not TLS"));
    }

    [Test]
    public async Task Nothing_is_tried_where_nothing_is_behind(CancellationToken cancellationToken)
    {
        var path = (await TakeAsync(
            new LocalVantage(), new LocalVantage(), cancellationToken, TestRelease.Service("vault-active", "10.43.0.2", null, ("vault-active", "true")))).Single();

        Assert.That((path.Ready, path.Plaintext), Is.EqualTo((false, (PlaintextAnswer?)null)));
        Assert.That(path.Problems, Is.Empty);
    }

    [Test]
    public async Task A_load_balancer_is_tried_from_outside_and_then_from_inside(CancellationToken cancellationToken)
    {
        await using var server = SslStreamServer.Start(SslProtocols.Tls13);
        var service = TestRelease.Service("vault", "10.43.0.1", spec => spec.Type = "LoadBalancer");
        service.Status = new V1ServiceStatus { LoadBalancer = new V1LoadBalancerStatus { Ingress = [new V1LoadBalancerIngress { Ip = "203.0.113.7" }] } };
        var seeing = new LocalVantage().Lead("203.0.113.7", 8200, server.ConnectAsync);

        foreach (var (relay, outside) in new[] { (new LocalVantage(), seeing), (seeing, new LocalVantage()) })
        {
            var paths = await TakeAsync(relay, outside, cancellationToken, service);
            Assert.That(paths.Single(path => path.Kind == "LoadBalancer").Fingerprints[server.Certificate.Fingerprint], Is.EqualTo(20));
        }
    }

    private static async Task<IReadOnlyList<PathEndpoint>> TakeAsync(
        LocalVantage relay, LocalVantage outside, CancellationToken cancellationToken, params V1Service[] services)
    {
        var objects = TestRelease.Objects([TestRelease.Pod(0), TestRelease.Pod(1)], services);
        var source = new FakeObservations().Set(ObservationKinds.Objects, Subjects.Release, objects);
        return (await new PathsProbe(NetworkFixture.Context(source), NetworkFixture.Services(relay, outside)).TakeAsync(Subjects.Release, cancellationToken)).Paths;
    }
}
