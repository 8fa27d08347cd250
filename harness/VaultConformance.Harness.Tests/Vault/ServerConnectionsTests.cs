using System.Text;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Tls.Authority;
using VaultConformance.Harness.Vault;
using VaultConformance.Harness.Waiting;

namespace VaultConformance.Harness.Tests.Vault;

[CancelAfter(20_000)]
public sealed class ServerConnectionsTests
{
    private static readonly EndpointTrust Trust = MakeTrust();

    [TestCase("HTTP/1.0 200 OK\r\n\r\n{}", "http")]
    [TestCase("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n", "https")]
    [TestCase("", "https")]
    public async Task What_the_port_answers_to_plaintext_decides_the_scheme(string answer, string scheme, CancellationToken cancellationToken)
    {
        using var server = await Connections(_ => Answer(answer)).OpenAsync("vault-0", 8200, cancellationToken);

        Assert.That(server.Address, Is.EqualTo(new Uri($"{scheme}://vault-0.vault-internal:8200")));
    }

    [Test]
    public async Task A_TLS_alert_is_the_answer_of_a_TLS_listener(CancellationToken cancellationToken)
    {
        using var server = await Connections(_ => Answer("\u0015\u0003\u0001\u0000\u0002\u0002\u0046")).OpenAsync("vault-0", 8200, cancellationToken);

        Assert.That(server.Address.Scheme, Is.EqualTo("https"));
    }

    [Test]
    public async Task A_port_where_nothing_listens_yet_is_not_taken_for_TLS(CancellationToken cancellationToken)
    {
        await Assert.ThatAsync(
            () => Connections(_ => Refusing()).OpenAsync("vault-0", 8200, cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.EqualTo("Nothing listens on port 8200 of pod 'vault-0': connection refused. See its log in the diagnostics."));
    }

    [Test]
    public async Task A_server_that_listens_later_is_waited_for(CancellationToken cancellationToken)
    {
        var attempts = 0;

        using var server = await Connections(_ => ++attempts < 3 ? Refusing() : Answer("HTTP/1.0 200 OK\r\n\r\n{}"))
            .OpenWhenListeningAsync("vault-0", 8200, new Wait(TimeProvider.System), TimeSpan.FromSeconds(15), Fine, cancellationToken);

        Assert.That(server.Address.Scheme, Is.EqualTo("http"));
    }

    [Test]
    public async Task A_server_that_never_listens_is_told_with_the_kubelets_words(CancellationToken cancellationToken) =>
        await Assert.ThatAsync(
            () => Connections(_ => Refusing()).OpenWhenListeningAsync("vault-0", 8200, new Wait(TimeProvider.System), TimeSpan.FromMilliseconds(200), Fine, cancellationToken),
            Throws.TypeOf<WaitFailedException>().With.Message.EqualTo(
                "Waiting for the server of pod 'vault-0' to listen on port 8200 took longer than 00:00:00.2000000. Last seen: connection refused. See its log in the diagnostics folder. A slow machine needs a longer --timeout."));

    [Test]
    public async Task A_connection_that_is_not_allowed_is_not_waited_for(CancellationToken cancellationToken) =>
        await Assert.ThatAsync(
            () => Connections(_ => throw new PortForwardException("Connecting is not allowed."))
                .OpenWhenListeningAsync("vault-0", 8200, new Wait(TimeProvider.System), TimeSpan.FromMinutes(5), Fine, cancellationToken),
            Throws.TypeOf<PortForwardException>());

    [Test]
    public async Task A_server_that_has_ended_is_not_waited_for(CancellationToken cancellationToken) =>
        await Assert.ThatAsync(
            () => Connections(_ => Refusing()).OpenWhenListeningAsync(
                "vault-0", 8200, new Wait(TimeProvider.System), TimeSpan.FromMinutes(5), _ => Task.FromResult<string?>("container 'vault' ended with exit code 1"), cancellationToken),
            Throws.TypeOf<WaitFailedException>().With.Message.EqualTo(
                "Gave up waiting for the server of pod 'vault-0' to listen on port 8200: container 'vault' ended with exit code 1. See its log in the diagnostics folder."));

    [Test]
    public async Task A_connection_that_the_kubelet_refuses_a_few_times_is_tried_again(CancellationToken cancellationToken)
    {
        var attempts = 0;

        using var server = await Connections(_ => ++attempts < 5 ? throw new PortForwardException("status code '500'.") { MayPass = true } : Answer("HTTP/1.0 200 OK\r\n\r\n{}"))
            .OpenWhenListeningAsync("vault-0", 8200, new Wait(TimeProvider.System), TimeSpan.FromSeconds(15), Fine, cancellationToken);

        Assert.That(attempts, Is.EqualTo(6));
    }

    [Test]
    public async Task One_refusal_of_the_kubelet_is_answered_by_a_fresh_connection(CancellationToken cancellationToken)
    {
        var attempts = 0;

        using var server = await Connections(_ => ++attempts == 1 ? throw new PortForwardException("status code '500'.") { MayPass = true } : Answer("HTTP/1.0 200 OK\r\n\r\n{}"))
            .OpenAsync("vault-0", 8200, cancellationToken);

        Assert.That(attempts, Is.EqualTo(2));
    }

    private static Task<string?> Fine(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    private static ServerConnections Connections(Func<string, Stream> open) =>
        new(new HttpVaultApiFactory(), (pod, _, _) => Task.FromResult(open(pod)), Trust, "vault-internal");

    private static ScriptedStream Answer(string text) => new(Encoding.Latin1.GetBytes(text), null);

    private static ScriptedStream Refusing() => new([], new IOException("closed", new PortForwardException("connection refused.")));

    private static EndpointTrust MakeTrust()
    {
        using var authority = new TestCertificateAuthority(TimeProvider.System);
        return EndpointTrust.CreateFor(authority.RootPem, issued: null);
    }

    /// <summary>Takes what is written, and reads as given or fails.</summary>
    private sealed class ScriptedStream(byte[] answer, IOException? failure) : MemoryStream(answer)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            failure is null ? base.ReadAsync(buffer, cancellationToken) : ValueTask.FromException<int>(failure);
    }
}
