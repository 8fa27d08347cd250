using System.Net.Sockets;
using System.Text;
using VaultConformance.Harness.Pods;

namespace VaultConformance.Harness.Tests.Pods;

[CancelAfter(20_000)]
public sealed class PortForwardTests
{
    private static readonly byte[] PortPrefix = [0x08, 0x20];

    [Test]
    public async Task Bytes_go_both_ways_without_the_port_prefix(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithPortForwardAsync(EchoOnceAsync);
        await using var stream = await new PortForward(server.Client, "vault").ConnectAsync("vault-0", 8200, cancellationToken);

        await stream.WriteAsync("hello"u8.ToArray(), cancellationToken);

        Assert.That(await ReadToEndAsync(stream, cancellationToken), Is.EqualTo("hello back"));
    }

    [Test]
    public async Task What_the_kubelet_reports_surfaces_after_the_data(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithPortForwardAsync(async pod =>
        {
            await pod.SendAsync(0, PortPrefix);
            await pod.SendAsync(1, PortPrefix);
            await pod.SendAsync(0, "data"u8.ToArray());
            await pod.SendAsync(1, "connect: connection refused");
            await pod.CloseAsync();
        });
        await using var stream = await new PortForward(server.Client, "vault").ConnectAsync("vault-0", 8200, cancellationToken);
        var buffer = new byte[100];

        var read = await stream.ReadAtLeastAsync(buffer, 4, cancellationToken: cancellationToken);

        Assert.That(Encoding.UTF8.GetString(buffer, 0, read), Is.EqualTo("data"));
        await Assert.ThatAsync(
            async () => await stream.ReadAsync(buffer, cancellationToken),
            Throws.TypeOf<IOException>().With.InnerException.TypeOf<PortForwardException>().And.Message.EqualTo(
                "The connection to port 8200 of pod 'vault/vault-0' was ended: connect: connection refused. "
                + "Check that the container listens on this port and that the pod still runs."));
    }

    [Test]
    public async Task An_end_without_closing_handshake_is_the_end_of_the_stream(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithPortForwardAsync(async pod =>
        {
            await pod.SendAsync(0, PortPrefix);
            await pod.SendAsync(0, "bye"u8.ToArray());
            await pod.ReadInputAsync(input => input.Length > 0);
        });
        await using var stream = await new PortForward(server.Client, "vault").ConnectAsync("vault-0", 8200, cancellationToken);
        await stream.WriteAsync("x"u8.ToArray(), cancellationToken);

        Assert.That(await ReadToEndAsync(stream, cancellationToken), Is.EqualTo("bye"));
    }

    [Test]
    public async Task Disposal_ends_a_read_that_waits(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithPortForwardAsync(pod => pod.StayAsync());
        var stream = await new PortForward(server.Client, "vault").ConnectAsync("vault-0", 8200, cancellationToken);
        var reading = stream.ReadAsync(new byte[1], cancellationToken).AsTask();

        await stream.DisposeAsync();

        await Assert.ThatAsync(() => reading.WaitAsync(TimeSpan.FromSeconds(5), cancellationToken), Throws.InstanceOf<Exception>().And.Not.TypeOf<TimeoutException>());
    }

    [Test]
    public async Task Refused_credentials_are_told_which_permission_is_missing(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.RefusingExecAsync(403, null);

        await Assert.ThatAsync(
            () => new PortForward(server.Client, "vault").ConnectAsync("vault-0", 8200, cancellationToken),
            Throws.TypeOf<PortForwardException>().With.Message.Contains("'get' and 'create' on 'pods/portforward'"));
    }

    [Test]
    public async Task The_local_listener_carries_each_client_to_the_pod(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithPortForwardAsync(EchoOnceAsync);
        await using var local = new PortForward(server.Client, "vault").Listen("vault-0", 8200);
        foreach (var word in new[] { "one", "two" })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(local.EndPoint, cancellationToken);
            await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(word), cancellationToken);

            Assert.That(await ReadToEndAsync(client.GetStream(), cancellationToken), Is.EqualTo($"{word} back"));
        }
    }

    [Test]
    public async Task Disposing_the_local_listener_ends_its_connections_and_frees_the_port(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithPortForwardAsync(pod => pod.StayAsync());
        var local = new PortForward(server.Client, "vault").Listen("vault-0", 8200);
        using var client = new TcpClient();
        await client.ConnectAsync(local.EndPoint, cancellationToken);
        await client.GetStream().WriteAsync("x"u8.ToArray(), cancellationToken);

        await local.DisposeAsync();

        using var late = new TcpClient();
        await Assert.ThatAsync(async () => await late.ConnectAsync(local.EndPoint, cancellationToken), Throws.TypeOf<SocketException>());
        Assert.That(client.Client.Poll(TimeSpan.FromSeconds(5), SelectMode.SelectRead), Is.True, "the client sees the end");
    }

    [Test]
    public async Task The_local_listener_remembers_why_a_client_was_cut_off(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.RefusingExecAsync(403, null);
        await using var local = new PortForward(server.Client, "vault").Listen("vault-0", 8200);
        using var client = new TcpClient();
        await client.ConnectAsync(local.EndPoint, cancellationToken);

        Assert.That(await ReadToEndAsync(client.GetStream(), cancellationToken), Is.Empty);
        Assert.That(local.Problems, Has.Exactly(1).Contains("not allowed"));
    }

    private static async Task EchoOnceAsync(FakePodSocket pod)
    {
        await pod.SendAsync(0, PortPrefix);
        await pod.SendAsync(1, PortPrefix);
        var input = await pod.ReadInputAsync(text => text.Length > 0);
        await pod.SendAsync(0, $"{input} back");
        await pod.CloseAsync();
    }

    private static async Task<string> ReadToEndAsync(Stream stream, CancellationToken cancellationToken)
    {
        var all = new MemoryStream();
        await stream.CopyToAsync(all, cancellationToken);
        return Encoding.UTF8.GetString(all.ToArray());
    }
}
