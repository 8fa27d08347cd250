using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Probes.Api;

namespace VaultConformance.Harness.Tests.Probes.Api;

[CancelAfter(20_000)]
public sealed class RaftProbeTests
{
    private const string Members = "sys/storage/raft/configuration";
    private const string Autopilot = "sys/storage/raft/autopilot/state";
    private readonly ApiServer _server = new();

    [OneTimeTearDown]
    public void CloseServer() => _server.Dispose();

    [SetUp]
    public void TwoMembers()
    {
        _server.Server.Replies.Clear();
        _server.Answer(Members, """{"data":{"config":{"servers":[{"node_id":"b","address":"vault-1.vault-internal:8201","leader":false,"voter":false},{"node_id":"a","address":"vault-0.vault-internal:8201","leader":true,"voter":true}]}}}""")
            .Answer(Autopilot, """{"data":{"healthy":true,"failure_tolerance":1}}""");
    }

    [Test]
    public async Task Members_and_their_health_are_read(CancellationToken cancellationToken)
    {
        var facts = await TakeAsync(cancellationToken);

        Assert.That(facts.Peers, Is.EqualTo(new[] { new RaftPeer("a", "vault-0.vault-internal:8201", true, true), new RaftPeer("b", "vault-1.vault-internal:8201", false, false) }));
        Assert.That((facts.Healthy, facts.FailureTolerance, facts.AutopilotProblem), Is.EqualTo(((bool?)true, (int?)1, (string?)null)));
    }

    [Test]
    public async Task Health_that_is_refused_is_not_known(CancellationToken cancellationToken)
    {
        _server.Refuse(Autopilot, 403, "permission denied");

        var facts = await TakeAsync(cancellationToken);

        Assert.That((facts.Healthy, facts.FailureTolerance, facts.AutopilotProblem), Is.EqualTo(((bool?)null, (int?)null, "'sys/storage/raft/autopilot/state' was answered with HTTP 403 (permission denied)")));
    }

    [TestCase("""{"data":{"healthy":"yes","failure_tolerance":1.5}}""")]
    [TestCase("""{"data":{}}""")]
    public async Task Health_of_another_shape_is_not_known(string answer, CancellationToken cancellationToken)
    {
        _server.Answer(Autopilot, answer);

        var facts = await TakeAsync(cancellationToken);

        Assert.That((facts.Healthy, facts.FailureTolerance), Is.EqualTo(((bool?)null, (int?)null)));
    }

    [TestCase("""{"data":{}}""", "names no members")]
    [TestCase("""{"data":{"config":{"servers":{}}}}""", "names no members")]
    [TestCase("""{"data":{"config":{"servers":["a"]}}}""", "a member has no id")]
    [TestCase("""{"data":{"config":{"servers":[{"node_id":"a","address":"x"}]}}}""", "whether it is a voter")]
    public async Task Members_of_another_shape_are_an_error(string answer, string reason, CancellationToken cancellationToken)
    {
        _server.Answer(Members, answer);

        await Assert.ThatAsync(() => TakeAsync(cancellationToken), Throws.InstanceOf<HarnessException>().With.Message.Contains(reason));
    }

    [Test]
    public async Task Members_that_are_refused_are_an_error(CancellationToken cancellationToken)
    {
        _server.Refuse(Members, 400, "raft storage is not in use");

        await Assert.ThatAsync(() => TakeAsync(cancellationToken), Throws.InstanceOf<HarnessException>().With.Message.Contains("raft storage is not in use"));
    }

    private async Task<RaftFacts> TakeAsync(CancellationToken cancellationToken)
    {
        using var reader = _server.Open();
        return await RaftProbe.ReadAsync(reader, cancellationToken);
    }
}
