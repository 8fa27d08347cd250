using System.Net.Sockets;
using System.Security.Authentication;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Tls;
using VaultConformance.Harness.Tls.Wire;

namespace VaultConformance.Harness.Tests.Tls;

[CancelAfter(15_000)]
public sealed class PlaintextProberTests
{
    private static readonly PlaintextProber Prober = new(TimeSpan.FromSeconds(5), TimeProvider.System);

    [Test]
    public async Task A_vault_that_answers_speaks_plaintext(CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking("HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json\r\n\r\n{\"sealed\":false}"u8.ToArray());

        var answer = await Prober.AskAsync(server.ConnectAsync, "vault:8200", cancellationToken);

        Assert.That((answer.Kind, answer.StatusCode), Is.EqualTo((PlaintextAnswerKind.HttpAnswered, 429)));
        Assert.That(answer.Excerpt, Does.EndWith("{\"sealed\":false}"));
    }

    [TestCase("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n")]
    [TestCase("HTTP/1.1 400 Bad Request\r\n\r\n<center>The plain HTTP request was sent to HTTPS port</center>")]
    public async Task A_tls_listener_that_says_so_speaks_no_plaintext(string text, CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking(System.Text.Encoding.ASCII.GetBytes(text));

        var answer = await Prober.AskAsync(server.ConnectAsync, "vault:8200", cancellationToken);

        Assert.That((answer.Kind, answer.StatusCode), Is.EqualTo((PlaintextAnswerKind.HttpsExpected, 400)));
    }

    [Test]
    public async Task Any_other_bad_request_is_still_plaintext(CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking("HTTP/1.1 400 Bad Request\r\n\r\n{\"errors\":[]}"u8.ToArray());

        var answer = await Prober.AskAsync(server.ConnectAsync, "vault:8200", cancellationToken);

        Assert.That(answer.Kind, Is.EqualTo(PlaintextAnswerKind.HttpAnswered));
    }

    [Test]
    public async Task A_close_without_an_answer_is_a_refusal(CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking([]);

        var answer = await Prober.AskAsync(server.ConnectAsync, "vault:8201", cancellationToken);

        Assert.That(answer.Kind, Is.EqualTo(PlaintextAnswerKind.Refused));
    }

    [Test]
    public async Task A_reset_is_a_refusal(CancellationToken cancellationToken)
    {
        await using var server = new TestServer(async (socket, token) =>
        {
            await socket.ReceiveAsync(new byte[16], token);
            socket.LingerState = new LingerOption(true, 0);
        });

        var answer = await Prober.AskAsync(server.ConnectAsync, "vault:8201", cancellationToken);

        Assert.That(answer.Kind, Is.EqualTo(PlaintextAnswerKind.Refused));
    }

    [Test]
    public async Task A_tls_stack_refuses([Values(SslProtocols.Tls12, SslProtocols.Tls13)] SslProtocols protocols, CancellationToken cancellationToken)
    {
        await using var server = SslStreamServer.Start(protocols);

        var answer = await Prober.AskAsync(server.ConnectAsync, "vault:8200", cancellationToken);

        Assert.That(answer.Kind, Is.EqualTo(PlaintextAnswerKind.Refused), answer.Excerpt);
    }

    [Test]
    public async Task Silence_is_told_from_a_refusal(CancellationToken cancellationToken)
    {
        await using var server = new TestServer(TestServer.DrainAsync);

        var answer = await new PlaintextProber(TimeSpan.FromMilliseconds(200), TimeProvider.System).AskAsync(server.ConnectAsync, "vault", cancellationToken);

        Assert.That(answer.Kind, Is.EqualTo(PlaintextAnswerKind.Silent));
    }

    [Test]
    public async Task No_connection_is_told_from_a_refusal(CancellationToken cancellationToken)
    {
        var answer = await Prober.AskAsync(_ => throw new NotConnectedException("nobody there"), "vault", cancellationToken);

        Assert.That((answer.Kind, answer.Excerpt), Is.EqualTo((PlaintextAnswerKind.NoConnection, "nobody there")));
    }

    [Test]
    public async Task An_answer_is_cut_and_printable(CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking([.. "HTTP/1.1 200 OK\r\n\r\n\0\u001b"u8, .. new byte[5000]]);

        var answer = await Prober.AskAsync(server.ConnectAsync, "vault", cancellationToken);

        Assert.That(answer.Excerpt, Has.Length.EqualTo(200));
        Assert.That(answer.Excerpt, Does.StartWith("HTTP/1.1 200 OK    .."));
    }

    [Test]
    public async Task An_answer_loses_its_secrets_before_it_is_cut(CancellationToken cancellationToken)
    {
        await using var server = TestServer.Speaking([.. "HTTP/1.1 200 OK\r\n\r\n{\"t\":\"hvs.CAESIJ8saBcD1234567890abcdef\",\"password\":\"Zq7Mark\",\"x\":\""u8, .. new byte[110], .. " hvs.CAESIJ8saBcD1234567890abcdef"u8]);

        var answer = await Prober.AskAsync(server.ConnectAsync, "vault", cancellationToken);

        Assert.That(answer.Excerpt, Does.Contain("{\"t\":\"***\",\"password\":\"***\"").And.Not.Contain("hvs"));
    }

    [Test]
    public async Task The_listener_that_permits_everything_speaks_no_plaintext(CancellationToken cancellationToken)
    {
        await using var server = PermissiveListener.Start(TimeProvider.System, VersionRange.All);

        var answer = await Prober.AskAsync(server.ConnectAsync, "vault", cancellationToken);

        Assert.That(answer.Kind, Is.EqualTo(PlaintextAnswerKind.Refused));
    }
}
