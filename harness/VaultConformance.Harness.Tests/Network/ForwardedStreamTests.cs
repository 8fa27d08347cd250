using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Tests.Network;

public sealed class ForwardedStreamTests
{
    private static readonly NetworkEndpoint Endpoint = new("10.0.0.1", 8200);

    [Test]
    public async Task A_port_that_nobody_listens_on_is_no_connection()
    {
        var vantage = Failing("The connection to port 8200 was ended: dial tcp4 127.0.0.1:8200: connect: connection refused.");
        await using var stream = await vantage.ConnectAsync(Endpoint, CancellationToken.None);

        await Assert.ThatAsync(async () => await stream.ReadAsync(new byte[1]), Throws.TypeOf<NotConnectedException>().With.Message.Contains("connection refused"));
        Assert.That(vantage.Route, Is.EqualTo(NetworkRoute.PortForward));
    }

    [Test]
    public async Task A_listener_that_resets_was_connected()
    {
        await using var stream = await Failing("The connection was ended: read: connection reset by peer.").ConnectAsync(Endpoint, CancellationToken.None);

        await Assert.ThatAsync(async () => await stream.ReadAsync(new byte[1]), Throws.TypeOf<IOException>());
    }

    [Test]
    public async Task A_pod_that_cannot_be_reached_is_no_connection()
    {
        var vantage = new PortForwardVantage("vault-0", (_, _, _) => throw new PortForwardException("not allowed"));

        await Assert.ThatAsync(
            () => vantage.ConnectAsync(Endpoint, CancellationToken.None), Throws.TypeOf<NotConnectedException>().With.Message.EqualTo("not allowed"));
    }

    [Test]
    public async Task The_port_of_the_endpoint_is_dialled_in_the_pod()
    {
        (string, int)? dialled = null;
        var vantage = new PortForwardVantage("vault-0", (pod, port, _) =>
        {
            dialled = (pod, port);
            return Task.FromResult<Stream>(new MemoryStream());
        });

        await using var stream = await vantage.ConnectAsync(Endpoint, CancellationToken.None);

        Assert.That(dialled, Is.EqualTo(("vault-0", 8200)));
    }

    private static PortForwardVantage Failing(string message) => new("vault-0", (_, _, _) => Task.FromResult<Stream>(new FailingStream(message)));

    private sealed class FailingStream(string message) : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException(message, new PortForwardException(message));
    }
}
