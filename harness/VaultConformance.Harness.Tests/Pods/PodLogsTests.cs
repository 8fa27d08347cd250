using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using VaultConformance.Harness.Pods;

namespace VaultConformance.Harness.Tests.Pods;

[CancelAfter(20_000)]
public sealed class PodLogsTests
{
    private const string Path = "/api/v1/namespaces/vault/pods/vault-0/log";
    private static readonly PodContainer Target = new("vault", "vault-0", "vault");

    [Test]
    public async Task The_part_that_was_asked_for_is_read(CancellationToken cancellationToken)
    {
        var query = string.Empty;
        await using var server = await FakeApiServer.StartAsync(routes => routes.MapGet(Path, context =>
        {
            query = context.Request.QueryString.Value;
            return context.Response.WriteAsync("one\ntwo\n");
        }));

        var log = await new PodLogs(server.Client).ReadAsync(Target, new LogOptions { Previous = true, TailLines = 7 }, cancellationToken);

        Assert.That(log, Is.EqualTo("one\ntwo\n"));
        Assert.That(query, Does.Contain("container=vault").And.Contain("previous=true").And.Contain("tailLines=7").And.Contain("limitBytes="));
    }

    [Test]
    public async Task Lines_arrive_as_they_are_written_and_following_ends_with_the_token(CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var server = await FakeApiServer.StartAsync(routes => routes.MapGet(Path, async context =>
        {
            await context.Response.WriteAsync("one\ntwo\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        }));
        var lines = new List<string>();

        await Assert.ThatAsync(
            async () =>
            {
                await foreach (var line in new PodLogs(server.Client).FollowAsync(Target, new LogOptions(), enough.Token))
                {
                    lines.Add(line);
                    if (lines.Count == 2)
                    {
                        await enough.CancelAsync();
                    }
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(lines, Is.EqualTo((string[])["one", "two"]));
    }

    [Test]
    public async Task Following_ends_when_the_container_does(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.StartAsync(routes => routes.MapGet(Path, context => context.Response.WriteAsync("last line", cancellationToken)));
        var lines = new List<string>();

        await foreach (var line in new PodLogs(server.Client).FollowAsync(Target, new LogOptions(), cancellationToken))
        {
            lines.Add(line);
        }

        Assert.That(lines, Is.EqualTo((string[])["last line"]));
    }

    [Test]
    public async Task A_log_that_is_not_there_is_told_with_the_servers_reason(CancellationToken cancellationToken)
    {
        await using var server = await FakeApiServer.WithObjectsAsync(new Dictionary<string, object> { [Path] = 400 });

        await Assert.ThatAsync(
            () => new PodLogs(server.Client).ReadAsync(Target, new LogOptions(), cancellationToken),
            Throws.TypeOf<HarnessException>().With.Message.Contains("refused by the test").And.Message.Contains("'get' on 'pods/log'"));
    }
}
