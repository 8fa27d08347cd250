using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Probes.Network.Relay;
using VaultConformance.Harness.Tls;

namespace VaultConformance.Harness.Tests.Network;

[CancelAfter(15_000)]
public sealed class RelayVantageTests
{
    private static readonly NetworkEndpoint Endpoint = new("10.0.0.1", 8200);

    [Test]
    public async Task What_is_written_before_the_first_read_is_the_question(CancellationToken cancellationToken)
    {
        await using var vantage = Relaying(exchange => new RelayAnswer(RelayEnding.Closed, exchange.Question.ToArray().Reverse().ToArray(), string.Empty));
        await using var stream = await vantage.ConnectAsync(Endpoint, cancellationToken);

        await stream.WriteAsync("ab"u8.ToArray(), cancellationToken);
        await stream.WriteAsync("c"u8.ToArray(), cancellationToken);
        var buffer = new byte[2];
        var first = await stream.ReadAsync(buffer, cancellationToken);
        await stream.WriteAsync("too late"u8.ToArray(), cancellationToken);

        Assert.That((first, buffer), Is.EqualTo((2, "cb"u8.ToArray())));
        Assert.That(await stream.ReadAsync(buffer, cancellationToken), Is.EqualTo(1));
        Assert.That(await stream.ReadAsync(buffer, cancellationToken), Is.Zero);
        Assert.That(vantage.Route, Is.EqualTo(NetworkRoute.PodNetwork));
    }

    [Test]
    public async Task No_connection_is_told_by_the_first_read(CancellationToken cancellationToken)
    {
        await using var vantage = Relaying(_ => new RelayAnswer(RelayEnding.NotConnected, default, "nc: can't connect: Connection refused"));
        await using var stream = await vantage.ConnectAsync(Endpoint, cancellationToken);

        await Assert.ThatAsync(
            async () => await stream.ReadAsync(new byte[1], cancellationToken),
            Throws.TypeOf<NotConnectedException>().With.Message.EqualTo("No connection from the relay pod to 10.0.0.1:8200: nc: can't connect: Connection refused."));
    }

    [Test]
    public async Task Silence_is_told_after_what_came(CancellationToken cancellationToken)
    {
        await using var vantage = Relaying(_ => new RelayAnswer(RelayEnding.StillOpen, "x"u8.ToArray(), string.Empty));
        await using var stream = await vantage.ConnectAsync(Endpoint, cancellationToken);

        Assert.That(await stream.ReadAsync(new byte[8], cancellationToken), Is.EqualTo(1));
        await Assert.ThatAsync(async () => await stream.ReadAsync(new byte[8], cancellationToken), Throws.TypeOf<NoAnswerException>());
    }

    [Test]
    public async Task No_answer_at_all_is_asked_for_once_more(CancellationToken cancellationToken)
    {
        var asked = 0;
        await using var vantage = Relaying(_ => ++asked == 1 ? new RelayAnswer(RelayEnding.OutOfTime, default, string.Empty) : new RelayAnswer(RelayEnding.Closed, "x"u8.ToArray(), string.Empty));
        await using var stream = await vantage.ConnectAsync(Endpoint, cancellationToken);

        Assert.That((await stream.ReadAsync(new byte[8], cancellationToken), asked), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Twice_without_an_answer_says_that_the_probe_ran_out_of_time(CancellationToken cancellationToken)
    {
        var asked = 0;
        await using var vantage = Relaying(_ => Out(ref asked, RelayEnding.OutOfTime));
        await using var stream = await vantage.ConnectAsync(Endpoint, cancellationToken);

        await Assert.ThatAsync(
            async () => await stream.ReadAsync(new byte[8], cancellationToken),
            Throws.TypeOf<NoAnswerException>().With.Message.EqualTo(
                "The relay pod's probe of 10.0.0.1:8200 ran out of time twice without any answer. Run again when the cluster is less busy."));
        Assert.That(asked, Is.EqualTo(2));
    }

    [Test]
    public async Task An_answer_is_never_asked_for_again(CancellationToken cancellationToken)
    {
        var asked = 0;
        await using var vantage = Relaying(_ => Out(ref asked, RelayEnding.NotConnected));
        await using var stream = await vantage.ConnectAsync(Endpoint, cancellationToken);

        await Assert.ThatAsync(async () => await stream.ReadAsync(new byte[8], cancellationToken), Throws.TypeOf<NotConnectedException>());
        Assert.That(asked, Is.EqualTo(1));
    }

    private static RelayAnswer Out(ref int asked, RelayEnding ending)
    {
        asked++;
        return new RelayAnswer(ending, default, "Connection refused");
    }

    [Test]
    public async Task Connections_that_are_asked_for_together_share_one_exec(CancellationToken cancellationToken)
    {
        var batches = new List<int>();
        await using var vantage = new RelayVantage(new ExchangeBatcher(
            (exchanges, _) =>
            {
                lock (batches)
                {
                    batches.Add(exchanges.Count);
                }

                return Answers(exchanges, exchange => new RelayAnswer(RelayEnding.Closed, exchange.Question, string.Empty));
            },
            TimeProvider.System));

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => AskAsync(vantage, (byte)number, cancellationToken)));

        Assert.That(answers, Is.EqualTo(Enumerable.Range(0, 50).Select(number => (byte)number)));
        Assert.That(batches, Has.Count.LessThan(10));
    }

    [Test]
    public async Task A_relay_that_does_not_work_fails_every_connection(CancellationToken cancellationToken)
    {
        await using var vantage = new RelayVantage(new ExchangeBatcher((_, _) => throw new NotConnectedException("no relay"), TimeProvider.System));

        await Assert.ThatAsync(() => AskAsync(vantage, 1, cancellationToken), Throws.TypeOf<NotConnectedException>().With.Message.EqualTo("no relay"));
        await Assert.ThatAsync(() => AskAsync(vantage, 2, cancellationToken), Throws.TypeOf<NotConnectedException>());
    }

    [Test]
    public async Task Disposing_ends_what_is_under_way(CancellationToken cancellationToken)
    {
        var vantage = new RelayVantage(new ExchangeBatcher(
            async (_, token) =>
            {
                await Task.Delay(Timeout.Infinite, token);
                return [];
            },
            TimeProvider.System));
        var asking = AskAsync(vantage, 1, cancellationToken);

        await vantage.DisposeAsync();

        await Assert.ThatAsync(() => asking, Throws.InstanceOf<OperationCanceledException>());
        await Assert.ThatAsync(() => AskAsync(vantage, 1, cancellationToken), Throws.InstanceOf<ObjectDisposedException>());
    }

    private static async Task<byte> AskAsync(RelayVantage vantage, byte question, CancellationToken cancellationToken)
    {
        await using var stream = await vantage.ConnectAsync(Endpoint, cancellationToken);
        await stream.WriteAsync(new[] { question }, cancellationToken);
        var buffer = new byte[1];
        await stream.ReadExactlyAsync(buffer, cancellationToken);
        return buffer[0];
    }

    private static RelayVantage Relaying(Func<RelayExchange, RelayAnswer> answer) =>
        new(new ExchangeBatcher((exchanges, _) => Answers(exchanges, answer), TimeProvider.System));

    private static Task<IReadOnlyList<RelayAnswer>> Answers(IReadOnlyList<RelayExchange> exchanges, Func<RelayExchange, RelayAnswer> answer) =>
        Task.FromResult<IReadOnlyList<RelayAnswer>>([.. exchanges.Select(answer)]);
}
