using System.Text;
using CliWrap;
using CliWrap.Buffered;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Probes.Network.Relay;
using VaultConformance.Harness.Tests.Tls;

namespace VaultConformance.Harness.Tests.Network;

[CancelAfter(30_000)]
public sealed class RelayScriptTests
{
    private static readonly NetworkEndpoint Somewhere = new("10.0.0.1", 8200);

    [Test]
    public void Bytes_are_written_so_that_neither_shell_nor_printf_sees_anything_in_them()
    {
        var script = RelayScript.Write("b", [new RelayExchange(Somewhere, "%s'\"$\\\0\n\u00ff"u8.ToArray())]);

        Assert.That(script, Does.Contain(@"q0='\045\163\047\042\044\134\000\012\303\277'"));
        Assert.That(script, Does.Contain("ask 0 10.0.0.1 8200 \"$q0\" &"));
    }

    [Test]
    public void The_same_question_is_written_once()
    {
        var script = RelayScript.Write("b", [new RelayExchange(Somewhere, "x"u8.ToArray()), new RelayExchange(Somewhere with { Port = 8201 }, "x"u8.ToArray())]);

        Assert.That(script, Does.Contain("ask 1 10.0.0.1 8201 \"$q0\" &").And.Not.Contain("q1="));
    }

    [TestCase("10.0.0.1; rm -rf /")]
    [TestCase("$(id)")]
    [TestCase("")]
    public void What_is_no_host_does_not_get_into_a_shell(string host)
    {
        Assert.That(() => RelayScript.Write("b", [new RelayExchange(new NetworkEndpoint(host, 1), default)]), Throws.ArgumentException.With.Message.Contains($"'{host}'"));
    }

    [Test]
    public async Task It_works_in_bash_without_any_network_tool(CancellationToken cancellationToken)
    {
        if (!File.Exists("/bin/bash"))
        {
            Assert.Ignore("there is no bash on this machine");
        }

        await using var answering = TestServer.Speaking([0, 255, 10, 42]);
        await using var silent = new TestServer(TestServer.DrainAsync);
        RelayExchange[] exchanges =
        [
            new(new NetworkEndpoint("127.0.0.1", answering.Port), "question"u8.ToArray()),
            new(new NetworkEndpoint("127.0.0.1", 1), "question"u8.ToArray()),
            new(new NetworkEndpoint("127.0.0.1", silent.Port), "question"u8.ToArray()),
        ];

        // `command` as a function hides nc, which images with bash do not have.
        var script = "command() { return 1; }\n" + RelayScript.Write($"vc-test-{Guid.NewGuid():N}", exchanges);
        var result = await Cli.Wrap("/bin/bash").WithArguments("-s").WithStandardInputPipe(PipeSource.FromString(script))
            .ExecuteBufferedAsync(Encoding.Latin1, cancellationToken);
        var answers = RelayOutput.Parse(Encoding.Latin1.GetBytes(result.StandardOutput), exchanges.Length);

        Assert.That(answers.Select(answer => answer.Ending), Is.EqualTo(new[] { RelayEnding.Closed, RelayEnding.NotConnected, RelayEnding.OutOfTime }));
        Assert.That(answers[0].Answer.ToArray(), Is.EqualTo(new byte[] { 0, 255, 10, 42 }));
        Assert.That(answers[1].Message, Does.Contain("refused").IgnoreCase);
    }
}
