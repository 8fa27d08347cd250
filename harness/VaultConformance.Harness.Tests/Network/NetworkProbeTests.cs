using k8s.Models;
using VaultConformance.Harness.Observations;
using VaultConformance.Harness.Pods;
using VaultConformance.Harness.Probes.Network;
using VaultConformance.Harness.Probes.Network.Reach;

namespace VaultConformance.Harness.Tests.Network;

[CancelAfter(10_000)]
public sealed class NetworkProbeTests
{
    private PodNetwork _network = null!;

    [SetUp]
    public void Start() => _network = new PodNetwork();

    [Test]
    public async Task Beside_what_must_fail_others_are_tried_that_must_work(CancellationToken cancellationToken)
    {
        var facts = await TakeAsync(cancellationToken);

        Assert.That(Tried(facts, "pod/vault-0"), Is.EqualTo(new[] { "pod/vault-0:8200", "pod/vault-0:8201", "pod/vault-1:8200", "pod/vault-1:8201", "canary:18201", "name-server:53", "api-server:443" }));
        Assert.That(Tried(facts, "second-namespace"), Is.EqualTo(new[] { "pod/vault-0:8200", "pod/vault-0:8201", "pod/vault-1:8200", "pod/vault-1:8201", "release-namespace:18200", "name-server:53", "api-server:443" }));
        Assert.That(Tried(facts, "release-namespace"), Is.EqualTo(new[] { "pod/vault-0:8200", "pod/vault-0:8201", "pod/vault-1:8200", "pod/vault-1:8201", "name-server:53", "api-server:443", "canary:18201", "canary:18202" }));
        Assert.That(facts.Attempts.Select(attempt => attempt.Connected), Is.All.True);
    }

    [Test]
    public async Task Listeners_are_there_first_and_the_canaries_are_reached_by_others_last(CancellationToken cancellationToken)
    {
        await TakeAsync(cancellationToken);

        Assert.That(_network.Scripts.Take(2).Select(script => script.Script), Is.All.Contain("nc -l -p"));
        var canaries = _network.Scripts.FindIndex(script => script.Pod == "near" && script.Script.Contains(" 10.9.0.9 18201 ", StringComparison.Ordinal));
        Assert.That(canaries, Is.GreaterThan(_network.Scripts.FindLastIndex(script => script.Pod.StartsWith("vault-", StringComparison.Ordinal))));
    }

    [Test]
    public async Task Every_port_that_listens_is_tried_declared_or_not(CancellationToken cancellationToken)
    {
        var facts = await TakeAsync(cancellationToken, new ListeningSocket("::", 9102, 100), new ListeningSocket("127.0.0.1", 8250, 100));

        Assert.That(Tried(facts, "second-namespace"), Does.Contain("pod/vault-0:9102").And.Not.Contain("pod/vault-0:8250"));
    }

    [Test]
    public async Task A_refused_connection_is_tried_again_before_it_counts(CancellationToken cancellationToken)
    {
        _network.Refused = ["second-namespace 10.0.0.1 8200"];
        _network.OnlyOnce = true;

        var facts = await TakeAsync(cancellationToken);

        Assert.That(Find(facts, "second-namespace", "pod/vault-0", 8200).Connected, Is.True);
    }

    [Test]
    public async Task What_stays_refused_is_refused(CancellationToken cancellationToken)
    {
        _network.Refused = ["second-namespace 10.0.0.1 8200"];

        var facts = await TakeAsync(cancellationToken);

        Assert.That(Find(facts, "second-namespace", "pod/vault-0", 8200), Is.EqualTo(new ConnectionAttempt("second-namespace", "pod/vault-0", 8200, false, null)));
        Assert.That(facts.Attempts.Count(attempt => attempt.Connected == false), Is.EqualTo(1));
    }

    [Test]
    public async Task Without_a_second_namespace_every_attempt_says_why_it_was_not_made(CancellationToken cancellationToken)
    {
        _network.NoSecond = "On an existing cluster a run creates one namespace only.";

        var facts = await TakeAsync(cancellationToken);

        Assert.That(facts.Attempts.Where(attempt => attempt.From == "second-namespace" || attempt.To == "canary"), Is.All.Matches<ConnectionAttempt>(
            attempt => attempt is { Connected: null, Detail: "On an existing cluster a run creates one namespace only" }));
        Assert.That(Find(facts, "release-namespace", "pod/vault-0", 8200).Connected, Is.True);
    }

    [Test]
    public async Task An_image_that_cannot_listen_still_connects(CancellationToken cancellationToken)
    {
        _network.CannotListen = true;

        var facts = await TakeAsync(cancellationToken);

        Assert.That(Find(facts, "pod/vault-0", "canary", 18201), Is.EqualTo(new ConnectionAttempt("pod/vault-0", "canary", 18201, null, "the image of the pod in the second-namespace has no 'nc' to listen with")));
        Assert.That(Find(facts, "second-namespace", "pod/vault-0", 8200).Connected, Is.True);
    }

    [Test]
    public async Task A_server_without_a_client_leaves_its_own_attempts_open(CancellationToken cancellationToken)
    {
        _network.WithoutClient = "vault-0";

        var facts = await TakeAsync(cancellationToken);

        Assert.That(facts.Attempts.Where(attempt => attempt.From == "pod/vault-0"), Is.All.Matches<ConnectionAttempt>(
            attempt => attempt is { Connected: null, Detail: "the image has neither 'nc' nor bash with 'timeout' to connect with" }));
        Assert.That(Find(facts, "pod/vault-1", "pod/vault-0", 8200).Connected, Is.True);
    }

    private Task<NetworkFacts> TakeAsync(CancellationToken cancellationToken, params ListeningSocket[] sockets)
    {
        V1Pod[] pods = [Pod("vault-0", "10.0.0.1"), Pod("vault-1", "10.0.0.2"), Pod("vault-2", null)];
        var source = new FakeObservations().Set(ObservationKinds.Objects, Subjects.Release, TestRelease.Objects(pods))
            .Set(ObservationKinds.Sockets, Subjects.FromPod("vault-0"), new ListeningSockets(sockets));
        return new NetworkProbe(NetworkFixture.Context(source, executor: _network), _network.Services).TakeAsync(Subjects.Release, cancellationToken);
    }

    private static V1Pod Pod(string name, string? address) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Labels = new Dictionary<string, string> { ["component"] = "server" } },
        Spec = new V1PodSpec { Containers = [new V1Container { Name = "vault", Ports = [new V1ContainerPort { ContainerPort = 8200 }, new V1ContainerPort { ContainerPort = 8125, Protocol = "UDP" }] }] },
        Status = new V1PodStatus { PodIP = address },
    };

    private static IEnumerable<string> Tried(NetworkFacts facts, string from) =>
        facts.Attempts.Where(attempt => attempt.From == from).Select(attempt => $"{attempt.To}:{attempt.Port}");

    private static ConnectionAttempt Find(NetworkFacts facts, string from, string to, int port) =>
        facts.Attempts.Single(attempt => attempt.From == from && attempt.To == to && attempt.Port == port);

    /// <summary>Pods that all reach each other, unless a test says otherwise.</summary>
    private sealed class PodNetwork : IPodExecutor
    {
        private readonly HashSet<string> _seen = [];

        public List<(string Pod, string Script)> Scripts { get; } = [];

        public IReadOnlyList<string> Refused { get; set; } = [];

        public bool OnlyOnce { get; set; }

        public bool CannotListen { get; set; }

        public string? NoSecond { get; set; }

        public string? WithoutClient { get; set; }

        public ReachServices Services => new(
            _ => Task.FromResult(new ReachPod(new PodContainer("secrets", "near", "relay"), "10.9.0.8")),
            _ => NoSecond is { } reason
                ? throw new HarnessException(FailureKind.Environment, reason)
                : Task.FromResult(new ReachPod(new PodContainer("secrets-second", "far", "relay"), "10.9.0.9")));

        public Task<ExecResult> ExecuteAsync(ExecRequest request, CancellationToken cancellationToken)
        {
            var script = System.Text.Encoding.UTF8.GetString(request.Input.Span);
            Scripts.Add((request.Target.Pod, script));
            var exitCode = request.Target.Pod == WithoutClient || (CannotListen && script.Contains("nc -l", StringComparison.Ordinal)) ? ReachScript.NoClient : 0;
            var lines = script.Split('\n').Where(line => line.StartsWith("try ", StringComparison.Ordinal)).Select(line => line.Split(' '))
                .Select(words => $"{words[1]} {(IsRefused(request.Target.Pod, words[2], words[3]) ? 1 : 0)}\n");
            return Task.FromResult(new ExecResult(request.Target, exitCode, System.Text.Encoding.UTF8.GetBytes(exitCode == 0 ? string.Concat(lines) : ""), default));
        }

        private bool IsRefused(string pod, string host, string port)
        {
            var attempt = $"{(pod == "far" ? "second-namespace" : pod)} {host} {port}";
            return Refused.Contains(attempt) && (_seen.Add(attempt) || !OnlyOnce);
        }
    }
}
