using Microsoft.Extensions.Time.Testing;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Api;
using VaultConformance.Harness.Vault;

namespace VaultConformance.Harness.Tests.Probes.Api;

[CancelAfter(20_000)]
public sealed class EndpointsProbeTests
{
    private const string Health = "sys/health?standbyok=true&perfstandbyok=true&standbycode=200&sealedcode=200&uninitcode=200&drsecondarycode=200";
    private readonly ApiServer _server = new();

    [OneTimeTearDown]
    public void CloseServer() => _server.Dispose();

    [Test]
    public async Task Every_path_is_asked_without_a_token_and_what_it_says_is_told(CancellationToken cancellationToken)
    {
        _server.Refuse("sys/metrics", 403, "permission denied").Answer("sys/pprof/", "{}").Answer("sys/internal/ui/mounts", """{"data":{"auth":{},"secret":{}}}""").Refuse("ui/", 404);
        _server.Server.Replies[Health] = new VaultReply(200, new() { ["server_time_utc"] = 1790000000L }, [])
        {
            Headers = new Dictionary<string, string> { ["Strict-Transport-Security"] = "max-age=1", ["Access-Control-Allow-Origin"] = "*" },
        };

        var facts = await EndpointsProbe.ReadAsync(_server.Server, new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1790000001)), cancellationToken);

        Assert.That(facts.Endpoints, Has.Member(new OpenEndpoint("sys/metrics", 403, false, null)).And.Member(new OpenEndpoint("sys/pprof/", 200, true, null))
            .And.Member(new OpenEndpoint("sys/internal/ui/mounts", 200, false, null)));
        Assert.That((facts.UiStatus, facts.Headers), Is.EqualTo((404, new ResponseHeaders("max-age=1", null, "*"))));
        Assert.That(facts.Clock, Is.EqualTo(new ServerClock(1790000000, DateTimeOffset.FromUnixTimeSeconds(1790000001))));
        Assert.That(_server.Journal, Has.All.EndsWith("as nobody"));
    }
}
